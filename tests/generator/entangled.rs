//! Schemas that refer to each other so that following every reference would never end, or not in a lifetime.

use crate::support::is_thorough;
use cratewright::diagnostics::Severity;
use cratewright::source::Source;
use cratewright::{Options, generate};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// Two references at each of so many steps are 2^STEPS ways.
const STEPS: usize = 40;
/// What none of them comes near, even without optimisation.
const LIMIT: Duration = Duration::from_secs(20);

fn to(step: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/S{step}") })
}

/// A description in which an operation uses the first of these schemas.
fn description(schema: impl Fn(usize) -> Value, version: &str, media_type: Option<&str>) -> String {
    let mut schemas: Map<String, Value> = (0..STEPS)
        .map(|step| (format!("S{step}"), schema(step)))
        .collect();
    schemas.insert(
        format!("S{STEPS}"),
        json!({ "type": "object", "properties": { "end": { "type": "string" } } }),
    );
    let response =
        json!({ "description": "", "content": { "application/json": { "schema": to(0) } } });
    let mut operation = json!({ "responses": { "200": response } });
    if let Some(media_type) = media_type {
        operation["requestBody"] = json!({ "content": { media_type: { "schema": to(0) } } });
    }
    let description = json!({
        "openapi": version,
        "info": { "title": "Harbour", "version": "1" },
        "paths": { "/a": { "post": operation } },
        "components": { "schemas": schemas },
    });
    description.to_string()
}

/// The versions of OpenAPI and the media types of the body: all pairs in a thorough run, else each once.
fn uses() -> Vec<(&'static str, Option<&'static str>)> {
    let form = Some("application/x-www-form-urlencoded");
    let json = Some("application/json");
    if is_thorough() {
        ["3.0.3", "3.1.0"]
            .into_iter()
            .flat_map(|version| [None, json, form].map(|media_type| (version, media_type)))
            .collect()
    } else {
        vec![("3.0.3", None), ("3.1.0", json), ("3.0.3", form)]
    }
}

/// Generates from these schemas in any use; each run ends, with a crate or with an error that has a place.
fn ends(what: &str, schema: impl Fn(usize) -> Value) {
    for (version, media_type) in uses() {
        let source = Source::new("entangled.json", description(&schema, version, media_type));
        let start = Instant::now();
        let result = generate(
            std::slice::from_ref(&source),
            &Options::new("harbour", "0.1.0"),
        );
        assert!(start.elapsed() < LIMIT, "{what}: {:?}", start.elapsed());
        if let Err(diagnostics) = result {
            for error in &diagnostics {
                let is_placed = source.place(&error.at).is_some();
                assert!(
                    error.severity != Severity::Error || is_placed,
                    "{what}: {error}"
                );
                assert_ne!(error.code, "defect", "{what}: {error}");
            }
        }
    }
}

#[test]
fn parts_and_alternatives() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        ends(
            "twice at each step",
            |step| json!({ keyword: [to(step + 1), to(step + 1)] }),
        );
        ends(
            "twice beside properties",
            |step| json!({ "properties": { format!("p{step}"): {} }, keyword: [to(step + 1), to(step + 1)] }),
        );
        ends(
            "itself",
            |step| json!({ keyword: [to(step), to(step)], "properties": { "a": {} } }),
        );
        ends("each all others", |step| {
            let others: Vec<Value> = (0..STEPS).filter(|other| *other != step).map(to).collect();
            json!({ "properties": { format!("p{step}"): {} }, keyword: others })
        });
        ends("a property that is the whole", |step| {
            let whole = json!({ keyword: [to(step)], "nullable": true });
            json!({ "type": "object", "properties": { "a": whole, "b": whole } })
        });
    }
}

#[test]
fn copies() {
    let pair = |step: usize| json!({ "type": "object", "properties": { "a": to(step + 1), "b": to(step + 1) } });
    ends(
        "lists of pairs",
        |step| json!({ "type": "array", "items": pair(step) }),
    );
    ends(
        "maps of pairs",
        |step| json!({ "type": "object", "additionalProperties": pair(step) }),
    );
    ends("lists of one or many", |step| {
        let many = json!({ "type": "array", "items": to(step + 1) });
        json!({ "type": "array", "items": { "oneOf": [to(step + 1), many] } })
    });
    ends("pairs that are required", |step| {
        let mut pair = pair(step);
        pair["required"] = json!(["a", "b"]);
        pair
    });
    ends(
        "lists in a circle",
        |step| json!({ "type": "array", "items": to((step + 1) % STEPS) }),
    );
    ends("references in a circle", |step| to((step + 1) % STEPS));
}

