//! Random values of a schema: every branch, every listed value, boundaries and nulls come up in time.

use crate::pattern;
use crate::random::Random;
use crate::scalar;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// How deep values are nested before only what is required is there.
const DEPTH: usize = 6;

/// Makes values of the schemas of one description.
pub struct Instances<'d> {
    description: &'d Value,
    pub random: Random,
    /// How often each list of alternatives was chosen from, so that all come up in turn.
    turns: HashMap<*const Value, usize>,
    /// How many schemas are beside others that have to hold as well.
    merging: usize,
}

/// The most alternatives that are made sure to come up.
const MOST_CHOICES: usize = 200;

/// Returns how many values it takes until each alternative of a schema, or each of its listed values, came up.
pub fn choices(description: &Value, schema: &Value) -> u64 {
    let Some(schema) = resolve(description, schema) else {
        return 0;
    };
    let lists = ["oneOf", "anyOf", "enum"].map(|key| schema.get(key).and_then(Value::as_array));
    let most = lists.into_iter().flatten().map(Vec::len).max();
    most.unwrap_or_default().min(MOST_CHOICES) as u64 * 2
}

/// Follows references to a schema.
pub fn resolve<'d>(description: &'d Value, schema: &'d Value) -> Option<&'d Value> {
    let mut schema = schema;
    for _ in 0..32 {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let pointer = unescaped(reference.strip_prefix('#')?)?;
                schema = description.pointer(&pointer)?;
            }
            None => return Some(schema),
        }
    }
    None
}

