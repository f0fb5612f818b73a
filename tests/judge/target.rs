//! The types of a crate that values are decoded as, each with its schema.

use cratewright::Generation;
use cratewright::api::{NamedKind, Operation, Reading, Type, TypePath};
use cratewright::module_path::ModulePath;
use serde_json::Value;
use std::collections::BTreeMap;

/// A type, and where its schema is.
pub struct Target {
    /// A JSON pointer into the description.
    pub pointer: String,
    /// The type, as the program writes it.
    pub path: String,
    /// The type.
    pub ty: Type,
}

/// Returns the types that are made of one description: those with a schema of their own, wherever that is, and the lists and
/// maps that are responses.
pub fn targets(
    generation: &Generation,
    api: Option<&ModulePath>,
    description: &Value,
) -> Vec<Target> {
    let mut found = BTreeMap::new();
    let root = api.map_or_else(
        || "judged_client".to_owned(),
        |api| format!("judged_client::{api}"),
    );
    for (module, found_api) in generation.analysis.krate.apis() {
        if api.is_some_and(|wanted| wanted != module) {
            continue;
        }
        for (module, resource) in &found_api.resources {
            let models = resource.models.iter();
            let models = models.map(|one| (&one.pointer, &one.name, NamedKind::Model));
            let enums = resource.enums.iter();
            let enums = enums.map(|one| (&one.pointer, &one.name, one.kind));
            let unions = resource.unions.iter();
            let unions = unions.map(|one| (&one.pointer, &one.name, NamedKind::Union));
            for (pointer, name, kind) in models.chain(enums).chain(unions) {
                if is_root(pointer) {
                    let path = TypePath {
                        module: module.clone(),
                        name: name.clone(),
                        kind,
                    };
                    found.insert(pointer.clone(), Type::Named(path));
                }
            }
            for operation in &resource.operations {
                found.extend(response(operation, description));
            }
        }
    }
    found
        .into_iter()
        .filter(|(pointer, _)| description.pointer(pointer).is_some())
        .filter_map(|(pointer, ty)| {
            let path = written(&ty, &root)?;
            Some(Target { pointer, path, ty })
        })
        .collect()
}

/// Whether a schema is a component or the whole of a body; the others are parts of these.
fn is_root(pointer: &str) -> bool {
    match pointer.strip_prefix("/components/schemas/") {
        Some(component) => !component.contains('/'),
        None => pointer.ends_with("/schema"),
    }
}

/// Returns the type of a response that is a list or a map.
fn response(operation: &Operation, description: &Value) -> Option<(String, Type)> {
    let output = operation.output.as_ref()?;
    if operation.reading != Reading::Json || matches!(output, Type::Named(_)) {
        return None;
    }
    let at = format!("{}/responses", operation.pointer);
    let responses = description.pointer(&at)?.as_object()?;
    let mut successes = responses.keys().filter(|status| status.starts_with('2'));
    let (Some(status), None) = (successes.next(), successes.next()) else {
        return None;
    };
    let content = format!("{at}/{status}/content");
    let mut types = description.pointer(&content)?.as_object()?.keys();
    let (Some(media_type), None) = (types.next(), types.next()) else {
        return None;
    };
    let media_type = media_type.replace('~', "~0").replace('/', "~1");
    Some((format!("{content}/{media_type}/schema"), output.clone()))
}

/// Returns a type as the program writes it; none for what is not JSON.
fn written(ty: &Type, root: &str) -> Option<String> {
    Some(match ty {
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(integer) => integer.as_str().to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::Json => "serde_json::Value".to_owned(),
        Type::Named(path) => format!("{root}::{}::{}", path.module, path.name),
        Type::List(items) => format!("Vec<{}>", written(items, root)?),
        Type::Map(values) => format!(
            "std::collections::BTreeMap<String, {}>",
            written(values, root)?
        ),
        Type::Nullable(inner) => format!("Option<{}>", written(inner, root)?),
        Type::DateTime
        | Type::Rfc2822
        | Type::Date
        | Type::Time
        | Type::Duration
        | Type::Uuid
        | Type::Base64
        | Type::Sid(_)
        | Type::Tuple(_)
        | Type::PageMeta
        | Type::File
        | Type::Bytes
        | Type::Custom(_) => return None,
    })
}