#[test]
fn places_within_schemas() {
    let at = |step: usize, place: &str| json!({ "$ref": format!("#/components/schemas/S{step}/{place}") });
    ends(
        "itself by a property",
        |step| json!({ "properties": { "a": at(step, "properties/a") } }),
    );
    ends(
        "what it stands in",
        |step| json!({ "properties": { "a": { "properties": { "b": at(step, "properties/a") } } } }),
    );
    ends(
        "the whole description",
        |_| json!({ "properties": { "a": { "$ref": "#" } } }),
    );
    ends("twice at each step", |step| {
        let next = at((step + 1) % STEPS, "properties/a");
        json!({ "properties": { "a": { "properties": { "x": next, "y": next } } } })
    });
}

/// The code that chooses among alternatives does not grow with what they contain.
#[test]
fn the_choice_among_large_alternatives_is_bounded() {
    // Both alternatives have the same required property, so that the members of their members tell them apart.
    let wide = |inner: &Value| {
        let properties: Map<String, Value> = (0..100)
            .map(|index| (format!("p{index}"), inner.clone()))
            .collect();
        json!({ "type": "object", "required": ["p0"], "properties": properties })
    };
    let text = json!({ "type": "string" });
    let schemas = |step: usize| match step {
        0 => json!({ "anyOf": [to(1), to(2)] }),
        1 | 2 => wide(&to(step + 2)),
        3 | 4 => wide(&text),
        _ => text.clone(),
    };
    let source = Source::new("wide.json", description(schemas, "3.0.3", None));
    let options = Options::new("wide", "0.1.0");
    let generation = generate(&[source], &options).unwrap();
    let union = generation
        .files
        .iter()
        .find(|(_, text)| text.contains("pub enum S0"));
    let (_, union) = union.unwrap();
    let shapes = union.matches("decode::Shape::").count();
    assert!((100..2_000).contains(&shapes), "{shapes} shapes");
}

/// Whatever uses a union is compiled with all that it may be.
#[test]
fn a_union_has_a_thousand_alternatives_at_most() {
    let output = |subtypes: usize| -> (String, bool) {
        let name = |index: usize| format!("Kind{index}");
        let mapping: Map<String, Value> = (0..subtypes)
            .map(|index| {
                let reference = format!("#/components/schemas/{}", name(index));
                (name(index), reference.into())
            })
            .collect();
        let base = json!({ "$ref": "#/components/schemas/Vessel" });
        let mut schemas: Map<String, Value> = (0..subtypes)
            .map(|index| {
                let own = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
                (name(index), json!({ "allOf": [base, own] }))
            })
            .collect();
        let vessel = json!({
            "type": "object",
            "required": ["kind"],
            "properties": { "kind": { "type": "string" } },
            "discriminator": { "propertyName": "kind", "mapping": mapping },
        });
        schemas.insert("Vessel".to_owned(), vessel);
        let response =
            json!({ "description": "", "content": { "application/json": { "schema": base } } });
        let description = json!({
            "openapi": "3.0.3",
            "info": { "title": "Harbour", "version": "1" },
            "paths": { "/vessel": { "get": { "operationId": "getVessel", "responses": { "200": response } } } },
            "components": { "schemas": schemas },
        });
        let source = Source::new("vessels.json", description.to_string());
        let generation = generate([&source], &Options::new("harbour", "0.1.0")).unwrap();
        let files = generation.files.iter();
        let own = files.filter(|(path, _)| !path.starts_with("src/runtime/"));
        let mut lines = own.flat_map(|(_, text)| text.lines());
        let output = lines.find_map(|line| line.trim().strip_prefix("type Output = "));
        let notes = generation
            .analysis
            .krate
            .apis()
            .flat_map(|(_, api)| &api.notes);
        let is_noted = notes
            .filter(|note| note.message.contains("too many alternatives"))
            .count()
            == 1;
        (output.unwrap_or_default().to_owned(), is_noted)
    };
    assert_eq!(output(1000), ("models::Vessel;".to_owned(), false));
    assert_eq!(output(1001), ("Value;".to_owned(), true));
}
