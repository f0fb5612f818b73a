//! Pieces that every emitter uses: items as text, documentation, imports.

use super::layout::lay_out;
use crate::api::Docs;
use crate::names::Name;
use proc_macro2::TokenStream;
use quote::quote;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Formats one item.
pub(super) fn item(tokens: TokenStream) -> String {
    lay_out(tokens).unwrap_or_else(|tokens| match syn::parse2::<syn::File>(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => error.to_compile_error().to_string(),
    })
}

/// Formats items, with their documentation set aside meanwhile: as tokens, it would take longer than everything else.
#[derive(Debug, Default)]
pub(super) struct Code(RefCell<Vec<Vec<String>>>);

impl Code {
    /// Returns the attribute that stands for documentation until the item is formatted: its number, without the space that other
    /// documentation begins with.
    pub(super) fn docs(&self, lines: Vec<String>) -> TokenStream {
        let mut docs = self.0.borrow_mut();
        let mark = docs.len().to_string();
        docs.push(lines);
        quote!(#[doc = #mark])
    }

    /// Formats one item.
    pub(super) fn item(&self, tokens: TokenStream) -> String {
        self.with_docs(&item(tokens))
    }

    /// Formats an `impl`, with a blank line between its members.
    pub(super) fn impl_item(&self, tokens: TokenStream) -> String {
        let formatted = item(tokens);
        let mut text = String::with_capacity(formatted.len() + 64);
        let mut ended = false;
        for line in formatted.lines() {
            if ended && line != "}" {
                text.push('\n');
            }
            text.push_str(line);
            text.push('\n');
            let is_member = line
                .strip_prefix("    ")
                .is_some_and(|rest| !rest.starts_with(' '));
            ended = is_member && (line == "    }" || line.ends_with(';'));
        }
        self.with_docs(&text)
    }

    /// Puts the documentation in its place.
    fn with_docs(&self, formatted: &str) -> String {
        let docs = self.0.borrow();
        let docs_at = |line: &str| {
            let number = line.trim_start().strip_prefix("///")?;
            docs.get(number.trim_end().parse::<usize>().ok()?)
        };
        let mut text = String::with_capacity(2 * formatted.len());
        for line in formatted.split_inclusive('\n') {
            let Some(docs) = docs_at(line) else {
                text.push_str(line);
                continue;
            };
            let indent = &line[..line.len() - line.trim_start().len()];
            for line in docs {
                text.push_str(indent);
                text.push_str("///");
                if !line.is_empty() {
                    text.push(' ');
                    text.push_str(line.trim_end_matches(' '));
                }
                text.push('\n');
            }
        }
        text
    }
}

/// Returns documentation as text, one line each, behind `marker`.
pub(super) fn doc_comments(lines: &[String], marker: &str, indent: &str) -> String {
    let mut text = String::new();
    for line in lines {
        let _ = writeln!(text, "{}", format!("{indent}{marker} {line}").trim_end());
    }
    text
}

/// Returns what a setter that is called like an operator's method needs in front: clippy takes it for one.
pub(super) fn allowance(setter: &Name) -> Option<TokenStream> {
    const OPERATORS: [&str; 10] = [
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    OPERATORS
        .contains(&setter.as_str())
        .then(|| quote!(#[allow(clippy::should_implement_trait)]))
}

/// Returns the lines of a description, or one line of our own where it has none.
pub(super) fn or_else_line(docs: &Docs, line: impl FnOnce() -> String) -> Vec<String> {
    if docs.is_empty() {
        vec![line()]
    } else {
        docs.lines().to_vec()
    }
}

/// Fills lines of at most 100 columns with the words of a text.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= 96 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `interaction_channel` as words.
pub(super) fn words(name: &str) -> String {
    name.replace('_', " ").trim().to_owned()
}

/// The imports of a module: what is used, by the path that it comes from.
#[derive(Debug, Default)]
pub(super) struct Imports<'p>(BTreeMap<&'p str, BTreeSet<String>>);

impl<'p> Imports<'p> {
    pub(super) fn add(&mut self, path: &'p str, name: impl Into<String>) {
        self.0.entry(path).or_default().insert(name.into());
    }
}

impl std::fmt::Display for Imports<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (own, foreign): (Vec<_>, Vec<_>) = self
            .0
            .iter()
            .partition(|(path, _)| path.starts_with("super"));
        for (path, names) in own.into_iter().chain(foreign) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            writeln!(f, "{}", import_line(&format!("use {path}"), &names))?;
        }
        Ok(())
    }
}

/// Writes an import as rustfmt does: on one line where it fits into 100 columns, filled lines where it does not. `path` begins with
/// `use`.
pub(super) fn import_line(path: &str, names: &[&str]) -> String {
    let one_line = match names {
        [one] => return format!("{path}::{one};"),
        several => format!("{path}::{{{}}};", several.join(", ")),
    };
    if one_line.len() <= 100 {
        return one_line;
    }
    let mut text = format!("{path}::{{\n   ");
    let mut column = 3;
    for name in names {
        if column + name.len() + 2 > 100 {
            text.push_str("\n   ");
            column = 3;
        }
        let _ = write!(text, " {name},");
        column += name.len() + 2;
    }
    text.push_str("\n};");
    text
}
