//! Every valid value survives: random values of every schema of a description, valid by a validator of JSON Schema that is
//! not ours, come back equal and without a deviation.
//!
//! `cargo run -p cratewright-judge -- DESCRIPTION...`: each description is made into a crate, which is compiled with a
//! program that decodes and writes values. The exit status is 1 when a value does not come back.

mod instance;
mod program;
mod random;
mod same;
mod schema;

use cratewright::source::Source;
use instance::Instances;
use program::Program;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// Values made of each schema.
const VALUES: usize = 24;
/// Failures that are shown.
const SHOWN: usize = 60;

fn main() -> ExitCode {
    let mut failures = Vec::new();
    for path in std::env::args_os().skip(1) {
        failures.extend(judge(Path::new(&path)));
    }
    for failure in failures.iter().take(SHOWN) {
        println!("{failure}");
    }
    if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        println!("{} values did not come back", failures.len());
        ExitCode::FAILURE
    }
}

/// Returns what went wrong with the values of one description.
fn judge(path: &Path) -> Vec<String> {
    let source = Source::read(path).expect("the description can be read");
    let options = cratewright::Options::new("judged-client", "0.1.0");
    let generation = cratewright::generate(&[source], &options).expect("the description generates");
    let types = program::types(&generation);
    let text = std::fs::read_to_string(path).expect("the description can be read");
    let description: Value = match serde_json::from_str(&text) {
        Ok(description) => description,
        Err(_) => serde_yaml::from_str(&text).expect("YAML or JSON"),
    };
    let description = schema::as_json_schema(&description);
    let mut cases = Vec::new();
    for (seed, (component, index)) in types.indices().enumerate() {
        let pointer = format!("/components/schemas/{component}");
        let Some(schema) = description.pointer(&pointer) else {
            continue;
        };
        let validator = validator(&description, &pointer);
        let mut instances = Instances::new(&description, seed as u64 + 1);
        let mut made = Vec::new();
        for _ in 0..VALUES {
            let value = instances.of(schema);
            let value = value.filter(|value| !value.is_null() && validator.is_valid(value));
            made.extend(value.filter(|value| !made.contains(value)));
        }
        cases.extend(
            made.into_iter()
                .map(|value| (component.clone(), index, value)),
        );
    }
    let program = Program::build(&generation, &types);
    let results = program.run(cases.iter().map(|(_, index, value)| (*index, value)));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for ((component, _, value), result) in cases.iter().zip(results) {
        let problem = match &result {
            Err(error) => Some(format!("cannot be decoded: {error}")),
            Ok((_, deviations)) if !deviations.is_empty() => {
                Some(format!("deviates: {}", deviations.join("; ")))
            }
            Ok((back, _)) => {
                same::difference(value, back, "").map(|at| format!("does not come back: {at}"))
            }
        };
        *counts.entry("values").or_default() += 1;
        if let Some(problem) = problem {
            *counts.entry("failures").or_default() += 1;
            failures.push(format!(
                "{}: `{component}` {problem}: {value}",
                path.display()
            ));
        }
    }
    println!("{}: {counts:?}", path.display());
    failures
}

fn validator(description: &Value, pointer: &str) -> jsonschema::Validator {
    let mut root = description.clone();
    // The whole description is the schema document, so that references in it lead where they should.
    if let Some(entries) = root.as_object_mut() {
        entries.insert("$ref".to_owned(), Value::String(format!("#{pointer}")));
        entries.insert(
            "$schema".to_owned(),
            Value::String("https://json-schema.org/draft/2020-12/schema".to_owned()),
        );
    }
    jsonschema::options()
        .should_validate_formats(true)
        .build(&root)
        .expect("the schemas are JSON Schema")
}
