//! Every node of tests/report/everything.yaml is edited in turn: the report shows the edit, or docs/review.md says why not.

use crate::support::root;
use cratewright::diff::{ChangeCode, Side, compare};
use cratewright::source::Source;
use cratewright::{Analysis, Options, analyse};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What is no change, as docs/review.md has it, with the nodes that it is about: `*` is any key, `**` any
/// keys; `removed` stands for removals alone.
const NO_CHANGE: &[(&str, &[&str])] = &[
    (
        "The version of OpenAPI, and what `info` says beside the title and the description.",
        &[
            "openapi",
            "info version",
            "info termsOfService",
            "info contact **",
            "info license **",
        ],
    ),
    (
        "Examples of any kind.",
        &["** example **", "** examples **"],
    ),
    ("Extensions.", &["** x-internal"]),
    (
        "Tags that do not move an operation to another module, and the documentation of tags.",
        &["tags **", "** post tags **"],
    ),
    (
        "Links to other documents, except for that of an operation, and their titles.",
        &["externalDocs **", "** put externalDocs description"],
    ),
    ("The summary of a path.", &["paths * summary"]),
    (
        "The descriptions of responses, and of a server where there is no other.",
        &["servers * description", "** responses * description"],
    ),
    (
        "The values of a server variable other than the default.",
        &["servers * variables **"],
    ),
    (
        "Servers that other ones are named in place of, for a path or an operation.",
        &["paths * servers **"],
    ),
    (
        "The flow of a security scheme that lists a scope, where another flow lists it, too.",
        &["components securitySchemes * flows * scopes **"],
    ),
    ("Links, which the crate does not have.", &["** links **"]),
    (
        "What a webhook or a callback is to be answered with.",
        &["** callbacks * * post responses **"],
    ),
    (
        "The schemas of bodies that are text or bytes, and of the headers of parts.",
        &[
            "** content text/csv schema **",
            "** encoding * headers * schema **",
        ],
    ),
    (
        "Whether an object that only responses have may have other properties than those that are described.",
        &["components schemas Ticket additionalProperties"],
    ),
    (
        "Titles of schemas, except where a type is called after one.",
        &["components schemas * title"],
    ),
    (
        "A `type`, a `format`, a `style` or the schema of a header that is left out and follows from the rest, and `required` of a path parameter.",
        &[
            "removed ** type",
            "removed ** format",
            "removed ** style",
            "removed ** headers * schema",
            "paths * parameters * required",
        ],
    ),
    (
        "A `type` that the other keywords contradict.",
        &[
            "components schemas Grain allOf * type",
            "** content multipart/form-data schema type",
        ],
    ),
];

struct Edit {
    /// The keys that lead to the node.
    path: Vec<String>,
    what: &'static str,
    document: Value,
}

fn edits(document: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    visit(document, &mut Vec::new(), document, &mut edits);
    edits
}

fn visit(whole: &Value, path: &mut Vec<String>, node: &Value, edits: &mut Vec<Edit>) {
    let mut add = |what, path: &[String], replace: &dyn Fn(&mut Value)| {
        let mut document = whole.clone();
        replace(document.pointer_mut(&pointer(path)).unwrap());
        edits.push(Edit {
            path: path.to_vec(),
            what,
            document,
        });
    };
    match node {
        Value::String(text) => add("replaced", path, &|node| {
            *node = Value::String(other(text));
        }),
        Value::Bool(value) => add("replaced", path, &|node| *node = Value::Bool(!value)),
        Value::Number(number) => add("replaced", path, &|node| {
            *node = Value::from(number.as_i64().unwrap() + 1);
        }),
        Value::Null | Value::Array(_) | Value::Object(_) => {}
    }
    let children: Vec<(String, &Value)> = match node {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| (index.to_string(), item))
                .collect()
        }
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (key, child) in children {
        let mut document = whole.clone();
        match document.pointer_mut(&pointer(path)).unwrap() {
            Value::Array(items) => {
                items.remove(key.parse().unwrap());
            }
            Value::Object(members) => {
                members.shift_remove(&key);
            }
            _ => unreachable!(),
        }
        path.push(key);
        edits.push(Edit {
            path: path.clone(),
            what: "removed",
            document,
        });
        visit(whole, path, child, edits);
        path.pop();
    }
}

