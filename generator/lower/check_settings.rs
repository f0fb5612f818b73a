//! Settings about what no description has, and names that cannot be had.

use super::paging::Rule;
use super::selection::{Candidate, missing_operation};
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::suggestions::nearest;
use crate::input::document::Document;
use crate::model::module_path::ModulePath;
use crate::model::names::{Kind, Name};
use crate::model::settings::{EVERY, Key, Settings};
use serde_json::Value;
use std::collections::BTreeSet;

/// Checks that what settings name is there, and that the names that they give can be had.
///
/// # Errors
///
/// Returns every setting about something that no description has, and every name that cannot be one.
pub fn check_settings(
    settings: &Settings,
    documents: &[(ModulePath, Document)],
) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::new();
    let Settings {
        source: _,
        selection: _,
        formats,
        schemas,
        derives,
        renames,
        enums,
        features: _,
        manifest: _,
        dependencies: _,
        paging: _,
        stream_ends: _,
        // Checked where they are applied.
        media_types: _,
    } = settings;
    let of_schemas = schemas
        .keys()
        .chain(derives.keys().filter(|key| key.text != "*"))
        .chain(renames.types.keys())
        .chain(renames.fields.keys())
        .chain(enums.schemas.keys());
    for key in of_schemas {
        problems.extend(missing_schema(settings, key, documents));
    }
    if !formats.is_empty() {
        let known = formats_of(documents);
        for key in formats.keys() {
            problems.extend(missing_format(settings, key, &known));
        }
    }
    for (schema, names) in &renames.fields {
        for (property, name) in names {
            problems.extend(missing_property(settings, schema, property, documents));
            problems.extend(wrong_name(settings, property, Kind::Setter, name));
        }
    }
    let operations: Vec<Candidate<'_>> = documents
        .iter()
        .flat_map(|(_, document)| super::selection::operations(document))
        .collect();
    for (key, name) in &renames.operations {
        problems.extend(missing_operation(settings, key, &operations));
        problems.extend(wrong_name(settings, key, Kind::Type, name));
    }
    for (key, name) in &renames.types {
        problems.extend(wrong_name(settings, key, Kind::Type, name));
    }
    for (key, name) in &renames.modules {
        problems.extend(wrong_name(settings, key, Kind::Module, name));
    }
    let named = settings.paging.keys().chain(settings.stream_ends.keys());
    for key in named.filter(|key| key.text != EVERY) {
        problems.extend(missing_operation(settings, key, &operations));
    }
    for (key, rule) in &settings.paging {
        problems.extend(wrong_rule(settings, key, rule));
    }
    problems.propagate()
}

fn wrong_rule(settings: &Settings, key: &Key, rule: &Value) -> Option<Diagnostic> {
    let reason = Rule::read(rule).err()?;
    let message = format!("this does not say how a list is paged: {reason}");
    Some(settings.fault(key, message).help(Rule::HELP))
}

/// Returns the formats that schemas have.
fn formats_of(documents: &[(ModulePath, Document)]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let documents = documents.iter().map(|(_, document)| document.value());
    let mut open: Vec<&Value> = documents.collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                found.extend(members.get("format").and_then(Value::as_str));
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

fn missing_format(settings: &Settings, key: &Key, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    if known.contains(key.text.as_str()) {
        return None;
    }
    let message = format!("no schema has the format `{}`", key.text);
    Some(not_there(
        settings,
        key,
        message,
        known.iter().copied(),
        None,
    ))
}

/// Returns the error for a name that is not there: with the nearest one that is, or with other help.
fn not_there<'n>(
    settings: &Settings,
    key: &Key,
    message: String,
    names: impl IntoIterator<Item = &'n str>,
    otherwise: Option<&str>,
) -> Diagnostic {
    let fault = settings.fault(key, message);
    let near = nearest(&key.text, names).map(|near| format!("did you mean `{near}`?"));
    match near.or_else(|| otherwise.map(str::to_owned)) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// Returns the schemas of a description by their names.
fn schemas(document: &Document) -> Option<&serde_json::Map<String, Value>> {
    document.value().pointer("/components/schemas")?.as_object()
}

fn missing_schema(
    settings: &Settings,
    key: &Key,
    documents: &[(ModulePath, Document)],
) -> Option<Diagnostic> {
    let mut all = documents
        .iter()
        .filter_map(|(_, document)| schemas(document));
    if all.any(|schemas| schemas.contains_key(&key.text)) {
        return None;
    }
    let message = format!("there is no schema `{}`", key.text);
    let all = documents
        .iter()
        .filter_map(|(_, document)| schemas(document));
    let names = all.flat_map(|schemas| schemas.keys().map(String::as_str));
    let otherwise = Some("schemas are called as in `components/schemas`");
    Some(not_there(settings, key, message, names, otherwise))
}

fn missing_property(
    settings: &Settings,
    schema: &Key,
    property: &Key,
    documents: &[(ModulePath, Document)],
) -> Option<Diagnostic> {
    let mut all = documents
        .iter()
        .filter_map(|(_, document)| schemas(document)?.get(&schema.text));
    let schema_value = all.next()?;
    // What a schema is made of can have the property as well.
    let properties = schema_value.get("properties").and_then(Value::as_object);
    let has = properties.is_some_and(|properties| properties.contains_key(&property.text));
    if has || schema_value.get("allOf").is_some() {
        return None;
    }
    let message = format!(
        "the schema `{}` has no property `{}`",
        schema.text, property.text
    );
    let names = properties
        .into_iter()
        .flat_map(|properties| properties.keys());
    let names = names.map(String::as_str);
    Some(not_there(settings, property, message, names, None))
}

fn wrong_name(settings: &Settings, key: &Key, kind: Kind, name: &str) -> Option<Diagnostic> {
    let reason = Name::chosen(kind, name).err()?;
    Some(settings.fault(
        key,
        format!("`{name}` cannot be the name of this: {reason}"),
    ))
}

/// Returns the modules that settings rename and that no API has.
pub fn unknown_modules<'m>(
    settings: &Settings,
    modules: &(impl Iterator<Item = &'m Name> + Clone),
) -> Diagnostics {
    let renames = settings.renames.modules.iter();
    let missing =
        renames.filter(|(_, name)| !modules.clone().any(|module| module.as_str() == *name));
    missing
        .map(|(key, _)| {
            let message = format!("there is no module `{}`", key.text);
            let names = modules.clone().map(Name::as_str);
            let otherwise = Some("`cratewright inspect --spec FILE` lists the modules");
            not_there(settings, key, message, names, otherwise)
        })
        .collect()
}
