//! Rules that nothing later knows, except that the change report compares them.

use super::Entries;
use crate::base::RULES;
use serde_json::{Map, Value};

/// Keywords whose value has schemas by name.
const MAPS_OF_SCHEMAS: [&str; 5] = [
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// Keywords whose value is data, not a schema.
const DATA: [&str; 4] = ["const", "default", "enum", "required"];

/// Keeps a rule of a schema for the change report.
pub(super) fn keep(entries: &mut Entries, keyword: &str, rule: &Value) {
    let rules = entries
        .entry(RULES)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(rules) = rules {
        rules.insert(keyword.to_owned(), rule.clone());
    }
}

/// Returns what schemas say about values, without their documentation.
pub(super) fn without_docs(schemas: &Value) -> Value {
    match schemas {
        Value::Object(keywords) => {
            let keywords = keywords.iter().filter(|(keyword, _)| !is_docs(keyword));
            let keywords = keywords.map(|(keyword, value)| {
                let value = match value {
                    Value::Object(named) if MAPS_OF_SCHEMAS.contains(&keyword.as_str()) => {
                        let named = named.iter();
                        let named =
                            named.map(|(name, schema)| (name.clone(), without_docs(schema)));
                        Value::Object(named.collect())
                    }
                    value if DATA.contains(&keyword.as_str()) => value.clone(),
                    value => without_docs(value),
                };
                (keyword.clone(), value)
            });
            Value::Object(keywords.collect())
        }
        Value::Array(schemas) => schemas.iter().map(without_docs).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schemas.clone(),
    }
}

fn is_docs(keyword: &str) -> bool {
    matches!(
        keyword,
        "$comment"
            | "deprecated"
            | "description"
            | "example"
            | "examples"
            | "externalDocs"
            | "title"
    ) || keyword.starts_with("x-")
}

#[cfg(test)]
mod tests {
    use super::without_docs;
    use serde_json::json;

    #[test]
    fn properties_may_be_called_like_documentation() {
        let schema = json!([{
            "title": "Ship",
            "properties": {"title": {"const": {"title": "Captain"}, "description": "Of whom."}},
            "x-sort": 1,
        }]);
        let rule = json!([{"properties": {"title": {"const": {"title": "Captain"}}}}]);
        assert_eq!(without_docs(&schema), rule);
    }
}
