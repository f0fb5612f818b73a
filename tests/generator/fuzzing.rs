//! What the fuzz targets check, on their seeds and on random text: `fuzz/README.md` says how to let them run for long.

#[path = "../../fuzz/checks.rs"]
mod checks;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fs;
use std::path::Path;

/// Every file below a folder.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(fs::read(path).unwrap());
            }
        }
    }
    assert!(!files.is_empty());
    files
}

fn texts(folder: &str) -> impl Iterator<Item = String> {
    files(folder)
        .into_iter()
        .map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn descriptions() {
    for folder in ["fuzz/seeds/description", "tests/mistakes", "tests/document"] {
        for text in texts(folder) {
            checks::parse(&text);
            checks::lower(&text);
            checks::emit(&text);
        }
    }
}

#[test]
fn overlays() {
    texts("fuzz/seeds/overlay").for_each(|text| checks::overlay(&text));
}

#[test]
fn bodies() {
    for body in files("fuzz/seeds/decode") {
        checks::decode(&body);
    }
}

#[test]
fn sids() {
    texts("fuzz/seeds/sid").for_each(|text| checks::sid(&text));
}

#[test]
fn forms() {
    texts("fuzz/seeds/form").for_each(|text| checks::form(&text));
}

/// Text that is made of what descriptions are made of.
fn description() -> impl Strategy<Value = String> {
    let words = include_str!("../../fuzz/openapi.dict").lines();
    let mut words: Vec<String> = words
        .map(|line| line.trim_matches('"').to_owned())
        .collect();
    words.extend(
        [
            "\n", "  ", ": ", "- ", "{", "}", "[", "]", "'", "\"", "#", "a", "1", "null", "~",
        ]
        .map(str::to_owned),
    );
    let piece = prop_oneof![9 => select(words), 1 => any::<String>()];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_descriptions(text in description()) {
        checks::parse(&text);
        checks::lower(&format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{text}"));
        checks::overlay(&text);
    }

    #[test]
    fn random_bodies(body in vec(any::<u8>(), 0..200)) {
        checks::decode(&body);
    }

    #[test]
    fn random_sids(text in "(CH|AC|ch)?[0-9a-fA-Fg]{0,34}.?") {
        checks::sid(&text);
    }

    #[test]
    fn random_forms(text in any::<String>(), lines in vec(any::<String>(), 0..6)) {
        checks::form(&text);
        checks::form(&lines.join("\n"));
    }
}
