//! The codes of diagnostics: each that is used is explained, and each that is explained is used and seen in a snapshot.

use cratewright::diagnostics::{CODES, Code};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no description leads to, or none that is small: what says them is tested elsewhere.
const UNSEEN: [&str; 6] = [
    "defect",
    "file-path",
    "file-unreadable",
    "journal",
    "no-description",
    "stale",
];

/// The functions that take a code first.
const MAKERS: [&str; 7] = [
    "error",
    "warning",
    "syntax",
    "failure",
    "notice",
    "fault",
    "ReadError::new",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these extensions, and its text.
fn texts(folder: &str, extensions: &[&str]) -> Vec<(PathBuf, String)> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if extension.is_some_and(|extension| extensions.contains(&extension)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// The codes that the sources give to diagnostics as literals.
fn used() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (_, text) in texts("generator", &["rs"]) {
        for maker in MAKERS {
            for (at, _) in text.match_indices(&format!("{maker}(")) {
                let rest = text[at + maker.len() + 1..].trim_start();
                let literal = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
                if let Some((code, after)) = literal
                    && after.starts_with(',')
                    && code.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    codes
}

#[test]
fn each_that_is_used_is_explained() {
    let used = used();
    assert!(used.len() > 40, "{used:?}");
    let unexplained: Vec<&String> = used
        .iter()
        .filter(|code| Code::find(code).is_none())
        .collect();
    assert!(
        unexplained.is_empty(),
        "write generator/base/diagnostics/codes/CODE.md and add it to codes.rs: {unexplained:?}"
    );
}

#[test]
fn each_that_is_explained_is_used() {
    let sources: String = texts("generator", &["rs"])
        .into_iter()
        .filter(|(path, _)| !path.ends_with("diagnostics/codes.rs"))
        .map(|(_, text)| text)
        .collect();
    for code in CODES {
        assert!(
            sources.contains(&format!("\"{}\"", code.name)),
            "{}",
            code.name
        );
    }
    let files = texts("generator/base/diagnostics/codes", &["md"]);
    assert_eq!(files.len(), CODES.len());
    assert!(CODES.is_sorted_by_key(|code| code.name));
}

#[test]
fn each_has_a_mistake_that_shows_it() {
    let shown: String = texts("tests", &["snap", "rs"])
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let is_seen = |code: &&Code| {
        ["error", "warning"]
            .iter()
            .any(|severity| shown.contains(&format!("{severity}[{}]", code.name)))
    };
    let unseen: Vec<&str> = CODES
        .iter()
        .filter(|code| !is_seen(code))
        .map(|code| code.name)
        .collect();
    assert_eq!(
        unseen, UNSEEN,
        "each needs a mistake in tests/mistakes, or another test of what it says"
    );
}

#[test]
fn explanations_are_of_one_form() {
    for Code { name, explanation } in CODES {
        let wrong = explanation.find("\nWrong");
        let right = explanation.find("\nRight");
        assert!(wrong.is_some() && wrong < right, "{name}");
        assert!(explanation.ends_with('\n'), "{name}");
        assert!(
            explanation.lines().all(|line| line.chars().count() <= 140),
            "{name}"
        );
    }
}
