//! Enums that also take values the description does not list.

use super::code::{doc_comments, or_else_line};
use crate::base::markdown;
use crate::model::api::{OpenEnum, Variant};
use std::fmt::Write as _;

/// Returns the declaration of an enum; the runtime's macro gives it its conversions.
pub(super) fn open_enum(open_enum: &OpenEnum) -> String {
    let OpenEnum {
        name,
        docs,
        kind: _,
        variants,
        pointer: _,
    } = open_enum;
    let docs = or_else_line(docs, || format!("The values of `{name}`."));
    let mut text = String::from("open_enum! {\n");
    text.push_str(&doc_comments(&docs, "///", "    "));
    let _ = writeln!(text, "    pub enum {name} {{");
    for Variant {
        name,
        docs: _,
        wire,
        pointer: _,
    } in variants
    {
        let docs = if wire.to_string().is_empty() {
            "The empty text.".to_owned()
        } else {
            markdown::code(&wire.to_string())
        };
        let _ = writeln!(text, "        /// {docs}");
        let _ = writeln!(text, "        {name} = {},", literal(&wire.to_string()));
    }
    text.push_str("    }\n}\n");
    text
}

/// Returns text as a string literal.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
