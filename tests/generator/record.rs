//! What a crate was made of, as its manifest has it: enough to make the same crate again, without the old files.

use crate::support::{descriptions, root};
use cratewright::diff::{Side, compare};
use cratewright::module_path::ModulePath;
use cratewright::output::Record;
use cratewright::source::Source;
use cratewright::{Generation, Input, Options, generate};
use serde_json::json;
use std::path::PathBuf;

fn descriptions(folder: &str) -> Vec<PathBuf> {
    descriptions::in_folder(&root().join(folder))
}

/// Makes the crate again from nothing but the text of its record.
fn remade(generation: &Generation, options: &Options) -> (Generation, Vec<Source>) {
    let text = serde_json::to_string(generation.files.record().unwrap()).unwrap();
    let record: Record = serde_json::from_str(&text).unwrap();
    let sources = record.sources("record").unwrap();
    let inputs = sources.iter();
    let inputs = inputs.map(|(module, source)| Input::new(source).in_module(module.clone()));
    let options = Options {
        operations: record.operations().to_vec(),
        ..Options::new(&options.package, &options.version)
    };
    let generation = generate(inputs, &options).unwrap_or_else(|message| panic!("{message}"));
    (generation, sources.into_values().collect())
}

fn assert_is_enough(sources: &[Source], options: &Options) {
    assert_is_enough_in(None, sources, options);
}

fn assert_is_enough_in(module: Option<&ModulePath>, sources: &[Source], options: &Options) {
    let inputs = sources.iter().map(|source| match module {
        Some(module) => Input::new(source).in_module(module.clone()),
        None => Input::new(source),
    });
    let generation = generate(inputs, options).unwrap_or_else(|message| panic!("{message}"));
    let (again, recorded) = remade(&generation, options);
    let label = sources[0].label();
    let mut both = generation.files.iter().zip(again.files.iter());
    let other = both.find(|(one, other)| one != other);
    assert_eq!(other, None, "{label}: another file");
    assert_eq!(
        generation.files.iter().count(),
        again.files.iter().count(),
        "{label}"
    );
    assert_eq!(generation.files.record(), again.files.record(), "{label}");
    let report = compare(
        &Side::new(&again.analysis, &recorded),
        &Side::new(&generation.analysis, sources),
    );
    assert!(
        report.changes.is_empty(),
        "{label}: {}",
        report.to_text(false)
    );
}

#[test]
fn the_crate_of_every_description_can_be_made_again() {
    let mut paths = descriptions("spec");
    paths.extend(descriptions("tests/fixtures"));
    for path in paths {
        let source = Source::read(&path).unwrap();
        assert_is_enough(&[source], &Options::new("harbour", "0.1.0"));
    }
}

#[test]
fn many_descriptions_stay_in_their_modules() {
    let paths = descriptions("tests/many");
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| Source::read(path).unwrap())
        .collect();
    assert_is_enough(&sources, &Options::new("boatyard", "0.1.0"));
    let module = ModulePath::parse("sheds::east").unwrap();
    let source = Source::read(&paths[0]).unwrap();
    assert_is_enough_in(Some(&module), &[source], &Options::new("boatyard", "0.1.0"));
}

#[test]
fn a_choice_of_operations_is_kept() {
    let source = Source::read(&root().join("spec/flex.yaml"));
    let options = Options {
        operations: vec!["CreateChannel".to_owned()],
        ..Options::new("flex", "0.1.0")
    };
    assert_is_enough(&[source.unwrap()], &options);
}

#[test]
fn a_broken_record_has_no_descriptions() {
    for packed in ["!", "AAAA", "eJwDAAAAAAE", "eJwDAAAAAAE="] {
        let text = json!({"descriptions": {"": {"": packed}}}).to_string();
        let record: Record = serde_json::from_str(&text).unwrap();
        let sources = record.sources("record").unwrap_or_default();
        let left: Vec<&str> = sources.values().map(Source::text).collect();
        assert!(
            left.iter().all(|text| text.is_empty()),
            "{packed}: {left:?}"
        );
    }
}
