//! Random values of a schema: every branch, every listed value, boundaries and nulls come up in time.

use crate::random::Random;
use serde_json::{Map, Number, Value, json};

/// How deep values are nested before only what is required is there.
const DEPTH: usize = 6;

/// Makes values of the schemas of one description.
pub struct Instances<'d> {
    description: &'d Value,
    random: Random,
}

impl<'d> Instances<'d> {
    pub fn new(description: &'d Value, seed: u64) -> Self {
        Self {
            description,
            random: Random::new(seed),
        }
    }

    /// Returns a value that a response may have; it need not be valid where schemas exclude each other.
    pub fn of(&mut self, schema: &'d Value) -> Option<Value> {
        self.value(schema, DEPTH)
    }

    fn resolve(&self, schema: &'d Value) -> Option<&'d Value> {
        let mut schema = schema;
        for _ in 0..32 {
            match schema.get("$ref").and_then(Value::as_str) {
                Some(reference) => {
                    let pointer = reference.strip_prefix('#')?;
                    let pointer = pointer.replace("%7B", "{").replace("%7D", "}");
                    schema = self.description.pointer(&pointer)?;
                }
                None => return Some(schema),
            }
        }
        None
    }

    fn value(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let schema = self.resolve(schema)?;
        if *schema == Value::Bool(true) {
            return Some(json!("anything"));
        }
        let entries = schema.as_object()?;
        if let Some(value) = entries.get("const") {
            return Some(value.clone());
        }
        if let Some(Value::Array(values)) = entries.get("enum") {
            return (!values.is_empty()).then(|| self.random.choose(values).clone());
        }
        let next = depth.checked_sub(1);
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = entries.get(key)
                && !branches.is_empty()
            {
                return self.branch(entries, branches, next?);
            }
        }
        if let Some(Value::Array(parts)) = entries.get("allOf") {
            return self.all(entries, parts, next?);
        }
        self.typed(entries, depth)
    }

    /// One of the branches, with the keywords beside them.
    fn branch(
        &mut self,
        entries: &'d Map<String, Value>,
        branches: &'d [Value],
        depth: usize,
    ) -> Option<Value> {
        let branch = self.random.choose(branches);
        let value = self.value(branch, depth)?;
        if !entries.contains_key("properties") && !entries.contains_key("allOf") {
            return Some(value);
        }
        let own = match entries.get("allOf") {
            Some(Value::Array(parts)) => self.all(entries, parts, depth)?,
            _ => self.typed(entries, depth)?,
        };
        merged(own, value)
    }

    fn all(
        &mut self,
        entries: &'d Map<String, Value>,
        parts: &'d [Value],
        depth: usize,
    ) -> Option<Value> {
        let mut whole = if entries.contains_key("properties") {
            self.typed(entries, depth)
        } else {
            None
        };
        for part in parts {
            // What only describes says nothing about values.
            let resolved = self.resolve(part)?;
            let describes = [
                "description",
                "title",
                "deprecated",
                "default",
                "example",
                "readOnly",
                "writeOnly",
                "nullable",
            ];
            let is_silent = resolved.as_object().is_some_and(|part| {
                part.keys()
                    .all(|key| describes.contains(&key.as_str()) || key == "required")
            });
            if is_silent {
                continue;
            }
            let value = self.value(part, depth)?;
            whole = match whole {
                None => Some(value),
                Some(known) => Some(merged(known, value)?),
            };
        }
        whole
    }

    fn typed(&mut self, entries: &'d Map<String, Value>, depth: usize) -> Option<Value> {
        let typ = match entries.get("type") {
            Some(Value::String(typ)) => typ.as_str(),
            Some(Value::Array(types)) => self.random.choose(types).as_str()?,
            _ if entries.contains_key("properties")
                || entries.contains_key("additionalProperties") =>
            {
                "object"
            }
            _ if entries.contains_key("items") => "array",
            _ => "any",
        };
        Some(match typ {
            "null" => Value::Null,
            "boolean" => json!(self.random.once_in(2)),
            "integer" => self.integer(entries),
            "number" => self.number(entries),
            "string" => Value::String(self.text(entries)?),
            "array" => self.list(entries, depth)?,
            "object" => self.object(entries, depth)?,
            _ => self
                .random
                .choose(&[json!("any"), json!(7), json!({"a": [null]})])
                .clone(),
        })
    }

    fn object(&mut self, entries: &'d Map<String, Value>, depth: usize) -> Option<Value> {
        let mut object = Map::new();
        let required: Vec<&str> = entries
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if let Some(Value::Object(properties)) = entries.get("properties") {
            for (name, property) in properties {
                let is_required = required.contains(&name.as_str());
                let resolved = self.resolve(property);
                let is_write_only =
                    resolved.is_some_and(|one| one.get("writeOnly") == Some(&json!(true)));
                if is_write_only || (!is_required && (depth < 2 || self.random.once_in(2))) {
                    continue;
                }
                match (self.value(property, depth.saturating_sub(1)), is_required) {
                    (Some(value), _) => {
                        object.insert(name.clone(), value);
                    }
                    (None, true) => return None,
                    (None, false) => {}
                }
            }
        }
        match entries.get("additionalProperties") {
            Some(schema @ Value::Object(inner)) if !inner.is_empty() && depth > 1 => {
                for name in ["key", "a b", "Ünï"].into_iter().take(self.random.below(4)) {
                    if let Some(value) = self.value(schema, depth - 1) {
                        object.entry(name.to_owned()).or_insert(value);
                    }
                }
            }
            Some(Value::Bool(true)) => {
                object
                    .entry("more".to_owned())
                    .or_insert(json!({"x": [1, null]}));
            }
            _ => {}
        }
        Some(Value::Object(object))
    }

