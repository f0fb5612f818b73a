//! Nothing gets in: whatever the texts of a description are, they end up in string literals and comments, or as parts of names.

mod payloads;
mod source;

use crate::support::cargo;
use cratewright::output::FileTree;
use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Options, generate};
use payloads::{NAMES, PAYLOADS};
use serde_json::{Map, Value, json};
use source::Shape;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const TEMPLATE: &str = include_str!("template.yaml");

/// The template with the payload in every place.
fn description(payload: &str) -> Value {
    let template: Value = serde_yaml::from_str(TEMPLATE).unwrap();
    filled(&template, "", payload)
}

fn filled(value: &Value, key: &str, payload: &str) -> Value {
    let escaped;
    let payload_here = if key == "$ref" || payload.is_empty() {
        escaped = payload
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        escaped.as_str()
    } else {
        payload
    };
    match value {
        Value::String(text) => text.replace('@', payload_here).into(),
        Value::Array(items) => items.iter().map(|item| filled(item, "", payload)).collect(),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.replace('@', payload), filled(value, key, payload)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn files(description: &Value) -> Result<FileTree, String> {
    let sources = [Source::new("hostile", description.to_string())];
    match generate(&sources, &Options::new("hostile", "0.1.0")) {
        Ok(generation) => Ok(generation.files),
        Err(diagnostics) => Err(diagnostics.render(&sources, false)),
    }
}

/// One operation, whose response has one header.
fn small(title: &str, header: &str) -> Value {
    let headers = json!({ header: { "schema": { "type": "string" } } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": title, "version": title },
        "paths": { "/ships": { "get": {
            "responses": { "204": { "description": "Nothing.", "headers": headers } },
        } } },
    })
}

/// The crate of each payload, and one of all names.
static CRATES: LazyLock<Vec<(&str, FileTree)>> = LazyLock::new(|| {
    let crate_of = |name: &'static str, description: &Value| {
        let files = files(description);
        (
            name,
            files.unwrap_or_else(|message| panic!("{name:?}: {message}")),
        )
    };
    let alone = PAYLOADS
        .iter()
        .map(|payload| crate_of(payload, &description(payload)));
    alone
        .chain([crate_of("names", &everything(NAMES))])
        .collect()
});

/// The crate of harmless text, which every other is compared with.
fn harmless() -> FileTree {
    files(&description("harmless")).unwrap_or_else(|message| panic!("{message}"))
}

#[test]
fn no_text_becomes_code() {
    let expected = Shape::of(&harmless());
    for (payload, files) in &*CRATES {
        let shape = Shape::of(files);
        for (what, found, allowed) in [
            ("attribute", &shape.attributes, &expected.attributes),
            ("macro", &shape.macros, &expected.macros),
        ] {
            let more: BTreeSet<_> = found.difference(allowed).collect();
            assert!(more.is_empty(), "{payload:?}: {what} {more:?}");
        }
        assert_eq!(shape.inserted, 0, "{payload:?}");
        let odd: Vec<_> = shape.names.iter().filter(|name| !name.is_ascii()).collect();
        assert!(odd.is_empty(), "{payload:?}: {odd:?}");
    }
}

#[test]
fn no_text_becomes_a_path() {
    for (payload, files) in &*CRATES {
        let mut folded = BTreeSet::new();
        for (path, _) in files.iter() {
            let is_plain =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_/.".contains(c);
            let known = ["Cargo.toml", "README.md"].contains(&path);
            assert!(known || path.chars().all(is_plain), "{payload:?}: {path}");
            assert!(
                !path.contains("..") && !path.starts_with('/'),
                "{payload:?}: {path}"
            );
            assert!(folded.insert(path.to_lowercase()), "{payload:?}: {path}");
        }
    }
}

#[test]
fn no_text_becomes_a_line_of_the_manifest() {
    let manifest = |files: &FileTree| -> toml::Table {
        let mut manifest: toml::Table = files.get("Cargo.toml").unwrap().parse().unwrap();
        let package = manifest["package"].as_table_mut().unwrap();
        assert!(package.remove("description").is_some());
        manifest
    };
    let mut expected = manifest(&harmless());
    let program = expected.remove("example").unwrap();
    for (payload, files) in &*CRATES {
        let mut manifest = manifest(files);
        // A text that is a pattern as well may not match itself; there is no program to begin with then.
        let own = manifest.remove("example");
        assert!(own.is_none_or(|own| own == program), "{payload:?}");
        assert_eq!(manifest, expected, "{payload:?}");
    }
}

/// Modules of several descriptions of one crate, and their features, come from their titles.
#[test]
fn no_title_becomes_a_module_or_feature_of_its_choice() {
    let mut parsed = BTreeSet::new();
    for payload in PAYLOADS.iter().chain(NAMES) {
        let sources = [("a", *payload), ("b", "harmless")]
            .map(|(label, title)| Source::new(label, small(title, "X-Harbour").to_string()));
        // Two that belong in one place are refused.
        let Ok(generation) = generate(&sources, &Options::new("hostile", "0.1.0")) else {
            continue;
        };
        let manifest = generation.files.get("Cargo.toml").unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        for feature in manifest["features"].as_table().unwrap().keys() {
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(feature.chars().all(is_plain), "{payload:?}: {feature}");
        }
        for (path, text) in generation.files.iter() {
            // Most files are the same in all of these crates.
            if source::is_rust(path) && parsed.insert(text.to_owned()) {
                syn::parse_file(text)
                    .unwrap_or_else(|error| panic!("{payload:?}: {path}: {error}\n{text:?}"));
            }
        }
    }
}

#[test]
fn names_of_headers_and_packages_are_taken_as_they_are_or_not_at_all() {
    for payload in PAYLOADS.iter().chain(NAMES) {
        let description = small("harmless", payload);
        if let Ok(files) = files(&description) {
            let is_name = payload.bytes().all(|byte| byte.is_ascii_graphic());
            assert!(
                is_name || files.get("src/headers.rs").is_none(),
                "{payload:?}"
            );
            assert_eq!(Shape::of(&files).inserted, 0, "{payload:?}");
        }
        let source = Source::new("a", small("harmless", "X-Harbour").to_string());
        if let Ok(generation) = generate(&[source], &Options::new(*payload, "0.1.0")) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            assert!(payload.chars().all(is_plain), "{payload:?}");
            assert!(generation.files.get("Cargo.toml").is_some());
        }
    }
}

