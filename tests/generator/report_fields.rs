//! Everything in the model is compared: the report takes each struct of it apart, names every field, and says why a field is
//! left out.

use crate::support::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use syn::visit::{self, Visit};
use syn::{Fields, Item, Member, PatStruct};

/// Structs that the report does not take apart, and why.
const NOT_TAKEN_APART: &[(&str, &str)] = &[
    ("Custom", "types are compared by `types`, as a whole"),
    ("RequestExample", "examples reach no caller"),
    ("ResponseExample", "examples reach no caller"),
    (
        "TypePath",
        "types are compared by `types`, which knows renames",
    ),
    (
        "SidUse",
        "types are compared by `types`; the alias is a spelling",
    ),
    ("Shape", "follows from the alternatives of a union"),
    ("ShapeMember", "follows from the alternatives of a union"),
    ("Pattern", "compared by its source, with the limits"),
    ("Part", "compared by the encoding of the request body"),
    ("PageSize", "compared as a whole"),
    ("More", "compared as a whole"),
    (
        "OperationServer",
        "compared by its URL; whether it is its own follows from the servers",
    ),
    ("Requirement", "compared as a whole, and by the contract"),
    ("RequiredScheme", "compared as a whole, and by the contract"),
    ("BodyFormat", "compared as a whole"),
    ("Outline", "compared by its kind"),
    ("OutlineUse", "compared by `outline`, side by side"),
    ("OutlineMember", "compared by `outline`, side by side"),
    (
        "Contract",
        "compared by `security`, `request_body` and `contract`",
    ),
    ("Note", "what the crate does not do, which `inspect` lists"),
];

/// Modules that put changes together and print them.
const RENDERING: [&str; 7] = [
    "collector",
    "fold",
    "github",
    "markdown",
    "rule",
    "sarif",
    "version",
];

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

/// The structs of the model with their fields.
fn structs() -> BTreeMap<String, BTreeSet<String>> {
    let mut structs = BTreeMap::new();
    for (_, text) in files("generator/model/api") {
        for item in syn::parse_file(&text).unwrap().items {
            let Item::Struct(item) = item else { continue };
            if let Fields::Named(fields) = item.fields {
                let names = fields.named.iter().map(|field| field.ident.as_ref());
                let names = names.map(|name| name.unwrap().to_string()).collect();
                structs.insert(item.ident.to_string(), names);
            }
        }
    }
    structs
}

/// The patterns without `..`, by the name of their struct.
#[derive(Default)]
struct Patterns(BTreeMap<String, Vec<BTreeSet<String>>>);

impl<'a> Visit<'a> for Patterns {
    fn visit_pat_struct(&mut self, pattern: &'a PatStruct) {
        if pattern.rest.is_none() {
            let name = pattern.path.segments.last().unwrap().ident.to_string();
            let fields = pattern.fields.iter().map(|field| match &field.member {
                Member::Named(name) => name.to_string(),
                Member::Unnamed(index) => index.index.to_string(),
            });
            self.0.entry(name).or_default().push(fields.collect());
        }
        visit::visit_pat_struct(self, pattern);
    }
}

#[test]
fn every_struct_of_the_model_is_taken_apart() {
    let mut patterns = Patterns::default();
    for (_, text) in files("generator/report/diff") {
        patterns.visit_file(&syn::parse_file(&text).unwrap());
    }
    let mut missing = Vec::new();
    let mut needless = Vec::new();
    for (name, fields) in structs() {
        let found = patterns.0.get(&name);
        let is_whole = found.is_some_and(|found| found.contains(&fields));
        let is_listed = NOT_TAKEN_APART.iter().any(|(listed, _)| *listed == name);
        match (is_whole, is_listed) {
            (false, false) => missing.push(name),
            (true, true) => needless.push(name),
            (true, false) | (false, true) => {}
        }
    }
    assert!(missing.is_empty(), "not compared: {missing:?}");
    assert!(needless.is_empty(), "compared after all: {needless:?}");
    let known = structs();
    let gone: Vec<&str> = NOT_TAKEN_APART
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !known.contains_key(*name) && *name != "Note")
        .collect();
    assert!(gone.is_empty(), "not in the model: {gone:?}");
}

#[test]
fn what_is_left_out_has_a_reason() {
    let mut without = Vec::new();
    for (path, text) in files("generator/report/diff") {
        // These are about changes, not about the model.
        let name = path.file_stem().unwrap().to_str().unwrap();
        if RENDERING.contains(&name) {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let left_out = line.trim_start().split_once(": _,").map(|(name, _)| name);
            let is_field = left_out.is_some_and(|name| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
            });
            if is_field && !line.contains("//") {
                without.push(format!("{}:{}: {line}", path.display(), index + 1));
            }
        }
    }
    assert!(without.is_empty(), "{}", without.join("\n"));
}
