//! Descriptions to crates, and what their parsing alone takes.

use cratewright::source::Source;
use cratewright::{Generation, Options};
use serde_yaml::Value;
use std::path::PathBuf;
use std::{env, fs};

/// Five operations, the description of this repository.
pub const FLEX: &str = include_str!("../../spec/flex.yaml");

/// Returns a description to generate from.
#[must_use]
pub fn source(text: &str) -> Source {
    Source::new("description.yaml", text)
}

/// Generates one crate of all of them.
///
/// # Panics
/// Panics when a description is refused.
#[must_use]
pub fn generate(sources: &[Source]) -> Generation {
    cratewright::generate(sources, &Options::new("measured", "0.1.0"))
        .unwrap_or_else(|problems| panic!("{} problems", problems.into_iter().count()))
}

/// Parses all of them with `serde_yaml` and nothing else, one after the other.
///
/// # Panics
/// Panics when a text is no YAML.
#[must_use]
pub fn parse(sources: &[Source]) -> Vec<Value> {
    sources
        .iter()
        .map(|source| serde_yaml::from_str(source.text()).expect("YAML"))
        .collect()
}

/// Returns the descriptions in the folder `twilio` of the one that `CRATEWRIGHT_CORPUS` names; none when it is not set.
///
/// # Panics
/// Panics when the folder cannot be read.
#[must_use]
pub fn corpus() -> Vec<Source> {
    let Some(folder) = env::var_os("CRATEWRIGHT_CORPUS").map(PathBuf::from) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("twilio"))
        .expect("a folder of descriptions")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| Source::read(path).expect("a description"))
        .collect()
}
