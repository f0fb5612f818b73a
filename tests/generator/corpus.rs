//! Published descriptions, in the folder that `CRATEWRIGHT_CORPUS` names: all of them generate, and nothing of them is lost.

use crate::support::corpus;
use cratewright::source::Source;
use cratewright::{Generation, Options, generate};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

fn descriptions() -> Vec<PathBuf> {
    let mut folders = vec![corpus()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "json")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(
        !found.is_empty(),
        "CRATEWRIGHT_CORPUS names a folder without descriptions"
    );
    found
}

fn read(path: &Path) -> (Source, Generation) {
    let source = Source::read(path).unwrap();
    let sources = [source];
    let generation = generate(&sources, &Options::new("corpus", "0.1.0"))
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(&sources, false)));
    let [source] = sources;
    (source, generation)
}

/// Every operation of the raw document, by its method and path.
fn operations_of(source: &Source) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Paths {
        paths: BTreeMap<String, BTreeMap<String, Option<IgnoredAny>>>,
    }
    let document: Paths = serde_yaml::from_str(source.text()).unwrap();
    let mut operations = BTreeSet::new();
    for (path, item) in document.paths {
        for method in item.keys().filter(|key| METHODS.contains(&key.as_str())) {
            operations.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    operations
}

/// An operation with several media types of its body has a request for each.
#[test]
#[ignore = "needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn no_operation_is_lost() {
    for path in descriptions() {
        let (source, generation) = read(&path);
        let apis = generation.analysis.krate.apis();
        let resources = apis.flat_map(|(_, api)| api.resources.values());
        let generated: BTreeSet<String> = resources
            .flat_map(|resource| &resource.operations)
            .map(|one| format!("{} {}", one.method, one.path))
            .collect();
        assert_eq!(generated, operations_of(&source), "{}", path.display());
    }
}

#[test]
#[ignore = "needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn nothing_is_warned_of_in_valid_descriptions() {
    for path in descriptions() {
        if !path
            .components()
            .any(|folder| folder.as_os_str() == "twilio")
        {
            continue;
        }
        let (source, generation) = read(&path);
        assert!(
            generation.analysis.warnings.is_empty(),
            "{}",
            generation.analysis.warnings.render(&[source], false)
        );
    }
}

#[test]
#[ignore = "needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn yaml_and_json_give_the_same_bytes() {
    for path in descriptions() {
        let json = path.with_extension("json");
        if path == json || !json.exists() {
            continue;
        }
        let (_, from_yaml) = read(&path);
        let (_, from_json) = read(&json);
        for (file, text) in from_yaml.files.iter() {
            assert_eq!(
                Some(text),
                from_json.files.get(file),
                "{}: {file}",
                path.display()
            );
        }
        assert_eq!(
            from_yaml.files.len(),
            from_json.files.len(),
            "{}",
            path.display()
        );
    }
}