/// All payloads in one description: maps of different payloads side by side.
fn everything(payloads: &[&str]) -> Value {
    let mut all = description("harmless");
    for payload in payloads {
        let part = description(payload);
        for section in [
            "/paths",
            "/components/schemas",
            "/components/securitySchemes",
        ] {
            let entries = part.pointer(section).unwrap().as_object().unwrap().clone();
            let target = all.pointer_mut(section).unwrap().as_object_mut().unwrap();
            target.extend(entries);
        }
    }
    all
}

/// The texts in documentation are no doctests: the crate has as many as it has of its own making, and all pass.
#[test]
#[ignore = "compiles a crate and its doctests: `cargo test --test generator injection -- --ignored`"]
fn a_crate_of_all_of_it_compiles_and_its_tests_pass() {
    let files = files(&everything(&[PAYLOADS, NAMES].concat()))
        .unwrap_or_else(|message| panic!("{message}"));
    let folder = tempfile::tempdir().unwrap();
    write(&files, folder.path(), &WriteOptions::default()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let run = |args: &[&str]| {
        let output = cargo()
            .args(args)
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", "--deny warnings")
            .env("RUSTDOCFLAGS", "--deny warnings")
            .output()
            .unwrap();
        let message = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}\n{message}\n{errors}");
        message
    };
    // A server whose URL is hostile text is one that nothing can be sent to, so that the examples are compiled and not run.
    run(&["test", "--offline", "--all-features", "--tests", "--no-run"]);
    run(&["test", "--offline", "--all-features", "--lib"]);
    let message = run(&["test", "--offline", "--all-features", "--doc"]);
    let doctests: Vec<&str> = message
        .lines()
        .filter(|line| line.starts_with("test src/"))
        .collect();
    assert!(doctests.len() > PAYLOADS.len(), "{message}");
    for line in doctests {
        assert!(is_ours(line, &files), "{line}");
    }
    run(&["doc", "--offline", "--all-features", "--no-deps"]);
}

/// Whether a doctest, `test src/a.rs - a::B (line 7) ... ok`, is an example of ours: those begin with an import from the crate.
fn is_ours(line: &str, files: &FileTree) -> bool {
    let path = line
        .strip_prefix("test ")
        .and_then(|rest| rest.split_once(" - "));
    let number = line
        .split_once("(line ")
        .and_then(|(_, rest)| rest.split_once(')'));
    let (Some((path, _)), Some((number, _))) = (path, number) else {
        return false;
    };
    let number: usize = number.parse().unwrap();
    let mut below = files.get(path).unwrap().lines().skip(number).take(4);
    below.any(|line| {
        line.trim_start_matches([' ', '/', '!'])
            .starts_with("use hostile::")
    })
}
