//! `sids.rs`: the kinds of SID, and the names that resources give to theirs.

use super::code::{HEADER, Imports, import_line};
use super::literal::literal;
use super::root::Root;
use crate::assemble::Crate;
use crate::base::markdown;
use crate::model::api::{Api, Digits, Prefixes, SidAlias, SidKind};
use crate::model::names::Name;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Returns the file of the crate: every kind of SID, and the aliases of an API that has the crate to itself.
pub(super) fn of_crate(krate: &Crate) -> String {
    // A kind is named after what its text looks like; the pattern that the documentation shows is the first API's.
    let mut kinds: BTreeMap<&Name, &SidKind> = BTreeMap::new();
    for (name, kind) in krate.apis().flat_map(|(_, api)| &api.sids) {
        kinds.entry(name).or_insert(kind);
    }
    let aliases = krate.alone().map_or_else(String::new, aliases);
    let mut imports = Imports::default();
    if !aliases.is_empty() {
        imports.add("super::runtime", "Sid");
    }
    if !kinds.is_empty() {
        for name in ["SidDigits", "SidKind", "SidPrefix"] {
            imports.add("super::runtime", name);
        }
    }
    let mut text =
        format!("{HEADER}\n\n//! The kinds of SID: the prefix of a SID is its type.\n\n{imports}");
    text.extend(
        kinds
            .into_iter()
            .map(|(name, kind)| declaration(name, kind)),
    );
    text + &aliases
}

/// Returns the file of an API: the kinds that it has, and its aliases.
pub(super) fn of_api(api: &Api, root: &Root) -> String {
    let mut text = format!(
        "{HEADER}\n\n//! The kinds of SID that the API has, and the names of its resources' SIDs.\n\n"
    );
    let aliases = aliases(api);
    if !aliases.is_empty() {
        text.push_str("use super::runtime::Sid;\n");
    }
    let kinds: Vec<&str> = api.sids.keys().map(Name::as_str).collect();
    if !kinds.is_empty() {
        let path = format!("pub use {}sids", root.crate_root());
        let _ = writeln!(text, "{}", import_line(&path, &kinds));
    }
    text + &aliases
}

fn declaration(name: &Name, kind: &SidKind) -> String {
    let SidKind {
        pattern,
        prefixes,
        digits,
        pointer: _,
    } = kind;
    let digits = match digits {
        Digits::Hex => "Hex",
        Digits::LowerHex => "LowerHex",
        Digits::Alphanumeric => "Alphanumeric",
    };
    let accepted = match prefixes {
        Prefixes::Listed(listed) => format!(
            "OneOf(&[{}])",
            listed
                .iter()
                .map(|prefix| literal(prefix))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Prefixes::AnyUpper => "AnyUpper".to_owned(),
        Prefixes::AnyLetters => "AnyLetters".to_owned(),
    };
    format!(
        "\n/// SIDs that begin with {}.\n///\n/// Pattern: {}.\n#[derive(Debug, Clone, Copy)]\npub enum {name} {{}}\n\nimpl SidKind for {name} {{\n    const PREFIX: SidPrefix = SidPrefix::{accepted};\n    const DIGITS: SidDigits = SidDigits::{digits};\n}}\n",
        prefixes.in_words(),
        markdown::code(pattern),
    )
}

fn aliases(api: &Api) -> String {
    let mut text = String::new();
    for (alias, target) in &api.sid_aliases {
        let SidAlias {
            kind,
            model,
            pointer: _,
        } = target;
        let is_there = api.resources.get(&model.module).is_some_and(|resource| {
            resource
                .models
                .iter()
                .any(|candidate| candidate.name == model.name)
        });
        let model = if is_there {
            format!(
                "[`{}`](super::{}::{})",
                model.name, model.module, model.name
            )
        } else {
            format!("`{}`", model.name)
        };
        let _ = write!(
            text,
            "\n/// The `sid` of {model}.\npub type {alias} = Sid<{kind}>;\n"
        );
    }
    text
}
