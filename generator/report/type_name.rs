//! Rust types as sentences and tables name them.

use crate::model::api::Type;

/// Returns the name of a type, such as `Vec<models::Ship>`.
pub(crate) fn type_name(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(integer) => integer.as_str().to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::DateTime => "DateTime<FixedOffset>".to_owned(),
        Type::Rfc2822 => "Rfc2822".to_owned(),
        Type::Date => "NaiveDate".to_owned(),
        Type::Time => "Time".to_owned(),
        Type::Duration => "Duration".to_owned(),
        Type::Uuid => "Uuid".to_owned(),
        Type::Base64 => "Base64".to_owned(),
        Type::Custom(custom) => custom.path.as_str().to_owned(),
        Type::Nullable(inner) => format!("Option<{}>", type_name(inner)),
        Type::Tuple(positions) => {
            let positions: Vec<String> = positions.iter().map(type_name).collect();
            format!("({})", positions.join(", "))
        }
        Type::Json => "Value".to_owned(),
        Type::Sid(sid) => sid
            .alias
            .as_ref()
            .map_or_else(|| format!("Sid<{}>", sid.kind), ToString::to_string),
        Type::Named(path) => format!("{}::{}", path.module, path.name),
        Type::List(items) => format!("Vec<{}>", type_name(items)),
        Type::Map(values) => format!("BTreeMap<String, {}>", type_name(values)),
        Type::PageMeta => "PageMeta".to_owned(),
        Type::File => "FilePart".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
    }
}
