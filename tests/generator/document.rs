//! Descriptions in tests/document, one rule each on the first line, and what the first stage makes of them.
//!
//! A snapshot holds the OpenAPI 3.0 form, warnings and notes, or what is wrong. In a folder, the description is
//! `openapi.yaml`, and what begins with `overlay` is applied to it.

use crate::support::{assert_reviewed, root};
use cratewright::document::{Document, assign_overlays, normalise, parse};
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn each_is_read_as_it_is_meant() {
    insta::glob!(
        "../document",
        "{modern,lenient,structure,swagger,publishers}/*.{yaml,json}",
        |path| check(path, &[])
    );
}

#[test]
fn references_are_bundled() {
    insta::glob!("../document/references", "*.yaml", |path| check(path, &[]));
    insta::glob!("../document/references", "*/openapi.yaml", |path| check(
        path,
        &[]
    ));
}

#[test]
fn overlays_are_applied() {
    insta::glob!("../document/overlays", "*/openapi.yaml", |path| {
        let mut overlays: Vec<PathBuf> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                path.file_name()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .starts_with("overlay")
            })
            .collect();
        overlays.sort();
        let overlays: Vec<Source> = overlays
            .iter()
            .map(|path| Source::read(path).unwrap())
            .collect();
        check(path, &overlays);
    });
}

#[test]
fn a_text_that_was_never_in_a_file_refers_to_no_file() {
    let text =
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: { /a: { $ref: a.yaml } }\n";
    let errors = parse(&Source::new("memory", text), &[]).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "memory: /paths/~1a/$ref: error[missing-file]: `$ref` to `a.yaml`: the description was not read from a file, so that no path is relative to it"
    );
}

#[test]
fn the_form_of_3_0_is_read_without_a_warning() {
    insta::glob!("../document", "**/*.yaml", |path| {
        // A name with a slash is none that OpenAPI allows: a reference to it is one only in the form for the typed model.
        if path.ends_with("names_that_are_escaped.yaml") {
            return;
        }
        if let Ok((value, _)) = normalise(&Source::read(path).unwrap(), &[]) {
            let text = serde_json::to_string(&value).unwrap();
            let (again, warnings) = normalise(&Source::new("again", text), &[]).unwrap();
            assert_eq!(again, value, "{}", path.display());
            assert!(warnings.is_empty(), "{}: {warnings}", path.display());
        }
    });
}

#[test]
fn what_a_later_stage_says_names_the_file_it_is_about() {
    let overlay = "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n\
                   - target: $.paths\n  update:\n    /crews:\n      get: { responses: { '200': { $ref: '#/components/responses/Gone' } } }\n";
    let options = Options {
        overlays: vec![Source::new("overlay", overlay)],
        ..Options::new("harbour", "0.1.0")
    };
    let sources = [Source::read(&folder().join("references/later/openapi.yaml")).unwrap()];
    let message = generate(&sources, &options).unwrap_err();
    assert_reviewed(
        "document",
        "what_a_later_stage_says_names_the_file_it_is_about",
        &from_folder(&message.render(&sources, false)),
    );
}

#[test]
fn an_overlay_says_which_of_several_descriptions_it_is_for() {
    let overlay = |name: &str, extends: &str| {
        let text = format!(
            "overlay: 1.0.0\n{extends}info: {{ title: O, version: '1' }}\nactions: [{{ target: $.info, update: {{}} }}]\n"
        );
        Source::new(name, text)
    };
    let sources = [
        Source::new("v1/ships.yaml", "{}"),
        Source::new("ports.yaml", "{}"),
    ];
    let named = [
        overlay("a", "extends: https://harbour.example/ports.yaml\n"),
        overlay("b", "extends: ships.yaml\n"),
    ];
    let assigned = assign_overlays(&sources, &named).unwrap();
    let labels: Vec<Vec<&str>> = assigned
        .iter()
        .map(|overlays| overlays.iter().map(|overlay| &**overlay.label()).collect())
        .collect();
    assert_eq!(labels, [["b"], ["a"]]);
    let unnamed = [overlay("c", ""), overlay("d", "extends: crews.yaml\n")];
    let errors = assign_overlays(&sources, &unnamed).unwrap_err();
    let help = "write `extends: ` and the path of the description from the overlay";
    let expected = [
        format!(
            "c: the document: error[overlay-extends]: there are several descriptions, and this overlay does not say which it is for; {help}"
        ),
        format!(
            "d: /extends: error[overlay-extends]: `crews.yaml` is not one of the descriptions; {help}"
        ),
    ];
    assert_eq!(errors.to_string(), expected.join("\n"));
    assert_eq!(
        assign_overlays(&sources[..1], &unnamed).unwrap(),
        [unnamed.to_vec()]
    );
}

fn folder() -> PathBuf {
    root().join("tests/document").canonicalize().unwrap()
}

/// Lets paths in a text begin at tests/document.
fn from_folder(text: &str) -> String {
    text.replace(&format!("{}/", folder().display()), "")
}

fn check(path: &Path, overlays: &[Source]) {
    let path = path.canonicalize().unwrap();
    let sources = [Source::read(&path).unwrap()];
    let [source] = &sources;
    let message = match parse(source, overlays) {
        Ok(document) => {
            let (value, _) = normalise(source, overlays).unwrap();
            let rendered = document.warnings().render(&sources, false);
            format!("{}\n{}{rendered}", shown(value), notes(&document))
        }
        Err(diagnostics) => diagnostics.render(&sources, false),
    };
    let name = path.file_stem().unwrap().to_str().unwrap();
    assert_reviewed(path.parent().unwrap(), name, &from_folder(&message));
}

