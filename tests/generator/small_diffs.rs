//! A change touches the files of its resource, and at most a line elsewhere.

use crate::support::{corpus, root};
use cratewright::diff::{ChangeCode, Report, Rust, Side, compare};
use cratewright::document::normalise;
use cratewright::source::Source;
use cratewright::{Generation, Options, generate};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Files that a change of any resource may touch by a line: the lists of modules and of operations, the kinds of SID, and
/// the example to begin with.
const SHARED: [&str; 6] = [
    "src/lib.rs",
    "src/sids.rs",
    "README.md",
    "Cargo.toml",
    "tests/examples.rs",
    "examples/quickstart.rs",
];

fn made(source: &Source) -> Generation {
    let generation = generate(
        std::slice::from_ref(source),
        &Options::new("small", "0.1.0"),
    );
    generation.unwrap_or_else(|problems| panic!("{problems}"))
}

/// The files that are not the same.
fn touched(old: &Generation, new: &Generation) -> BTreeSet<String> {
    let paths = old.files.iter().chain(new.files.iter());
    paths
        .filter(|(path, _)| old.files.get(path) != new.files.get(path))
        .map(|(path, _)| path.to_owned())
        .collect()
}

fn report(old: (&Generation, &Source), new: (&Generation, &Source)) -> Report {
    compare(
        &Side::new(&old.0.analysis, std::slice::from_ref(old.1)),
        &Side::new(&new.0.analysis, std::slice::from_ref(new.1)),
    )
}

/// The lines of a file without comments, in any order.
fn code(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    let mut lines: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    lines.sort_unstable();
    lines
}

#[test]
#[ignore = "needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn a_pair_of_published_descriptions_touches_the_resources_that_changed() {
    let folder = corpus().join("history/flex_v1");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() > 1);
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| Source::read(path).unwrap())
        .collect();
    let generations: Vec<Generation> = sources.iter().map(made).collect();
    for index in 1..sources.len() {
        let (old, new) = (&generations[index - 1], &generations[index]);
        let report = report((old, &sources[index - 1]), (new, &sources[index]));
        let changed: BTreeSet<&str> = report
            .changes
            .iter()
            .flat_map(|change| {
                let consequences = change.consequences.iter().map(|one| &one.place);
                change.places().chain(consequences)
            })
            .map(|place| place.resource.as_str())
            .collect();
        for path in touched(old, new) {
            if let Some(module) = path
                .strip_prefix("src/")
                .and_then(|path| path.strip_suffix(".rs"))
                && !SHARED.contains(&path.as_str())
            {
                assert!(
                    changed.contains(module),
                    "{path} is touched, and no change is reported in {module}"
                );
            } else {
                let is_test = path.starts_with("tests/examples/");
                assert!(
                    is_test || SHARED.contains(&path.as_str()),
                    "{path} is touched"
                );
            }
        }
    }
}

/// A description, and another that is made of it.
fn pair(change: impl Fn(&mut Value)) -> ((Generation, Source), (Generation, Source)) {
    let spec = Source::read(&root().join("spec/flex.yaml")).unwrap();
    let (mut value, _) = normalise(&spec, &[]).unwrap();
    let old = Source::new("old.json", value.to_string());
    change(&mut value);
    let new = Source::new("new.json", value.to_string());
    ((made(&old), old), (made(&new), new))
}

fn each_object(value: &mut Value, change: &dyn Fn(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Object(entries) => {
            change(entries);
            entries
                .values_mut()
                .for_each(|child| each_object(child, change));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|child| each_object(child, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Prose is documentation: no line of code is another, and the change is a patch.
#[test]
fn prose_changes_comments_only() {
    let (old, new) = pair(|description| {
        each_object(description, &|entries| {
            if let Some(Value::String(text)) = entries.get_mut("description") {
                text.push_str(" Or so they say.");
            }
        });
    });
    let report = report((&old.0, &old.1), (&new.0, &new.1));
    assert_eq!(report.summary.rust, Some(Rust::Patch));
    assert!(
        report
            .changes
            .iter()
            .all(|change| change.code == ChangeCode::DocsChanged)
    );
    let touched = touched(&old.0, &new.0);
    assert!(!touched.is_empty());
    for path in touched {
        let (before, after) = (
            old.0.files.get(&path).unwrap(),
            new.0.files.get(&path).unwrap(),
        );
        // The prose of the README is not in comments.
        if path != "README.md" {
            assert_eq!(code(before), code(after), "{path}");
        }
    }
}

/// Another order of everything that has one in name only: nothing changes for callers, and files hold the same lines.
#[test]
fn order_changes_order_only() {
    let (old, new) = pair(|description| {
        for pointer in ["/paths", "/components/schemas"] {
            if let Some(Value::Object(entries)) = description.pointer_mut(pointer) {
                *entries = std::mem::take(entries).into_iter().rev().collect();
            }
        }
    });
    let report = report((&old.0, &old.1), (&new.0, &new.1));
    assert!(report.is_empty(), "{}", report.to_text(false));
    let touched = touched(&old.0, &new.0);
    assert!(!touched.is_empty());
    for path in touched {
        // The README and the first example show the first operation that has an example.
        if !["README.md", "Cargo.toml", "examples/quickstart.rs"].contains(&path.as_str()) {
            let (before, after) = (
                old.0.files.get(&path).unwrap(),
                new.0.files.get(&path).unwrap(),
            );
            assert_eq!(code(before), code(after), "{path}");
        }
    }
}

/// One resource more: its own files, and a line for each in the lists of modules.
#[test]
fn a_new_resource_touches_little_else() {
    let (new, old) = pair(|description| {
        let paths = description
            .pointer_mut("/paths")
            .and_then(Value::as_object_mut)
            .unwrap();
        paths.retain(|path, _| !path.contains("WebChannels"));
    });
    for path in touched(&old.0, &new.0) {
        if path.contains("web_channel") {
            continue;
        }
        assert!(SHARED.contains(&path.as_str()), "{path} is touched");
        let (before, after) = (
            old.0.files.get(&path).unwrap(),
            new.0.files.get(&path).unwrap(),
        );
        let (before, after): (BTreeSet<&str>, BTreeSet<&str>) =
            (before.lines().collect(), after.lines().collect());
        let lost: Vec<&&str> = before.difference(&after).collect();
        assert!(lost.len() <= 1, "{path} loses {lost:?}");
    }
}