    fn list(&mut self, entries: &'d Map<String, Value>, depth: usize) -> Option<Value> {
        let limit = |key: &str| {
            entries
                .get(key)
                .and_then(Value::as_u64)
                .and_then(|n| usize::try_from(n).ok())
        };
        let least = limit("minItems").unwrap_or(0).min(50);
        let most = limit("maxItems").unwrap_or(least + 3).min(least + 3);
        let mut items = Vec::new();
        if let Some(Value::Array(positions)) = entries.get("prefixItems") {
            for position in positions {
                items.push(self.value(position, depth.checked_sub(1)?)?);
            }
            return Some(Value::Array(items));
        }
        let Some(schema) = entries.get("items").filter(|_| depth > 0) else {
            return (least == 0).then(|| json!([]));
        };
        let count = least + self.random.below(most.saturating_sub(least) + 1);
        for _ in 0..count {
            match self.value(schema, depth - 1) {
                Some(item) => items.push(item),
                None if least == 0 => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn integer(&mut self, entries: &Map<String, Value>) -> Value {
        let format = entries.get("format").and_then(Value::as_str);
        let (least, most) = match format {
            Some("int8") => (-128, 127),
            Some("int16") => (-32768, 32767),
            Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
            Some("uint8") => (0, 255),
            Some("uint16") => (0, 65535),
            Some("uint32") => (0, i128::from(u32::MAX)),
            Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
            _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
        };
        let limit = |key: &str| entries.get(key).and_then(as_integer);
        let least = limit("minimum")
            .or(limit("exclusiveMinimum").map(|limit| limit + 1))
            .map_or(least, |limit| limit.max(least));
        let most = limit("maximum")
            .or(limit("exclusiveMaximum").map(|limit| limit - 1))
            .map_or(most, |limit| limit.min(most));
        let step = limit("multipleOf").unwrap_or(1).max(1);
        let middle = i128::from(self.random.next() % 1000);
        let wanted = *self.random.choose(&[least, most, middle, 0, 1]);
        let value = wanted.clamp(least, most.max(least)).div_euclid(step) * step;
        let value = if value < least { value + step } else { value };
        match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => json!(value),
            (_, Ok(value)) => json!(value),
            _ => json!(0),
        }
    }

    fn number(&mut self, entries: &Map<String, Value>) -> Value {
        let limit = |key: &str| entries.get(key).and_then(Value::as_f64);
        let least = limit("minimum").or(limit("exclusiveMinimum"));
        let most = limit("maximum").or(limit("exclusiveMaximum"));
        let choices = [0.0, 1.0, 0.5, -2.25, 1e9, 0.1, 100.0, 12345.678];
        let mut value = *self.random.choose(&choices);
        if let Some(least) = least
            && value < least
        {
            value = least;
        }
        if let Some(most) = most
            && value > most
        {
            value = most;
        }
        if value.fract() == 0.0 && value.abs() < 1e15 && self.random.once_in(2) {
            return json!(format!("{value:.0}").parse::<i64>().unwrap_or_default());
        }
        Number::from_f64(value).map_or(Value::Null, Value::Number)
    }

    fn text(&mut self, entries: &Map<String, Value>) -> Option<String> {
        let format = entries.get("format").and_then(Value::as_str);
        let fixed: &[&str] = match format {
            Some("date-time") => &[
                "2024-02-29T23:59:59Z",
                "2024-01-02T03:04:05.123Z",
                "2024-01-02T03:04:05+02:00",
            ],
            Some("date") => &["2024-02-29"],
            Some("time") => &["03:04:05Z"],
            Some("duration") => &["P1DT2H", "PT36H"],
            Some("uuid") => &["123e4567-e89b-12d3-a456-426614174000"],
            Some("byte" | "base64") => &["aGVsbG8=", ""],
            Some("uri" | "url") => &["https://example.com/a?b=c"],
            Some("email") => &["someone@example.com"],
            Some("ipv4") => &["192.0.2.1"],
            Some("ipv6") => &["2001:db8::1"],
            Some("ip") => &["192.0.2.1", "2001:db8::1"],
            Some("hostname") => &["example.com"],
            _ => &[],
        };
        if !fixed.is_empty() {
            return Some((*self.random.choose(fixed)).to_owned());
        }
        let limit = |key: &str| {
            entries
                .get(key)
                .and_then(Value::as_u64)
                .and_then(|n| usize::try_from(n).ok())
        };
        let least = limit("minLength").unwrap_or(0);
        let most = limit("maxLength").unwrap_or(usize::MAX);
        let mut text = (*self.random.choose(&[
            "",
            "a",
            "Ünïcode \u{1F600}",
            "with \"quotes\" \\ and\nlines",
            "12",
            "true",
            "plain text",
        ]))
        .to_owned();
        while text.chars().count() < least {
            text.push('x');
        }
        if text.chars().count() > most {
            text = text.chars().take(most).collect();
        }
        Some(text)
    }
}

fn as_integer(value: &Value) -> Option<i128> {
    let exact = value
        .as_i64()
        .map(i128::from)
        .or(value.as_u64().map(i128::from));
    exact.or_else(|| {
        let value = value.as_f64()?;
        format!("{value:.0}").parse().ok()
    })
}

/// Two values that have to hold at once: the members of both objects.
fn merged(one: Value, other: Value) -> Option<Value> {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (name, value) in other {
                let value = match one.remove(&name) {
                    Some(known) if known != value => merged(known, value)?,
                    Some(known) => known,
                    None => value,
                };
                one.insert(name, value);
            }
            Some(Value::Object(one))
        }
        (one, other) if one == other => Some(one),
        (_, other) => Some(other),
    }
}
