//! Schemas that have the names of types that generated modules import.

use crate::support::root;
use cratewright::output::FileTree;
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use syn::{Item, UseTree};

fn generated(name: &str, text: String) -> Option<FileTree> {
    let sources = [Source::new(name, text)];
    let generation = generate(&sources, &Options::new("ships", "0.1.0")).ok()?;
    Some(generation.files)
}

/// Returns the items of the modules of resources.
fn items(files: &FileTree) -> Vec<Item> {
    let modules = files.iter().filter(|(path, _)| {
        let own = [
            "lib.rs",
            "sids.rs",
            "patterns.rs",
            "headers.rs",
            "servers.rs",
        ];
        let is_rust = Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "rs");
        let file = path.strip_prefix("src/").filter(|_| is_rust);
        file.is_some_and(|file| !file.starts_with("runtime/") && !own.contains(&file))
    });
    modules
        .flat_map(|(_, code)| syn::parse_file(code).unwrap().items)
        .collect()
}

/// Collects the names of imported types, without those of SIDs.
fn imported(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) if path.ident == "sids" => {}
        UseTree::Path(path) => imported(&path.tree, names),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(names.insert(rename.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
        UseTree::Glob(_) => {}
    }
}

#[test]
fn no_type_has_the_name_of_an_import() {
    let mut imports = BTreeSet::new();
    for folder in [
        "fixtures",
        "responses/descriptions",
        "requests/descriptions",
    ] {
        for entry in fs::read_dir(root().join("tests").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let files = path
                .extension()
                .is_some_and(|extension| extension == "yaml");
            let files = files.then(|| generated("fixture.yaml", text)).flatten();
            for item in files.iter().flat_map(items) {
                if let Item::Use(item) = item {
                    imported(&item.tree, &mut imports);
                }
            }
        }
    }
    imports.retain(|name| name.starts_with(char::is_uppercase));
    assert!(
        imports.contains("Decode") && imports.contains("Value"),
        "{imports:?}"
    );

    let mut text = "openapi: 3.0.3\ninfo: {title: Ships, version: \"1\"}\npaths: {}\n".to_owned();
    text += "components:\n  schemas:\n";
    let others = [
        "Node", "Kind", "Tag", "Shape", "Types", "Constant", "Body", "Webhook", "Time",
    ];
    for name in imports.iter().map(String::as_str).chain(others) {
        let schema = "{type: object, properties: {a: {type: string}}}";
        writeln!(text, "    {name}: {schema}").unwrap();
    }
    let files = generated("names.yaml", text).unwrap();
    let declared: BTreeSet<String> = items(&files)
        .into_iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect();
    assert!(
        others.iter().all(|name| declared.contains(*name)),
        "{declared:?}"
    );
    let both: Vec<&String> = imports.intersection(&declared).collect();
    assert!(both.is_empty(), "{both:?}");
}
