//! What a crate that includes the generated code depends on.

use crate::model::reserved::FULL;
use crate::output::FileTree;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// Returns the lines of `[dependencies]` that the generated code needs with these features, for the Cargo.toml of the crate that
/// includes it.
#[must_use]
pub fn dependencies(files: &FileTree, features: &[String]) -> String {
    let lines = needed(files, features);
    lines
        .iter()
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect()
}

/// Returns those of the lines whose crates a manifest does not name.
pub(super) fn missing(files: &FileTree, features: &[String], manifest: &str) -> String {
    let manifest: Table = manifest.parse().unwrap_or_default();
    let known = manifest.get("dependencies").and_then(Value::as_table);
    let lines = needed(files, features).into_iter();
    lines
        .filter(|(name, _)| known.is_none_or(|known| !known.contains_key(name)))
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect()
}

/// Returns the features that are on when these are chosen, or those of a crate by default: with what they turn on, and every API
/// and module where there are features for them.
pub(crate) fn enabled(files: &FileTree, chosen: Option<&[String]>) -> Vec<String> {
    let manifest = manifest(files);
    let Some(all) = manifest.get("features").and_then(Value::as_table) else {
        return Vec::new();
    };
    let default = ["default".to_owned()];
    let mut from: Vec<String> = chosen.unwrap_or(&default).to_vec();
    from.push(FULL.to_owned());
    let mut on = turned_on(all, &from);
    on.extend(from);
    let known = on
        .into_iter()
        .filter(|one| all.contains_key(one) && one != "default");
    known.collect()
}

/// Returns the features that the generated code has.
pub(super) fn features(files: &FileTree) -> Vec<String> {
    let manifest = manifest(files);
    let features = manifest.get("features").and_then(Value::as_table);
    let names = features.into_iter().flat_map(|features| features.keys());
    names.filter(|name| *name != "default").cloned().collect()
}

fn manifest(files: &FileTree) -> Table {
    let manifest = files.get("Cargo.toml").unwrap_or_default();
    manifest.parse().unwrap_or_default()
}

/// Returns the dependencies with what the features turn on in them.
fn needed(files: &FileTree, features: &[String]) -> BTreeMap<String, Value> {
    let manifest = manifest(files);
    let of_features = manifest.get("features").and_then(Value::as_table);
    let turned_on = of_features.map_or_else(BTreeSet::new, |all| turned_on(all, features));
    let dependencies = manifest.get("dependencies").and_then(Value::as_table);
    let dependencies = dependencies.into_iter().flatten();
    dependencies
        .filter_map(|(name, value)| {
            let mut value = value.clone();
            if let Value::Table(table) = &mut value {
                let is_optional = table.remove("optional") == Some(Value::Boolean(true));
                if is_optional && !turned_on.contains(&format!("dep:{name}")) {
                    return None;
                }
                let prefix = format!("{name}?/");
                let more = turned_on.iter().filter_map(|one| one.strip_prefix(&prefix));
                add_features(table, more);
                if let Some(version) = only_version(table) {
                    value = version;
                }
            }
            Some((name.clone(), value))
        })
        .collect()
}

/// Returns what the features turn on, further features included.
fn turned_on(all: &Table, features: &[String]) -> BTreeSet<String> {
    let mut open: Vec<&str> = features.iter().map(String::as_str).collect();
    let mut found = BTreeSet::new();
    while let Some(feature) = open.pop() {
        let inside = all.get(feature).and_then(Value::as_array);
        for one in inside.into_iter().flatten().filter_map(Value::as_str) {
            if found.insert(one.to_owned()) {
                open.push(one);
            }
        }
    }
    found
}

fn add_features<'f>(table: &mut Table, more: impl Iterator<Item = &'f str>) {
    let more: Vec<Value> = more.map(Value::from).collect();
    if more.is_empty() {
        return;
    }
    let features = table
        .entry("features")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(features) = features {
        features.extend(more);
    }
}

fn only_version(table: &Table) -> Option<Value> {
    let version = table.get("version")?;
    (table.len() == 1).then(|| version.clone())
}

#[cfg(test)]
mod tests {
    use super::{dependencies, missing};
    use crate::output::FileTree;

    const MANIFEST: &str = r#"
[features]
default = ["client"]
client = ["dep:hyper"]
http2 = ["hyper?/http2"]
blocking = ["dep:ureq"]

[dependencies]
http = "1"
hyper = { version = "1", features = ["client"], optional = true }
ureq = { version = "3", optional = true }
"#;

    #[test]
    fn optional_dependencies_are_those_of_the_features() {
        let files = [("Cargo.toml".to_owned(), MANIFEST.to_owned())];
        let files = FileTree::from_files(files).unwrap_or_default();
        let of = |features: &[&str]| {
            let features: Vec<String> = features.iter().map(|one| (*one).to_owned()).collect();
            dependencies(&files, &features)
        };
        assert_eq!(of(&[]), "http = \"1\"\n");
        assert_eq!(of(&["blocking"]), "http = \"1\"\nureq = \"3\"\n");
        // In which order the keys are is up to the features of `toml`.
        let http2 = of(&["client", "http2"]);
        for part in [
            "http = \"1\"\nhyper = {",
            "features = [\"client\", \"http2\"]",
            "version = \"1\"",
        ] {
            assert!(http2.contains(part), "{http2}");
        }
        let own = "[dependencies]\nhttp = \"1.2\"\n";
        assert_eq!(
            missing(&files, &["blocking".to_owned()], own),
            "ureq = \"3\"\n"
        );
    }
}
