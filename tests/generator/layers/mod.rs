//! The layers of generator/: none sees a higher one, and within one its modules do not import each other in a circle.

mod graph;
mod source;

use graph::{Graph, circles};
use source::File;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The layers, the lowest first. `lib` is what is in lib.rs itself: the pipeline, its input and its options.
const LAYERS: [&str; 13] = [
    "base", "input", "model", "lower", "check", "assemble", "emit", "output", "report", "config",
    "lib", "build", "cli",
];

fn files() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator");
    let files = source::files(&folder);
    assert!(files.len() > 100, "{}", files.len());
    files
}

/// The place of a layer among the others. What is named at the root of the crate and is no layer is in lib.rs.
fn height(layer: &str) -> usize {
    let lib = LAYERS.iter().position(|known| *known == "lib").unwrap();
    LAYERS
        .iter()
        .position(|known| *known == layer)
        .unwrap_or(lib)
}

/// The references of files to higher layers.
fn upward(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for File {
        path,
        module,
        references,
    } in files
    {
        let own = module.first().map_or("lib", String::as_str);
        for target in references {
            let other = target.first().map_or("lib", String::as_str);
            if height(other) > height(own) {
                found.push(format!("{path}: crate::{}", target.join("::")));
            }
        }
    }
    found
}

/// What the direct submodules of each layer import of each other; `mod` is what is in the mod.rs of the layer.
fn within(files: &[File]) -> BTreeMap<String, Graph> {
    let modules: BTreeSet<&[String]> = files
        .iter()
        .filter_map(|file| file.module.get(..2))
        .collect();
    let node = |path: &[String]| match path.get(..2) {
        Some(submodule) if modules.contains(submodule) => submodule[1].clone(),
        _ => "mod".to_owned(),
    };
    let mut graphs: BTreeMap<String, Graph> = BTreeMap::new();
    for file in files {
        let Some(layer) = file.module.first() else {
            continue;
        };
        let graph = graphs.entry(layer.clone()).or_default();
        let own = node(&file.module);
        let targets = file.references.iter();
        for target in targets.filter(|target| target.first() == Some(layer)) {
            let other = node(target);
            if other != own {
                graph.entry(own.clone()).or_default().insert(other);
            }
        }
    }
    graphs
}

#[test]
fn every_file_is_in_a_layer() {
    for File { path, module, .. } in files() {
        let layer = module.first().map_or("lib", String::as_str);
        assert!(LAYERS.contains(&layer), "{path}");
    }
}

#[test]
fn no_layer_names_a_higher_one() {
    let upward = upward(&files());
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn the_modules_of_a_layer_do_not_import_each_other_in_a_circle() {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (layer, graph) in within(&files()) {
        found.extend(
            circles(&graph)
                .into_iter()
                .map(|circle| (layer.clone(), circle)),
        );
    }
    assert!(found.is_empty(), "{found:?}");
}

/// Makes a file of a text.
fn file(path: &str, text: &str) -> File {
    File::parse(path, text).unwrap().0
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    for (path, text) in [
        ("base/a.rs", "use crate::emit;"),
        ("base/a.rs", "use crate::{base::b, emit::{self, code}};"),
        ("base/a.rs", "pub use crate::emit::emit as write;"),
        ("base/a.rs", "use super::super::emit::code;"),
        ("base/mod.rs", "use super::emit::code;"),
        ("base/a.rs", "fn f() { crate::emit::emit() }"),
        ("base/a.rs", "fn f() -> Option<crate::emit::Code> { None }"),
        (
            "base/a.rs",
            "fn f() { println!(\"{}\", crate::emit::name()) }",
        ),
        ("base/a.rs", "impl crate::emit::Emit for A { }"),
        ("base/a/b.rs", "use super::super::super::emit;"),
        ("base/a.rs", "use crate::generate;"),
        ("base/a.rs", "use crate::*;"),
    ] {
        assert!(!upward(&[file(path, text)]).is_empty(), "{path}: {text}");
    }
}

#[test]
fn what_names_no_higher_module_is_not_seen() {
    for (path, text) in [
        (
            "emit/a.rs",
            "use crate::base::span; use super::code; use crate::emit;",
        ),
        (
            "base/a.rs",
            "// use crate::emit;\n/// See [`crate::emit`].\nfn f() {}",
        ),
        ("base/a.rs", "const A: &str = \"crate::emit\";"),
        ("base/a.rs", "fn f() { quote!(crate::runtime::Sid) }"),
        ("base/a.rs", "#[cfg(test)]\nmod tests { use crate::emit; }"),
        ("base/mod.rs", "mod emit; use emit::Code;"),
        ("lib.rs", "mod emit; fn f() { emit::emit(base::a()) }"),
        ("cli/a.rs", "use crate::generate;"),
    ] {
        assert_eq!(upward(&[file(path, text)]), [""; 0], "{path}: {text}");
    }
}

#[test]
fn a_circle_is_found_through_any_number_of_modules() {
    let found = |texts: &[(&str, &str)]| {
        let files: Vec<File> = texts.iter().map(|(path, text)| file(path, text)).collect();
        let graphs = within(&files);
        circles(&graphs["emit"])
            .into_iter()
            .map(|circle| circle.into_iter().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    let a = ("emit/a.rs", "use super::b::c;");
    let b = ("emit/b/mod.rs", "mod inner;");
    let inner = ("emit/b/inner.rs", "fn f() { crate::emit::d::e() }");
    let d = ("emit/d.rs", "use crate::emit::a;");
    assert_eq!(found(&[a, b, inner, d]), ["a b d"]);
    assert_eq!(found(&[a, b, inner, ("emit/d.rs", "")]), [""; 0]);
    // What the mod.rs has itself is a module as well.
    let whole = ("emit/mod.rs", "mod a; use a::f; fn g() {}");
    assert_eq!(found(&[whole, ("emit/a.rs", "use super::g;")]), ["a mod"]);
    assert_eq!(found(&[whole, ("emit/a.rs", "")]), [""; 0]);
}
