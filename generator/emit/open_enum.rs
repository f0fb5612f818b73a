//! Enums, which also take values that the description does not list, unless they are closed.

use super::code::{doc_comments, or_else_line};
use super::literal::literal;
use crate::base::markdown;
use crate::model::api::{Literal, NamedKind, OpenEnum, Variant};
use crate::model::settings::RustPath;
use std::fmt::Write as _;

/// Returns the declaration of an enum; the runtime's macro gives it its conversions.
pub(super) fn open_enum(open_enum: &OpenEnum) -> String {
    let OpenEnum {
        name,
        docs,
        kind,
        variants,
        is_closed,
        derives,
        pointer: _,
    } = open_enum;
    let docs = or_else_line(docs, || format!("The values of `{name}`."));
    let mut text = match is_closed {
        true => "runtime::closed_enum! {\n".to_owned(),
        false => format!("{}! {{\n", macro_of(*kind)),
    };
    text.push_str(&doc_comments(&docs, "///", "    "));
    let mut own = vec![
        "Debug",
        "Clone",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ];
    if *is_closed || *kind == NamedKind::IntegerEnum {
        own.push("Copy");
    }
    let derives = derives.iter().filter(|path| !path.is_one_of(&own));
    let derives: Vec<&str> = derives.map(RustPath::as_str).collect();
    if !derives.is_empty() {
        let _ = writeln!(text, "    #[derive({})]", derives.join(", "));
    }
    let value = match (is_closed, kind) {
        (false, _) => "",
        (true, NamedKind::IntegerEnum) => ", as_i64: i64",
        (true, _) => ", as_str: &'static str",
    };
    let _ = writeln!(text, "    pub enum {name}{value} {{");
    for Variant {
        name,
        docs,
        wire,
        pointer: _,
    } in variants
    {
        let docs = or_else_line(docs, || match wire {
            Literal::Text(text) if text.is_empty() => "An empty text.".to_owned(),
            wire => markdown::code(&wire.to_string()),
        });
        let value = match wire {
            Literal::Text(text) => literal(text),
            Literal::Integer(_) | Literal::Bool(_) => wire.to_string(),
        };
        text.push_str(&doc_comments(&docs, "///", "        "));
        let _ = writeln!(text, "        {name} = {value},");
    }
    text.push_str("    }\n}\n");
    text
}

/// Returns the macro that declares an enum of a kind.
pub(super) fn macro_of(kind: NamedKind) -> &'static str {
    match kind {
        NamedKind::IntegerEnum => "integer_enum",
        NamedKind::TextEnum | NamedKind::Model | NamedKind::Union | NamedKind::Responses => {
            "open_enum"
        }
    }
}