/// Resolves the percent-encoding of a fragment.
fn unescaped(fragment: &str) -> Option<String> {
    let mut parts = fragment.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(part.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

impl<'d> Instances<'d> {
    pub fn new(description: &'d Value, seed: u64) -> Self {
        Self {
            description,
            random: Random::new(seed),
            turns: HashMap::new(),
            merging: 0,
        }
    }

    /// Returns a value that a response may have; it need not be valid where schemas exclude each other.
    pub fn of(&mut self, schema: &'d Value) -> Option<Value> {
        self.value(schema, DEPTH)
    }

    fn resolve(&self, schema: &'d Value) -> Option<&'d Value> {
        resolve(self.description, schema)
    }

    /// Chooses in turn or at random, so that choices beside each other are not in step.
    fn choose(&mut self, key: *const Value, all: &'d [Value]) -> &'d Value {
        let turn = self.turns.entry(key).or_default();
        if self.random.once_in(2) {
            *turn += 1;
            &all[*turn % all.len()]
        } else {
            self.random.choose(all)
        }
    }

    fn value(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        // In OpenAPI 3.1, what is beside a reference has to hold as well.
        let beside = schema
            .as_object()
            .filter(|entries| entries.len() > 1 && entries.contains_key("$ref"));
        if let Some(value) = beside.and_then(|entries| entries.get("const")) {
            return Some(value.clone());
        }
        if let Some(Value::Array(values)) = beside.and_then(|entries| entries.get("enum")) {
            return Some(self.choose(schema, values).clone());
        }
        let schema = self.resolve(schema)?;
        if *schema == Value::Bool(true) {
            return Some(json!("anything"));
        }
        let entries = schema.as_object()?;
        if let Some(value) = entries.get("const") {
            return Some(value.clone());
        }
        if let Some(Value::Array(values)) = entries.get("enum") {
            return (!values.is_empty()).then(|| self.choose(schema, values).clone());
        }
        if let Some(shown) = self.shown(entries) {
            return Some(shown);
        }
        let next = depth.checked_sub(1);
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = entries.get(key)
                && !branches.is_empty()
            {
                let branch = self.choose(schema, branches);
                self.merging += 1;
                let value = self.branch(entries, branch, next?);
                self.merging -= 1;
                let value = value?;
                return Some(self.tagged(entries, branch, value));
            }
        }
        if let Some(Value::Array(parts)) = entries.get("allOf") {
            self.merging += 1;
            let value = self.all(entries, parts, next?);
            self.merging -= 1;
            return value;
        }
        self.typed(entries, depth)
    }

    /// Now and then, what the description shows as an example or names as the default.
    fn shown(&mut self, entries: &'d Map<String, Value>) -> Option<Value> {
        if !self.random.once_in(6) {
            return None;
        }
        let examples = entries.get("examples").and_then(Value::as_array);
        let shown = entries.get("example").or(entries.get("default"));
        let shown = shown.or(examples.and_then(|all| all.first()))?;
        // Objects have members in examples that their schemas do not name.
        let is_of_type = match entries.get("type").and_then(Value::as_str) {
            Some("string") => shown.is_string(),
            Some("integer") => shown.is_i64(),
            Some("number") => shown.is_number(),
            _ => false,
        };
        is_of_type.then(|| shown.clone())
    }

    /// Sets the tag of a branch, where the discriminator maps one to it or the name of the component is one.
    fn tagged(
        &mut self,
        entries: &'d Map<String, Value>,
        branch: &'d Value,
        mut value: Value,
    ) -> Value {
        let discriminator = entries.get("discriminator");
        let name = discriminator.and_then(|one| one.get("propertyName")?.as_str());
        let reference = branch.get("$ref").and_then(Value::as_str);
        let (Some(name), Some(reference), Value::Object(members)) = (name, reference, &mut value)
        else {
            return value;
        };
        let component = reference.rsplit('/').next().unwrap_or_default();
        let mapping = discriminator.and_then(|one| one.get("mapping")?.as_object());
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| {
            let target = target.as_str().unwrap_or_default();
            target == reference || target == component
        });
        let mut tags: Vec<&str> = mapped.map(|(tag, _)| tag.as_str()).collect();
        if tags.is_empty() && !self.is_pinned(branch, name) {
            tags.push(component);
        }
        let known = members.get(name);
        let is_known = known.is_some_and(|known| {
            let text = known
                .as_str()
                .map_or_else(|| known.to_string(), str::to_owned);
            tags.contains(&text.as_str())
        });
        if !is_known && !tags.is_empty() {
            members.insert(name.to_owned(), json!(*self.random.choose(&tags)));
        }
        value
    }

    /// Whether a schema says which values a member has.
    fn is_pinned(&self, schema: &'d Value, name: &str) -> bool {
        let Some(schema) = self.resolve(schema) else {
            return false;
        };
        let member = schema.get("properties").and_then(|all| all.get(name));
        let member = member.and_then(|member| self.resolve(member));
        let parts = schema.get("allOf").and_then(Value::as_array);
        member.is_some_and(|member| member.get("const").or(member.get("enum")).is_some())
            || parts.is_some_and(|parts| parts.iter().any(|part| self.is_pinned(part, name)))
    }

    /// One of the branches, with the keywords beside them.
    fn branch(
        &mut self,
        entries: &'d Map<String, Value>,
        branch: &'d Value,
        depth: usize,
    ) -> Option<Value> {
        let value = self.value(branch, depth)?;
        if !entries.contains_key("properties") && !entries.contains_key("allOf") {
            return Some(value);
        }
        let own = match entries.get("allOf") {
            Some(Value::Array(parts)) => self.all(entries, parts, depth)?,
            _ => self.typed(entries, depth)?,
        };
        Some(self.merged(own, value))
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
                Some(known) => Some(self.merged(known, value)),
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
            // Keywords of texts alone are taken to mean that the values are texts.
            _ if ["format", "pattern", "minLength", "maxLength"]
                .iter()
                .any(|key| entries.contains_key(*key)) =>
            {
                "string"
            }
            // A rule of the members of an object, which are described elsewhere.
            _ if ["required", "not", "dependentRequired"]
                .iter()
                .any(|key| entries.contains_key(*key)) =>
            {
                return Some(json!({}));
            }
            _ => "any",
        };
        Some(match typ {
            "null" => Value::Null,
            "boolean" => json!(self.random.once_in(2)),
            "integer" => scalar::integer(entries, &mut self.random),
            "number" => scalar::number(entries, &mut self.random),
            "string" => Value::String(scalar::text(entries, &mut self.random)),
            "array" => self.list(entries, depth)?,
            "object" => self.object(entries, depth)?,
            // Beside other schemas it may be a struct, which has no members but its own.
            _ if self.merging > 0 => json!({}),
            _ => self
                .random
                .choose(&[json!("any"), json!(7), json!({"a": [null]})])
                .clone(),
        })
    }

    /// What is inside of an object is beside nothing else.
    fn object(&mut self, entries: &'d Map<String, Value>, depth: usize) -> Option<Value> {
        let merging = std::mem::take(&mut self.merging);
        let object = self.members(entries, depth);
        self.merging = merging;
        object
    }

    fn members(&mut self, entries: &'d Map<String, Value>, depth: usize) -> Option<Value> {
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
        if let Some(Value::Object(patterns)) = entries.get("patternProperties") {
            for (pattern, schema) in patterns {
                let name = pattern::text(pattern, &mut self.random);
                let value = self.value(schema, depth.saturating_sub(1));
                if let (Some(name), Some(value)) = (name, value) {
                    object.entry(name).or_insert(value);
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

    /// Two values that have to hold at once: the members of both objects. Where they disagree, either may be the right one.
    fn merged(&mut self, one: Value, other: Value) -> Value {
        match (one, other) {
            (Value::Object(mut one), Value::Object(other)) => {
                for (name, value) in other {
                    let value = match one.remove(&name) {
                        Some(known) if known != value => self.merged(known, value),
                        Some(_) | None => value,
                    };
                    one.insert(name, value);
                }
                Value::Object(one)
            }
            (one, _) if self.random.once_in(2) => one,
            (_, other) => other,
        }
    }
}
