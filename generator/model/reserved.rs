//! The names that the manifest of every generated crate has already.

/// The feature that turns on every API.
pub(crate) const FULL: &str = "full";

/// Returns the crates that a generated crate depends on, by the name it uses for them.
pub(crate) fn dependencies() -> impl Iterator<Item = &'static str> {
    keys("dependencies]\n")
}

/// Returns the features that every generated crate has, and the one that turns on every API; no API takes the name of one.
pub(crate) fn feature_names() -> impl Iterator<Item = &'static str> {
    keys("features]\n").chain([FULL])
}

/// The keys of a section of the manifest.
fn keys(title: &str) -> impl Iterator<Item = &'static str> {
    let manifest = include_str!("../../templates/Cargo.toml.in");
    let section = manifest
        .split("\n[")
        .find_map(|section| section.strip_prefix(title));
    section
        .unwrap_or_default()
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0))
}
