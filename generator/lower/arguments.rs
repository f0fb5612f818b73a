//! How values reach constructors: one by one, or by name.

use crate::model::api::Type;

/// Arguments that nobody has to count.
const MOST_ARGUMENTS: usize = 7;

/// Decides how the required parameters reach `new`: by name, unless they are few and no two could be swapped unnoticed.
pub(super) fn needs_names<'t>(required: impl Iterator<Item = &'t Type>) -> bool {
    let mut seen: Vec<String> = Vec::new();
    for class in required.map(argument_class) {
        if seen.contains(&class) || seen.len() == MOST_ARGUMENTS {
            return true;
        }
        seen.push(class);
    }
    false
}

/// What the compiler tells apart in an argument: everything that takes text is of one class, and so are whole numbers.
fn argument_class(ty: &Type) -> String {
    match ty {
        Type::String | Type::Json => "text".to_owned(),
        Type::Integer(_) => "integer".to_owned(),
        Type::DateTime | Type::Rfc2822 => "instant".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::F64 => "float".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Uuid => "uuid".to_owned(),
        Type::Nullable(inner) => format!("optional {}", argument_class(inner)),
        Type::Tuple(positions) => {
            let classes: Vec<String> = positions.iter().map(argument_class).collect();
            format!("tuple of {}", classes.join(", "))
        }
        Type::Sid(sid) => sid.kind.to_string(),
        Type::Named(path) => format!("{}::{}", path.module, path.name),
        Type::List(items) => format!("list of {}", argument_class(items)),
        Type::Map(values) => format!("map of {}", argument_class(values)),
        Type::PageMeta => "page".to_owned(),
        Type::Custom(custom) => custom.path.as_str().to_owned(),
        Type::Base64 | Type::File | Type::Bytes => "bytes".to_owned(),
    }
}