/// Leaves out what every fixture has.
fn shown(mut value: serde_json::Value) -> String {
    let document = value.as_object_mut().unwrap();
    document.shift_remove("openapi");
    let usual = serde_json::json!({ "title": "Harbour", "version": "1" });
    if document.get("info") == Some(&usual) {
        document.shift_remove("info");
    }
    if document.get("paths") == Some(&serde_json::json!({})) {
        document.shift_remove("paths");
    }
    serde_json::to_string_pretty(&value).unwrap()
}

fn notes(document: &Document) -> String {
    let mut notes = String::new();
    for note in document.place_notes(Vec::new()) {
        writeln!(notes, "note: {}: {}", note.pointer, note.message).unwrap();
    }
    notes
}

mod never_panics {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};
    use std::thread;

    const KEYS: &[&str] = &[
        "type",
        "$ref",
        "anyOf",
        "oneOf",
        "allOf",
        "not",
        "items",
        "properties",
        "enum",
        "const",
        "examples",
        "example",
        "required",
        "nullable",
        "minimum",
        "exclusiveMinimum",
        "maximum",
        "maxLength",
        "multipleOf",
        "prefixItems",
        "patternProperties",
        "additionalProperties",
        "discriminator",
        "propertyName",
        "mapping",
        "contentEncoding",
        "format",
        "default",
        "if",
        "unevaluatedProperties",
        "description",
        "schema",
        "content",
        "application/json",
        "headers",
        "200",
        "default",
        "in",
        "name",
        "style",
        "parameters",
        "responses",
        "requestBody",
        "get",
        "post",
        "security",
        "tags",
        "servers",
        "url",
        "variables",
        "flows",
        "scheme",
        "x-y",
        "info",
        "paths",
        "components",
        "schemas",
        "securitySchemes",
        "$defs",
        "/a",
        "encoding",
        "deprecated",
        "value",
        "title",
        "version",
        "scopes",
        "implicit",
        "externalDocs",
    ];
    const TEXTS: &[&str] = &[
        "",
        "string",
        "integer",
        "number",
        "boolean",
        "array",
        "object",
        "null",
        "file",
        "query",
        "path",
        "header",
        "cookie",
        "#/components/schemas/A",
        "#/$defs/A",
        "#",
        "#/paths/~1a",
        "x.yaml",
        "https://x",
        "%",
        "form",
        "true",
        "5",
        "apiKey",
        "oauth2",
        "http",
        "3.1.0",
    ];

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1000..1000_i16).prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
            proptest::sample::select(TEXTS).prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 64, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((proptest::sample::select(KEYS), inner), 0..6).prop_map(
                    |entries| {
                        let entries = entries
                            .into_iter()
                            .map(|(key, value)| (key.to_owned(), value));
                        Value::Object(entries.collect::<Map<_, _>>())
                    }
                ),
            ]
        })
    }

    /// Whatever stands there: no panic, an error with a place or a document that is read again without a warning.
    fn survives(value: &Value) {
        let source = Source::new("random", value.to_string());
        match normalise(&source, &[]) {
            Ok((value, _)) => {
                parse(&source, &[]).expect("what was checked is what the typed model takes");
                let again = Source::new("again", value.to_string());
                let (again, _) = normalise(&again, &[]).expect("it was right before");
                assert_eq!(again, value);
            }
            Err(errors) => assert!(errors.has_errors()),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn anything_as_a_schema(schema in any_value(), modern: bool) {
            let version = if modern { "3.1.0" } else { "3.0.3" };
            survives(&json!({
                "openapi": version,
                "info": { "title": "T", "version": "1" },
                "paths": {},
                "components": { "schemas": { "A": schema } },
            }));
        }

        #[test]
        fn anything_as_an_operation(operation in any_value(), parameter in any_value()) {
            survives(&json!({
                "openapi": "3.0.3",
                "info": { "title": "T", "version": "1" },
                "paths": { "/a": { "get": operation, "parameters": [parameter] } },
            }));
        }

        #[test]
        fn anything_as_a_document(value in any_value()) {
            let mut value = value;
            if let Some(document) = value.as_object_mut() {
                document.insert("openapi".to_owned(), json!("3.1.0"));
            }
            survives(&value);
        }

        #[test]
        fn anything_as_an_overlay(value in any_value(), target in "\\$[.*a-z0-9\\[\\]'?@=()]{0,12}") {
            let description = Source::new("openapi", "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}");
            let whole = Source::new("overlay", value.to_string());
            let _ = parse(&description, &[whole]);
            let action = json!({
                "overlay": "1.0.0",
                "info": { "title": "T", "version": "1" },
                "actions": [{ "target": target, "update": value }],
            });
            let _ = parse(&description, &[Source::new("overlay", action.to_string())]);
        }
    }

    /// As deep as the parsers go, on the stack of a thread.
    #[test]
    fn nesting() {
        for (open, close) in [
            ("{items: ", "}"),
            ("{anyOf: [{type: 'null'}, ", "]}"),
            ("{type: [string, array], items: ", "}"),
            ("{properties: {a: ", "}}"),
            ("{additionalProperties: ", "}"),
            ("[", "]"),
        ] {
            for depth in [10, 29, 58, 118, 10_000] {
                let schema = format!("{}{{}}{}", open.repeat(depth), close.repeat(depth));
                let text = format!(
                    "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents: {{ schemas: {{ A: {schema}, B: {{ $ref: '#/components/schemas/A/items' }} }} }}"
                );
                let parsed = thread::spawn(move || {
                    let _ = parse(&Source::new("deep", text), &[]);
                });
                parsed.join().unwrap();
            }
        }
    }
}