/// Another text of the same kind.
fn other(text: &str) -> String {
    match text {
        "string" => "integer".to_owned(),
        "integer" | "number" | "array" | "object" | "boolean" => "string".to_owned(),
        "header" => "query".to_owned(),
        "query" | "cookie" => "header".to_owned(),
        "form" => "spaceDelimited".to_owned(),
        "int32" => "int64".to_owned(),
        "int64" => "int32".to_owned(),
        text if text.starts_with("https://") => format!("{text}/other"),
        "#/components/schemas/Flag" => "#/components/schemas/Owner".to_owned(),
        text if text.starts_with("#/") => "#/components/schemas/Flag".to_owned(),
        text => format!("{text}Other"),
    }
}

fn pointer(path: &[String]) -> String {
    path.iter()
        .map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1")))
        .collect()
}

fn analysis(document: &Value) -> Option<(Analysis, Source)> {
    let source = Source::new("everything.json", document.to_string());
    let analysis = analyse(
        std::slice::from_ref(&source),
        &Options::new("harbour", "0.1.0"),
    );
    Some((analysis.ok()?, source))
}

/// Whether keys are of a pattern.
fn is_at(path: &[String], pattern: &[&str]) -> bool {
    match (path, pattern) {
        ([], []) => true,
        (path, ["**", rest @ ..]) => (0..=path.len()).any(|skipped| is_at(&path[skipped..], rest)),
        ([key, path @ ..], [wanted, rest @ ..]) => {
            (*wanted == "*" || key == wanted) && is_at(path, rest)
        }
        ([], [_, ..]) | ([_, ..], []) => false,
    }
}

#[test]
fn every_edit_is_reported_or_documented_as_no_change() {
    let text = fs::read_to_string(root().join("tests/report/everything.yaml")).unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let (before, source) = analysis(&document).unwrap();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    let mut silent: Vec<String> = Vec::new();
    let mut seen: BTreeSet<ChangeCode> = BTreeSet::new();
    let mut count = 0;
    for Edit {
        path,
        what,
        document,
    } in edits(&document)
    {
        let Some((after, new_source)) = analysis(&document) else {
            continue;
        };
        count += 1;
        let report = compare(
            &Side::new(&before, std::slice::from_ref(&source)),
            &Side::new(&after, std::slice::from_ref(&new_source)),
        );
        seen.extend(report.changes.iter().map(|change| change.code));
        if !report.is_empty() {
            continue;
        }
        let pattern = |pattern: &&str| {
            let keys = pattern.strip_prefix("removed ");
            let keys: Vec<&str> = keys.unwrap_or(pattern).split(' ').collect();
            (keys.join(" ") == **pattern || what == "removed") && is_at(&path, &keys)
        };
        let reason = NO_CHANGE
            .iter()
            .find(|(_, patterns)| patterns.iter().any(pattern));
        match reason {
            Some((reason, _)) => *used.entry(reason).or_default() += 1,
            None => silent.push(format!("{} {what}", path.join(" "))),
        }
    }
    assert!(silent.is_empty(), "not reported:\n{}", silent.join("\n"));
    let unused: Vec<&str> = NO_CHANGE
        .iter()
        .map(|(reason, _)| *reason)
        .filter(|reason| !used.contains_key(reason))
        .collect();
    assert!(unused.is_empty(), "nothing is left out for: {unused:#?}");
    let page = fs::read_to_string(root().join("docs/review.md")).unwrap();
    let documented = section(&page, "## What is no change");
    let reasons: Vec<String> = NO_CHANGE
        .iter()
        .map(|(reason, _)| (*reason).to_owned())
        .collect();
    assert_eq!(
        documented, reasons,
        "docs/review.md lists what is no change"
    );
    assert!(count > 300, "{count}");
    assert!(seen.len() > 50, "{seen:?}");
}

/// The items of the list in a section of a page, each on one line.
fn section(page: &str, heading: &str) -> Vec<String> {
    let (_, section) = page.split_once(&format!("{heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut items: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in section.lines() {
        if let Some(item) = line.strip_prefix("- ") {
            items.push(item.to_owned());
            is_inside = true;
        } else if let (true, Some(rest)) = (is_inside, line.strip_prefix("  ")) {
            let item = items.last_mut().unwrap();
            item.push(' ');
            item.push_str(rest);
        } else {
            is_inside = false;
        }
    }
    items
}

/// Every kind of change is in the table of docs/review.md, with what it is about.
#[test]
fn every_kind_of_change_is_documented() {
    let page = fs::read_to_string(root().join("docs/review.md")).unwrap();
    let (_, table) = page
        .split_once("| code | what has changed |\n|---|---|\n")
        .unwrap();
    let rows: Vec<&str> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .collect();
    let expected: Vec<String> = ChangeCode::ALL
        .iter()
        .map(|code| format!("| `{code}` | {} |", code.about()))
        .collect();
    assert_eq!(rows, expected, "{}", expected.join("\n"));
}
