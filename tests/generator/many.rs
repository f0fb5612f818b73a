//! One crate of many descriptions: those in tests/many, two versions of a product and another product of the same publisher.

use crate::support::{assert_reviewed, root};
use cratewright::diagnostics::{Diagnostic, Diagnostics};
use cratewright::inspect::inspect;
use cratewright::module_path::ModulePath;
use cratewright::source::Source;
use cratewright::{Generation, Input, Options, generate};
use std::fs;

const ALL: [&str; 3] = ["moorings_v1.yaml", "moorings_v2.yaml", "ledger.yaml"];

fn source(file: &str) -> Source {
    let path = root().join("tests/many").join(file);
    Source::new(file, fs::read_to_string(path).unwrap())
}

fn sources(files: &[&str]) -> Vec<Source> {
    files.iter().map(|file| source(file)).collect()
}

/// The inputs of descriptions, each in the module that is named; none where the name is empty.
fn inputs<'s>(sources: &'s [Source], modules: &[&str]) -> Vec<Input<'s>> {
    let inputs = sources.iter().zip(modules).map(|(source, module)| {
        let input = Input::new(source);
        match *module {
            "" => input,
            module => input.in_module(ModulePath::parse(module).unwrap()),
        }
    });
    inputs.collect()
}

fn options(operations: &[&str]) -> Options {
    Options {
        operations: operations.iter().map(|&id| id.to_owned()).collect(),
        ..Options::new("boatyard", "0.1.0")
    }
}

fn made(sources: &[Source]) -> Generation {
    generate(sources, &options(&[]))
        .unwrap_or_else(|problems| panic!("{}", problems.render(sources, false)))
}

fn refused(sources: &[Source], operations: &[&str]) -> String {
    let problems: Diagnostics = generate(sources, &options(operations)).unwrap_err();
    problems.render(sources, false)
}

fn refused_in(files: &[&str], modules: &[&str]) -> String {
    let sources = sources(files);
    let problems = generate(inputs(&sources, modules), &options(&[])).unwrap_err();
    problems.render(&sources, false)
}

fn made_in(files: &[&str], modules: &[&str]) -> Generation {
    generate(inputs(&sources(files), modules), &options(&[])).unwrap()
}

/// The files of the crate itself.
fn layout(generation: &Generation) -> Vec<&str> {
    let paths = generation.files.iter().map(|(path, _)| path);
    paths
        .filter(|path| !path.starts_with("src/runtime/"))
        .collect()
}

fn modules(generation: &Generation) -> Vec<String> {
    let apis = generation.analysis.krate.apis();
    apis.map(|(module, _)| module.to_string()).collect()
}

#[test]
fn a_description_without_operations_is_of_its_types() {
    let text = |schemas: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        )
    };
    let types = "Buoy: {type: object, properties: {depth: {type: integer}}}";
    let sources = [
        source("ledger.yaml"),
        Source::new("buoys.yaml", text(types)),
        Source::new("nothing.yaml", text("")),
    ];
    let inputs = inputs(&sources, &["", "buoys", "nothing"]);
    let generation = generate(inputs, &options(&[])).unwrap();
    assert_eq!(modules(&generation), ["buoys", "ledger::v3"]);
    let warnings = &generation.analysis.warnings;
    let of_code = |one: &&Diagnostic| one.code == "no-operations";
    let messages: Vec<String> = warnings
        .iter()
        .filter(of_code)
        .map(|one| format!("{} {}", one.severity, one.message))
        .collect();
    assert_eq!(
        messages,
        [
            "warning the description has no operation: only its types are generated",
            "warning the description has no operation, no webhook and no schema",
        ]
    );
    assert!(generate(&sources[2..], &options(&[])).is_err());
    let alone = generate(&sources[1..2], &options(&[])).unwrap();
    assert!(alone.analysis.warnings.is_empty());
}

