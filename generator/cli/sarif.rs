//! Diagnostics as one document of SARIF 2.1.0, which code scanning services read.

use crate::base::diagnostics::{Code, Report, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The results of a run.
#[derive(Debug, Default)]
pub(super) struct Sarif {
    /// The codes of the results, each with its summary.
    rules: BTreeMap<String, String>,
    results: Vec<Value>,
}

impl Sarif {
    /// Adds a diagnostic.
    pub(super) fn add(&mut self, report: &Report<'_>) {
        let Report {
            severity,
            code,
            file,
            line,
            column,
            end_line,
            end_column,
            pointer,
            message,
            help,
        } = report;
        let summary = Code::find(code).map(Code::summary).unwrap_or_default();
        self.rules.insert((*code).to_owned(), summary);
        let text = match help {
            Some(help) => format!("{message}\n{help}"),
            None => (*message).to_owned(),
        };
        let mut result = json!({
            "ruleId": code,
            "level": match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "message": { "text": text },
        });
        if let Some(file) = file {
            let mut location = json!({
                "physicalLocation": { "artifactLocation": { "uri": uri(file) } },
            });
            let bounds = [
                ("startLine", line),
                ("startColumn", column),
                ("endLine", end_line),
                ("endColumn", end_column),
            ];
            let region: serde_json::Map<String, Value> = bounds
                .into_iter()
                .filter_map(|(name, number)| Some((name.to_owned(), json!((*number)?))))
                .collect();
            if !region.is_empty() {
                location["physicalLocation"]["region"] = region.into();
            }
            if let Some(pointer) = pointer {
                location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer }]);
            }
            result["locations"] = json!([location]);
        }
        self.results.push(result);
    }

    /// Returns the document.
    pub(super) fn into_document(self) -> Value {
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|(code, summary)| json!({ "id": code, "shortDescription": { "text": summary } }))
            .collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        })
    }
}

/// Returns the path of a file as the reference of a URI: what such a reference cannot have is percent-encoded.
fn uri(file: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:@!$&'()*+,;=".contains(&byte);
    let mut uri = String::new();
    for byte in file.bytes() {
        if is_plain(byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
