//! Each item that a report names is in the crate that it belongs to.

use crate::support::{corpus, public_api, root};
use cratewright::diff::{Place, Report, Side, compare};
use cratewright::output::FileTree;
use cratewright::source::Source;
use cratewright::{Generation, Options, generate};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::slice;

/// The paths of everything that callers can name, from the root of the crate on.
fn paths(files: &FileTree) -> BTreeSet<String> {
    let text = public_api::own(files, "harbour");
    let mut paths = BTreeSet::from([String::new()]);
    let mut section = String::new();
    let mut within: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let bare = line.trim();
        if let Some(title) = line.strip_prefix("// ") {
            let title = title.trim_start_matches("harbour");
            title.trim_start_matches("::").clone_into(&mut section);
            paths.insert(section.clone());
            within.clear();
        } else if bare.starts_with('}') {
            within.pop();
        } else {
            let name = item(bare);
            let names = [slice::from_ref(&section), &within].concat();
            let names = names.iter().map(String::as_str).chain(name.as_deref());
            let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
            if name.is_some() {
                paths.insert(names.join("::"));
            }
            if bare.ends_with('{') {
                within.push(name.unwrap_or_default());
            }
        }
    }
    paths
}

/// What a line of the listing names.
fn item(line: &str) -> Option<String> {
    let line = line.trim_start_matches("pub(crate) ");
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let words = [
        "struct ",
        "enum ",
        "mod ",
        "fn ",
        "const ",
        "type ",
        "async fn ",
        "static ",
    ];
    let name = |rest: &str| -> String {
        rest.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    if let Some(rest) = words.iter().find_map(|word| line.strip_prefix(word)) {
        return Some(name(rest.trim_start_matches("r#")));
    }
    if let Some(rest) = line.strip_prefix("impl ") {
        // `impl Trait for X {` and `impl X {`
        let of = rest.split_once(" for ").map_or(rest, |(_, of)| of);
        return Some(name(of));
    }
    if line.contains("! {") {
        return None;
    }
    let bare = name(line.trim_start_matches("r#"));
    (!bare.is_empty() && !line.starts_with('#')).then_some(bare)
}

fn missing(report: &Report, old: &FileTree, new: &FileTree) -> Vec<String> {
    let (before, after) = (paths(old), paths(new));
    let mut missing = Vec::new();
    for change in &report.changes {
        let consequences = change.consequences.iter();
        let consequences = consequences.map(|one| (one.code, &one.place));
        let places = change.places().map(|place| (change.code, place));
        for (code, place) in places.chain(consequences) {
            let Place { rust_path, .. } = place;
            let path = rust_path.replace("r#", "");
            let is_there = match (&place.old, &place.new) {
                (Some(_), None) => before.contains(&path),
                (None, Some(_)) => after.contains(&path),
                (Some(_), Some(_)) | (None, None) => {
                    after.contains(&path) || before.contains(&path)
                }
            };
            if !is_there {
                missing.push(format!("{code} at `{rust_path}`"));
            }
        }
    }
    missing
}

fn made(source: &Source) -> Generation {
    generate(slice::from_ref(source), &Options::new("harbour", "0.1.0"))
        .unwrap_or_else(|problems| panic!("{}: {problems}", source.label()))
}

fn check(old: &Source, new: &Source) -> usize {
    let (before, after) = (made(old), made(new));
    let report = compare(
        &Side::new(&before.analysis, slice::from_ref(old)),
        &Side::new(&after.analysis, slice::from_ref(new)),
    );
    let missing = missing(&report, &before.files, &after.files);
    assert!(
        missing.is_empty(),
        "{} to {}: {missing:#?}\n{}",
        old.label(),
        new.label(),
        report.to_text(false)
    );
    report.changes.iter().map(|change| change.count).sum()
}

fn read(path: &Path) -> Source {
    Source::read(path).unwrap()
}

#[test]
fn every_item_of_a_report_is_in_its_crate() {
    let mut places = 0;
    for folder in fs::read_dir(root().join("tests/changes")).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_dir() {
            let (old, new) = (
                read(&folder.join("old.yaml")),
                read(&folder.join("new.yaml")),
            );
            places += check(&old, &new);
            places += check(&new, &old);
        }
    }
    assert!(places > 500, "{places}");
}

#[test]
#[ignore = "needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn every_item_of_a_report_of_published_descriptions_is_in_its_crate() {
    for folder in fs::read_dir(corpus().join("history")).unwrap() {
        let folder = folder.unwrap().path();
        let mut versions: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        versions.sort();
        for pair in versions.windows(2) {
            check(&read(&pair[0]), &read(&pair[1]));
            check(&read(&pair[1]), &read(&pair[0]));
        }
    }
}
