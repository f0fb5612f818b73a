//! `patterns.rs`: the patterns of texts, as tables.

use super::code::{HEADER, doc_comments};
use super::literal::literal;
use crate::base::markdown;
use crate::model::api::{Api, Pattern};
use crate::model::names::Name;
use std::fmt::Write as _;

/// Returns the file of an API; none where no pattern is checked.
pub(super) fn patterns(api: &Api) -> Option<String> {
    if api.patterns.is_empty() {
        return None;
    }
    let mut text = format!(
        "{HEADER}\n\n//! The patterns that texts are checked with before they are sent, as tables of automata.\n\nuse super::runtime::limit::Pattern;\n"
    );
    let visibility = if is_hidden(api) { "pub" } else { "pub(super)" };
    for (name, pattern) in &api.patterns {
        text.push('\n');
        text.push_str(&constant(name, pattern, visibility));
    }
    Some(text)
}

/// Returns whether the module is public but hidden: where modules are features, some patterns may have no use, and the compiler warns of
/// private ones.
pub(super) fn is_hidden(api: &Api) -> bool {
    let mut resources = api.resources.values();
    resources.any(|resource| resource.feature.is_some())
}

fn constant(name: &Name, pattern: &Pattern, visibility: &str) -> String {
    let Pattern {
        source,
        ascii,
        ranges,
        classes,
        next,
        ends,
    } = pattern;
    let docs = markdown::code(source);
    let mut text = doc_comments(&[docs], "///", "");
    let ranges: Vec<String> = ranges
        .iter()
        .map(|(first, last, class)| {
            format!(
                "('\\u{{{:x}}}', '\\u{{{:x}}}', {class})",
                u32::from(*first),
                u32::from(*last)
            )
        })
        .collect();
    let next: Vec<String> = next.iter().map(u16::to_string).collect();
    let ends: Vec<u8> = ends.iter().map(|end| u8::from(*end)).collect();
    let _ = write!(
        text,
        "{visibility} static {name}: Pattern = Pattern {{\n    source: {},\n    ascii: {},\n    ranges: &{},\n    classes: {classes},\n    next: &{},\n    ends: {},\n}};\n",
        literal(source),
        bytes(ascii),
        list(&ranges),
        list(&next),
        bytes(&ends),
    );
    text
}

/// A list, on several lines where it is long.
fn list(items: &[String]) -> String {
    let one_line = format!("[{}]", items.join(", "));
    if one_line.len() <= 80 {
        return one_line;
    }
    let mut text = String::from("[\n       ");
    let mut column = 7;
    for item in items {
        if column + item.len() + 2 > 100 {
            text.push_str("\n       ");
            column = 7;
        }
        let _ = write!(text, " {item},");
        column += item.len() + 2;
    }
    text.push_str("\n    ]");
    text
}

/// Bytes as a literal.
fn bytes(bytes: &[u8]) -> String {
    let escaped: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("b\"{escaped}\"")
}
