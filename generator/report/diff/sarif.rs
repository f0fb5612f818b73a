//! The report in SARIF 2.1.0, which code scanning services read.

use super::change::{Change, Level, Place};
use super::code::ChangeCode;
use super::report::Report;
use crate::input::document::Located;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

impl Report {
    /// Returns the report as a SARIF log with one result for each change.
    #[must_use]
    pub fn to_sarif(&self) -> Value {
        let used: BTreeSet<ChangeCode> = self.changes.iter().map(|change| change.code).collect();
        let rules: Vec<Value> = used.iter().map(|code| rule(*code)).collect();
        let index = |code: ChangeCode| used.iter().position(|used| *used == code);
        let results: Vec<Value> = self
            .changes
            .iter()
            .map(|change| result(change, index(change.code)))
            .collect();
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "cratewright diff",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }
}

fn rule(code: ChangeCode) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.about()},
    })
}

fn result(change: &Change, index: Option<usize>) -> Value {
    let Change {
        code,
        message,
        level,
        wire,
        rust,
        count,
        place,
        more,
        consequences,
    } = change;
    let level = match level {
        Level::Breaking => "error",
        Level::Addition | Level::Notice => "note",
    };
    let with: Vec<&str> = consequences
        .iter()
        .map(|consequence| consequence.place.rust_path.as_str())
        .collect();
    let old = place.old.as_ref().map(physical);
    json!({
        "ruleId": code.as_str(),
        "ruleIndex": index,
        "level": level,
        "message": {"text": message},
        "locations": location(place),
        "relatedLocations": related(old, more),
        "partialFingerprints": {"change/v1": format!("{code} {}", place.rust_path)},
        "properties": {
            "rust": rust,
            "wire": wire,
            "count": count,
            "rustPath": place.rust_path,
            "consequences": with,
        },
    })
}

/// Where a change is now, or what was around it if it is gone.
fn location(place: &Place) -> Vec<Value> {
    let located = place.new.as_ref().or(place.around.as_ref());
    let logical = json!([{"fullyQualifiedName": place.rust_path}]);
    match located {
        Some(located) => {
            vec![json!({"physicalLocation": physical(located), "logicalLocations": logical})]
        }
        None => vec![json!({"logicalLocations": logical})],
    }
}

fn related(old: Option<Value>, more: &[Place]) -> Vec<Value> {
    let old = old.map(|old| json!({"physicalLocation": old, "message": {"text": "before"}}));
    let more = more.iter().filter_map(|place| {
        let located = place.new.as_ref().or(place.old.as_ref())?;
        let text = place.rust_path.as_str();
        Some(json!({"physicalLocation": physical(located), "message": {"text": text}}))
    });
    old.into_iter().chain(more).collect()
}

fn physical(located: &Located) -> Value {
    let Located {
        file,
        line,
        column,
        pointer: _,
    } = located;
    let uri = uri(file);
    match line {
        0 => json!({"artifactLocation": {"uri": uri}}),
        _ => json!({
            "artifactLocation": {"uri": uri},
            "region": {"startLine": line, "startColumn": column},
        }),
    }
}

/// A path as a relative URI reference (RFC 3986): with `/`, and everything else percent-encoded.
fn uri(file: &str) -> String {
    let segments = file.split(['/', '\\']);
    let segments: Vec<String> = segments
        .map(|segment| {
            percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
                .replace("%2E", ".")
                .replace("%2D", "-")
                .replace("%5F", "_")
                .replace("%7E", "~")
        })
        .collect();
    segments.join("/")
}
