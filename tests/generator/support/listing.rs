//! Public APIs compared as sets of lines: the order of items is none of the callers' business, and neither is an alias.

use super::public_api;
use cratewright::output::FileTree;
use similar::TextDiff;
use std::collections::BTreeMap;

/// Returns what only one of the two crates offers, line by line.
pub fn difference(old: &FileTree, new: &FileTree, krate: &str) -> String {
    let (old, new) = (lines(old, krate), lines(new, krate));
    TextDiff::from_lines(&old, &new)
        .unified_diff()
        .context_radius(0)
        .to_string()
}

/// Every line of the public API of the crate's own modules, after the items that it stands in, in order.
pub fn lines(files: &FileTree, krate: &str) -> String {
    let text = public_api::own(files, krate);
    let aliases = aliases(&text);
    let mut within: Vec<String> = Vec::new();
    let mut section = "";
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let bare = line.trim();
        if let Some(title) = line.strip_prefix("// ") {
            section = title;
            within.clear();
            continue;
        }
        if bare.starts_with('}') {
            within.pop();
            continue;
        }
        let bare = without_wire(bare);
        // Every type has `Debug`, whether it is derived or leaves something out; what checks limits cannot be named outside.
        let is_internal = bare.starts_with("impl limit::Check for ");
        if bare.starts_with("impl fmt::Debug for ") || is_internal {
            continue;
        }
        let bare = unnamed(&bare.replace("derive(Debug, ", "derive("));
        lines.push(format!(
            "{section} {} {}\n",
            within.concat(),
            spelled_out(&bare, &aliases)
        ));
        if bare.ends_with('{') {
            within.push(bare);
        }
    }
    lines.sort();
    lines.concat()
}

/// A function without the names of its arguments, which callers do not write.
fn unnamed(line: &str) -> String {
    let is_function =
        line.starts_with("pub fn ") || line.starts_with("impl ") && line.contains("fn ");
    let Some((before, arguments)) = line.split_once('(').filter(|_| is_function) else {
        return line.to_owned();
    };
    let arguments: Vec<&str> = arguments
        .split(", ")
        .map(|argument| match argument.split_once(": ") {
            Some((name, ty)) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => ty,
            _ => argument,
        })
        .collect();
    format!("{before}({}", arguments.join(", "))
}

/// Without the texts that the variants of `open_enum!` and `one_of!` stand for, which no caller names.
fn without_wire(line: &str) -> String {
    match line.split_once(" = \"") {
        Some((variant, _)) => variant.to_owned(),
        None => line.to_owned(),
    }
}

/// `pub type ChannelSid = Sid<Ch>;`
fn aliases(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .filter_map(|line| {
            let (alias, target) = line.trim().strip_prefix("pub type ")?.split_once(" = ")?;
            Some((alias, target.trim_end_matches(';')))
        })
        .collect()
}

fn spelled_out(line: &str, aliases: &BTreeMap<&str, &str>) -> String {
    if line.starts_with("pub type ") {
        return line.to_owned();
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut text = String::new();
    let mut word = String::new();
    for character in line.chars().chain([' ']) {
        if is_word(character) {
            word.push(character);
        } else {
            text.push_str(aliases.get(word.as_str()).copied().unwrap_or(&word));
            word.clear();
            text.push(character);
        }
    }
    text.trim_end().to_owned()
}
