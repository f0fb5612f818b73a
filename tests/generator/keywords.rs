//! Nothing that a description can say vanishes without a word: every field of OpenAPI and every keyword of JSON Schema has an
//! effect on the crate, is reported, or is stated to have no effect on a client.

use cratewright::source::Source;
use cratewright::{Analysis, Generation, Options, generate};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;

/// What becomes of a field.
#[derive(Debug, PartialEq, Eq)]
enum Effect {
    Implemented,
    Reported,
    None,
}

/// What a description comes to: the files, and what is noted or warned of.
struct Outcome {
    files: Vec<(String, String)>,
    reports: BTreeSet<String>,
}

fn read(file: &str) -> Value {
    let path = format!("{}/tests/keywords/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn outcome(description: &Value) -> Result<Outcome, String> {
    let source = Source::new("keywords.json", description.to_string());
    let sources = [source];
    let generation = generate(&sources, &Options::new("harbour", "0.1.0"))
        .map_err(|diagnostics| diagnostics.render(&sources, false))?;
    let Generation {
        analysis:
            Analysis {
                krate,
                places: _,
                warnings,
                ..
            },
        files,
        ..
    } = generation;
    let api = krate.alone().unwrap();
    let notes = api.notes.iter();
    let notes = notes.map(|note| format!("{}: {}", note.pointer, note.message));
    let warnings = warnings.iter().map(ToString::to_string);
    Ok(Outcome {
        files: files
            .iter()
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect(),
        reports: notes.chain(warnings).collect(),
    })
}

/// Returns the base description with an object changed.
fn changed(
    base: &Value,
    version: &str,
    at: &str,
    change: impl FnOnce(&mut Map<String, Value>),
) -> Value {
    let mut description = base.clone();
    description["openapi"] = json!(version);
    let object = description.pointer_mut(at).and_then(Value::as_object_mut);
    change(object.unwrap_or_else(|| panic!("there is no object at `{at}`")));
    description
}

/// Finds out what becomes of a field, by comparison with the same description without it.
fn effect(base: &Value, at: &str, name: &str, entry: &Value) -> Result<Effect, String> {
    let at = entry["at"].as_str().unwrap_or(at);
    let field = entry["field"].as_str().unwrap_or(name);
    let version = entry["since"].as_str().unwrap_or("3.0.3");
    let prepare = |object: &mut Map<String, Value>| {
        for (key, value) in entry["with"].as_object().into_iter().flatten() {
            object.insert(key.clone(), value.clone());
        }
    };
    let without = changed(base, version, at, prepare);
    let with = changed(base, version, at, |object| {
        prepare(object);
        if let Some(removed) = entry["remove"].as_str() {
            object.remove(removed);
        }
        match entry["merge"].as_object() {
            Some(more) => {
                let known = object.entry(field).or_insert_with(|| json!({}));
                known.as_object_mut().unwrap().extend(more.clone());
            }
            None => {
                object.insert(field.to_owned(), entry["value"].clone());
            }
        }
    });
    let (without, with) = (outcome(&without)?, outcome(&with)?);
    let source = |outcome: &Outcome| -> Vec<(String, String)> {
        let files = outcome.files.iter();
        // The record of a generation has the hash of the description.
        let own = files.filter(|(path, _)| path != ".cratewright.json");
        own.cloned().collect()
    };
    Ok(if source(&without) != source(&with) {
        Effect::Implemented
    } else if with.reports.difference(&without.reports).next().is_some() {
        Effect::Reported
    } else {
        Effect::None
    })
}

#[test]
fn every_field_is_implemented_reported_or_without_effect() {
    let (base, objects) = (read("base.yaml"), read("fields.yaml"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for (object, fields) in objects.as_object().unwrap() {
        let at = fields["at"].as_str().unwrap();
        for (name, entry) in fields.as_object().unwrap() {
            if name == "at" {
                continue;
            }
            count += 1;
            let stated = match entry["effect"].as_str().unwrap() {
                "implemented" => Effect::Implemented,
                "reported" => Effect::Reported,
                "none" => Effect::None,
                other => panic!("{object}.{name}: {other}"),
            };
            let has_reason = entry["why"].as_str().is_some_and(|why| why.len() > 10);
            assert_eq!(has_reason, stated == Effect::None, "{object}.{name}");
            match effect(&base, at, name, entry) {
                Ok(found) if found == stated => {}
                Ok(found) => wrong.push(format!("{object}.{name}: {found:?}, stated {stated:?}")),
                Err(reason) => wrong.push(format!("{object}.{name}: {reason}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 230, "{count}");
}

/// The fields that the generator knows are in the list.
#[test]
fn every_known_field_is_in_the_list() {
    let objects = read("fields.yaml");
    let listed: BTreeSet<&str> = objects
        .as_object()
        .unwrap()
        .values()
        .flat_map(|fields| fields.as_object().unwrap().keys().map(String::as_str))
        .collect();
    let path = format!(
        "{}/generator/input/grammar/fields.rs",
        env!("CARGO_MANIFEST_DIR")
    );
    let grammar = fs::read_to_string(path).unwrap();
    let fields = grammar.split("FIELDS: &[&str] = &[").nth(1).unwrap();
    let fields = fields.split("];").next().unwrap();
    let known = fields
        .split(',')
        .map(|field| field.trim().trim_matches('"'));
    // What only older versions have, what others are sections of, and what is a field of several under one name.
    let others = [
        "",
        "definitions",
        "email",
        "get",
        "patch",
        "post",
        "put",
        "schemas",
    ];
    let missing: Vec<&str> = known
        .filter(|field| !listed.contains(field) && !others.contains(field))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