#[test]
fn each_api_is_a_module_with_a_feature() {
    let generation = made(&sources(&ALL));
    assert_reviewed("many", "layout", &layout(&generation).join("\n"));
    for (name, path) in [
        ("manifest", "Cargo.toml"),
        ("readme", "README.md"),
        ("lib", "src/lib.rs"),
        ("sids", "src/sids.rs"),
        ("product", "src/moorings/mod.rs"),
        ("version", "src/moorings/v1/mod.rs"),
        ("sids_of_the_version", "src/moorings/v2/sids.rs"),
        ("resource", "src/moorings/v2/service.rs"),
        ("tests", "tests/examples.rs"),
        ("tests_of_the_version", "tests/examples/moorings/v2/mod.rs"),
    ] {
        assert_reviewed("many", name, generation.files.get(path).unwrap());
    }
}

#[test]
fn the_order_of_the_descriptions_changes_nothing() {
    let files = made(&sources(&ALL)).files;
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let reordered = made(&sources(&order.map(|index| ALL[index])));
        assert!(reordered.files.iter().eq(files.iter()), "{order:?}");
    }
}

#[test]
fn an_api_is_the_same_whatever_stands_beside_it() {
    let both = made(&sources(&ALL[..2])).files;
    let all = made(&sources(&ALL)).files;
    let mut compared = 0;
    for (path, text) in both.iter().filter(|(path, _)| path.contains("/moorings/")) {
        assert_eq!(all.get(path), Some(text), "{path}");
        compared += 1;
    }
    assert!(compared > 6, "{compared}");
}

#[test]
fn a_single_description_has_the_crate_to_itself() {
    let generation = made(&sources(&ALL[..1]));
    assert_eq!(modules(&generation), [""]);
    let manifest = generation.files.get("Cargo.toml").unwrap();
    assert!(!manifest.contains("full"), "{manifest}");
    assert!(generation.files.get("src/service.rs").is_some());
}

#[test]
fn a_module_that_is_named_is_kept() {
    let generation = made_in(&ALL, &["", "", "money::book::v3"]);
    assert_eq!(
        modules(&generation),
        ["money::book::v3", "moorings::v1", "moorings::v2"]
    );
    let manifest = generation.files.get("Cargo.toml").unwrap();
    assert!(manifest.contains("\nmoney-book-v3 = []\n"), "{manifest}");
    assert!(
        generation
            .files
            .get("src/money/book/v3/entries.rs")
            .is_some()
    );

    let alone = made_in(&["ledger.yaml"], &["ledger"]);
    assert_eq!(modules(&alone), ["ledger"]);
}

#[test]
fn two_apis_in_one_place_are_refused() {
    let shown = [
        refused(&sources(&["ledger.yaml", "ledger.yaml"]), &[]),
        refused_in(&["moorings_v2.yaml", "ledger.yaml"], &["", "moorings::v2"]),
        refused_in(&["moorings_v2.yaml", "ledger.yaml"], &["", "moorings"]),
        refused_in(
            &["moorings_v1.yaml", "ledger.yaml"],
            &["dry_dock::v1", "dry::dock_v1"],
        ),
    ];
    assert_reviewed(
        "many",
        "two_apis_in_one_place_are_refused",
        &shown.join("\n"),
    );
}

#[test]
fn a_selection_of_operations_is_of_all_descriptions() {
    let all = sources(&ALL);
    let generation = generate(&all, &options(&["CreateService", "ListEntries"])).unwrap();
    assert_eq!(modules(&generation), ["ledger::v3", "moorings::v2"]);
    assert_reviewed(
        "many",
        "a_selection_of_operations_is_of_all_descriptions",
        &refused(&all, &["CreateService", "ListEntry"]),
    );
}

#[test]
fn what_is_wrong_is_said_of_every_description_by_its_name() {
    let broken = |file: &str| {
        let text = source(file)
            .text()
            .replace("#/components/schemas/", "#/components/schema/");
        Source::new(file, text)
    };
    let sources = [broken("moorings_v1.yaml"), broken("moorings_v2.yaml")];
    assert_reviewed(
        "many",
        "what_is_wrong_is_said_of_every_description_by_its_name",
        &refused(&sources, &[]),
    );
}

#[test]
fn an_inspection_names_the_module() {
    let generation = made(&sources(&ALL));
    let (module, api) = generation.analysis.krate.apis().nth(2).unwrap();
    assert_reviewed(
        "many",
        "an_inspection_names_the_module",
        &inspect(module, api).to_string(),
    );
}
