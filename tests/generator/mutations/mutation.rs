//! What can be done to one node of a description.

use super::node::{Form, Node};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::ops::RangeInclusive;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Delete,
    Duplicate,
    Retype,
    Rename,
    Garble,
    Swap,
    Wrap,
    Reverse,
    Truncate,
    Corrupt,
}

const KINDS: [Kind; 10] = [
    Kind::Delete,
    Kind::Duplicate,
    Kind::Retype,
    Kind::Rename,
    Kind::Garble,
    Kind::Swap,
    Kind::Wrap,
    Kind::Reverse,
    Kind::Truncate,
    Kind::Corrupt,
];

/// What is done, where, and how; the numbers are taken modulo what there is to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    pub(crate) description: usize,
    pub(crate) form: Form,
    pub(crate) kind: Kind,
    node: usize,
    detail: usize,
}

/// A mutated description.
pub(crate) struct Mutated {
    pub(crate) text: String,
    /// The lines of what was mutated and of what it stands in.
    pub(crate) lines: RangeInclusive<usize>,
    /// What a message about another place can name to say what it has to do with the mutation.
    pub(crate) names: Vec<String>,
}

pub(crate) fn mutations() -> impl Strategy<Value = Mutation> {
    (
        any::<usize>(),
        any::<bool>(),
        proptest::sample::select(&KINDS[..]),
        any::<usize>(),
        any::<usize>(),
    )
        .prop_map(|(description, is_json, kind, node, detail)| Mutation {
            description,
            form: if is_json { Form::Json } else { Form::Yaml },
            kind,
            node,
            detail,
        })
}

const TEXTS: [&str; 26] = [
    "",
    " ",
    "\0",
    "\u{202e}gnp",
    "a\u{300}",
    "self",
    "Self",
    "_",
    "con",
    "../../up",
    "/etc/passwd",
    "*/ fn main() {}",
    "\"#; panic!(); //",
    "```rust\npanic!()\n```",
    "#![feature(x)]",
    "{{}}",
    "{",
    "}{",
    "#",
    "#/components/schemas/Nowhere",
    "elsewhere.yaml#/a",
    "https://example.com/a.json",
    "^(",
    "^[A-Z]{2}[0-9a-f]{32}$",
    "99999999999999999999",
    "\u{1f980}\u{200d}\u{feff}",
];

const KEYS: [&str; 20] = [
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "enum",
    "schema",
    "content",
    "parameters",
    "responses",
    "default",
    "get",
    "200",
    "required",
    "format",
    "pattern",
    "/",
    "/{a}/{a}",
    "x-twilio",
];

impl Mutation {
    pub(crate) fn apply(&self, description: &Node) -> Mutated {
        let paths = description.paths();
        let path = &paths[self.node % paths.len()];
        let (last, parent) = path.split_last().expect("no node is the document");
        let mut document = description.clone();
        let mut names = document.keys(path);
        if let Node::Scalar(Value::String(text)) = document.get(path) {
            names.push(text.clone());
        }
        if !matches!(self.kind, Kind::Truncate | Kind::Corrupt) {
            let other = document.get(&paths[self.detail % paths.len()]).clone();
            self.change(document.get_mut(parent), *last, other);
        }
        if let Node::Map(entries) = document.get(parent)
            && let Some((key, _)) = entries.get(*last)
        {
            names.push(key.clone());
        }
        let (mut text, mut lines) = document.write(self.form, parent);
        match self.kind {
            Kind::Truncate => {
                truncate(&mut text, &lines, self.detail);
                lines = 1..=usize::MAX;
            }
            Kind::Corrupt => {
                corrupt(&mut text, &lines, self.detail);
                lines = *lines.start()..=usize::MAX;
            }
            _ => {}
        }
        names.retain(|name| name.len() > 2);
        Mutated { text, lines, names }
    }

    fn change(&self, parent: &mut Node, index: usize, other: Node) {
        let detail = self.detail;
        match (self.kind, parent) {
            (Kind::Delete, Node::List(items)) => {
                items.remove(index);
            }
            (Kind::Delete, Node::Map(entries)) => {
                entries.remove(index);
            }
            (Kind::Duplicate, Node::List(items)) => items.insert(index, items[index].clone()),
            (Kind::Duplicate, Node::Map(entries)) => {
                let (key, value) = entries[index].clone();
                let key = if detail.is_multiple_of(4) {
                    key
                } else {
                    format!("{key}{}", detail % 100)
                };
                entries.insert(index + 1, (key, value));
            }
            (Kind::Rename, Node::Map(entries)) => {
                let key = &entries[index].0;
                entries[index].0 = match detail % 5 {
                    0 => TEXTS[detail / 5 % TEXTS.len()].to_owned(),
                    1 => KEYS[detail / 5 % KEYS.len()].to_owned(),
                    2 => key.to_uppercase(),
                    3 => key.chars().skip(1).collect(),
                    _ => key.repeat(detail / 5 % 40),
                };
            }
            (kind, Node::List(items)) => change_value(kind, &mut items[index], other, detail),
            (kind, Node::Map(entries)) => change_value(kind, &mut entries[index].1, other, detail),
            (_, Node::Scalar(_)) => {}
        }
    }
}

fn change_value(kind: Kind, node: &mut Node, other: Node, detail: usize) {
    match kind {
        Kind::Swap => *node = other,
        Kind::Wrap if detail.is_multiple_of(2) => *node = Node::List(vec![node.clone()]),
        Kind::Wrap => {
            let key = KEYS[detail / 2 % KEYS.len()];
            *node = Node::Map(vec![(key.to_owned(), node.clone())]);
        }
        Kind::Reverse => match node {
            Node::List(items) => items.reverse(),
            Node::Map(entries) => entries.reverse(),
            Node::Scalar(_) => {}
        },
        Kind::Garble | Kind::Rename => {
            *node = Node::Scalar(TEXTS[detail % TEXTS.len()].into());
        }
        _ => *node = Node::of(&retyped(detail)),
    }
}

fn retyped(detail: usize) -> Value {
    let all = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(0.5),
        json!(u64::MAX),
        json!("text"),
        json!([]),
        json!({}),
        json!([null]),
        json!([{}]),
        json!(["a", 1]),
        json!({"a": 1}),
        json!({"$ref": "#"}),
        json!({"$ref": "#/components/schemas"}),
        json!({"x-a": {"b": []}}),
    ];
    all[detail % all.len()].clone()
}

/// A position in the text of these lines.
fn offset(text: &str, lines: &RangeInclusive<usize>, detail: usize) -> usize {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts[lines.start() - 1];
    let end = starts.get(*lines.end()).map_or(text.len(), |end| end - 1);
    text.floor_char_boundary(start + detail % (end - start).max(1))
}

fn truncate(text: &mut String, lines: &RangeInclusive<usize>, detail: usize) {
    let end = offset(text, lines, detail);
    text.truncate(end);
}

fn corrupt(text: &mut String, lines: &RangeInclusive<usize>, detail: usize) {
    let at = offset(text, lines, detail);
    let insert = [
        "\"", "'", ":", ": ", ",", "{", "}", "[", "]", "&a ", "*a ", "!x ", "- ", "\n", "\t",
        "\u{7f}", "\0", "#", "|", ">", "%", "\u{85}", "\u{feff}", "\r", "<<: ", "? ",
    ];
    if detail.is_multiple_of(3)
        && let Some(c) = text[at..].chars().next()
    {
        text.replace_range(at..at + c.len_utf8(), "");
    } else {
        text.insert_str(at, insert[detail / 3 % insert.len()]);
    }
}
