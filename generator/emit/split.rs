//! Files that would be too long, in several: their items by the first letters of their names.
//!
//! Which file an item is in follows from its name and from how much there is with the same letters, not from what else there is.
//! The module is the same for callers: it has everything that its files have.

use super::code::HEADER;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The lines of items that a file has at most, if they can be divided: with imports and macros, no more than 4,000.
const MAX_LINES: usize = 3900;

/// What is written for one type or one request.
#[derive(Debug)]
pub(super) struct Item<'r> {
    pub name: &'r str,
    pub traits: Traits,
    pub pieces: Vec<String>,
}

/// The traits that a macro implements at the end of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Traits {
    /// Those of serde.
    Serde,
    /// `Serialize`.
    Request,
    /// None.
    None,
}

impl Item<'_> {
    /// Returns it for a file in the folder of the module: documentation refers to the modules beside that one.
    pub fn in_folder(self) -> Self {
        let pieces = self.pieces.into_iter();
        Self {
            pieces: pieces.map(|text| in_folder(&text)).collect(),
            ..self
        }
    }
}

fn in_folder(text: &str) -> String {
    text.replace("](super::", "](super::super::")
}

/// Returns the files of a module, each with its path.
pub(super) fn split(module: &str, head: String, items: Vec<Item<'_>>) -> Vec<(String, String)> {
    let whole = format!("{module}.rs");
    if lines(&items) <= MAX_LINES || items.len() == 1 {
        let text = [vec![head], texts(&items)].concat().join("\n");
        return vec![(whole, text)];
    }
    let mut parts = BTreeMap::new();
    divide(items, 1, &mut parts);
    let mut text = head;
    text.push('\n');
    for part in parts.keys() {
        let _ = writeln!(text, "mod {part};");
    }
    text.push('\n');
    for part in parts.keys() {
        let _ = writeln!(text, "pub use self::{part}::*;");
    }
    let mut files = vec![(whole, text)];
    files.extend(parts.into_iter().map(|(part, items)| {
        let head = format!("{HEADER}\n\nuse super::*;\n");
        let text = [vec![head], texts(&items)].concat().join("\n");
        (format!("{module}/{part}.rs"), in_folder(&text))
    }));
    files
}

/// Puts items together whose names begin with the same letters, and divides those further that are still too many.
fn divide<'r>(items: Vec<Item<'r>>, letters: usize, parts: &mut BTreeMap<String, Vec<Item<'r>>>) {
    let mut groups: BTreeMap<String, Vec<Item<'r>>> = BTreeMap::new();
    for item in items {
        let start: String = item.name.chars().take(letters).collect();
        groups
            .entry(start.to_ascii_lowercase())
            .or_default()
            .push(item);
    }
    for (start, items) in groups {
        let is_whole_name = items.iter().all(|item| item.name.len() <= letters);
        if lines(&items) <= MAX_LINES || items.len() == 1 || is_whole_name {
            parts.insert(format!("part_{start}"), items);
        } else {
            divide(items, letters + 1, parts);
        }
    }
}

fn lines(items: &[Item<'_>]) -> usize {
    let pieces = items.iter().flat_map(|item| &item.pieces);
    pieces.map(|piece| piece.lines().count() + 1).sum()
}

/// Returns the texts of items, and what a macro adds to them.
fn texts(items: &[Item<'_>]) -> Vec<String> {
    let pieces = items.iter().flat_map(|item| item.pieces.clone());
    let with = |traits| {
        items
            .iter()
            .filter(move |item| item.traits == traits)
            .map(|item| item.name)
    };
    let requests = macro_line("runtime::serialize_requests!", with(Traits::Request));
    let serde = macro_line("runtime::model::serde_impls!", with(Traits::Serde));
    pieces
        .chain(requests)
        .chain(serde)
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Returns the call of a macro with names; nothing where there are none.
fn macro_line<'a>(macro_name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return None;
    }
    let one_line = format!("{macro_name} {{ {} }}\n", names.join(", "));
    if one_line.len() <= 100 {
        return Some(one_line);
    }
    let lines = super::code::wrapped(&format!("{},", names.join(", ")));
    Some(format!(
        "{macro_name} {{\n    {}\n}}\n",
        lines.join("\n    ")
    ))
}

#[cfg(test)]
mod tests {
    use super::{Item, MAX_LINES, Traits, split};

    fn item(name: &str, lines: usize) -> Item<'_> {
        Item {
            name,
            traits: Traits::Serde,
            pieces: vec![format!(
                "/// [headers](super::headers)\nstruct {name};\n{}",
                "\n".repeat(lines)
            )],
        }
    }

    fn paths(items: Vec<Item<'_>>) -> Vec<String> {
        let files = split("piers", "use super::a::A;\n".to_owned(), items);
        files.into_iter().map(|(path, _)| path).collect()
    }

    #[test]
    fn a_module_is_divided_where_it_is_too_long() {
        let half = MAX_LINES / 2;
        assert_eq!(
            paths(vec![item("Ship", half), item("Pier", 1)]),
            ["piers.rs"]
        );
        let items = vec![item("Ship", half), item("Shore", half), item("Pier", half)];
        assert_eq!(
            paths(items),
            [
                "piers.rs",
                "piers/part_p.rs",
                "piers/part_shi.rs",
                "piers/part_sho.rs"
            ]
        );
        assert_eq!(paths(vec![item("Ship", 2 * MAX_LINES)]), ["piers.rs"]);
    }

    #[test]
    fn the_module_has_everything_that_its_files_have() {
        let items = vec![item("Ship", MAX_LINES), item("Pier", 1)];
        let files = split("piers", "use super::a::A;\n".to_owned(), items);
        assert_eq!(
            files[0].1,
            "use super::a::A;\n\nmod part_p;\nmod part_s;\n\npub use self::part_p::*;\npub use self::part_s::*;\n"
        );
        assert!(
            files[1]
                .1
                .contains("use super::*;\n\n/// [headers](super::super::headers)")
        );
        assert!(
            files[1]
                .1
                .ends_with("runtime::model::serde_impls! { Pier }\n")
        );
    }
}
