//! Values that are one of several types.

use super::code::{doc_comments, item, or_else_line};
use super::limits::check_of_union;
use super::open_enum::literal;
use super::types::type_of;
use crate::model::api::{Alternative, LimitedTypes, Type, Union};
use crate::model::names::Name;
use std::fmt::Write as _;

/// Returns the declaration of a union, which the runtime's macro gives its conversions, and how it is checked.
pub(super) fn union(union: &Union, module: &Name, limits: &LimitedTypes<'_>) -> Vec<String> {
    let Union {
        name,
        docs,
        tag,
        alternatives,
        selection: _,
        pointer: _,
    } = union;
    let docs = or_else_line(docs, || format!("One of several kinds of `{name}`."));
    let mut text = String::from("one_of! {\n");
    text.push_str(&doc_comments(&docs, "///", "    "));
    let by = tag
        .as_ref()
        .map_or_else(String::new, |tag| format!(" by {}", literal(tag)));
    let _ = writeln!(text, "    pub enum {name}{by} {{");
    for Alternative {
        name,
        docs: _,
        ty,
        tags,
        written_tag: _,
        shape: _,
        limits: _,
        pointer: _,
    } in alternatives
    {
        let ty_text = type_of(ty, module).to_string().replace(' ', "");
        let docs = match ty {
            Type::Named(_) => format!("[`{ty_text}`]"),
            _ => format!("`{ty_text}`"),
        };
        let tags: Vec<String> = tags.iter().map(|tag| literal(&tag.to_string())).collect();
        let _ = writeln!(text, "        /// {docs}");
        let _ = writeln!(text, "        {name}({ty_text}) = [{}],", tags.join(", "));
    }
    text.push_str("    }\n}\n");
    let check = check_of_union(union, module, limits).map(item);
    std::iter::once(text).chain(check).collect()
}
