//! Names stay: what is taken out of a description, or put into it, changes no other public name.

use crate::support::{corpus, descriptions, root};
use cratewright::api::{Api, Constructor, Location};
use cratewright::document::{normalise, parse};
use cratewright::lower::{Wanted, lower};
use cratewright::names::Name;
use cratewright::settings::Settings;
use cratewright::source::Source;
use heck::ToSnakeCase;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How often something is taken out of each description.
const ROUNDS: u64 = 24;

/// The one rule that looks at what else is there: dotted names with the same end are longer, as the README says.
const WITH_THE_SAME_END: &str = "dotted_names_with_the_same_end.yaml";

/// What a thing is in the description, to what it is called in Rust; what stands in place of references to it has several
/// names.
type Names = BTreeMap<String, BTreeSet<String>>;

fn names(api: &Api) -> Names {
    let mut names = Names::new();
    let mut add = |thing: String, name: String| {
        names.entry(thing).or_default().insert(name);
    };
    for (module, resource) in &api.resources {
        let path = |name: &Name| format!("{module}::{name}");
        for model in &resource.models {
            add(format!("type {}", model.pointer), path(&model.name));
            for field in &model.fields {
                add(
                    format!("field {} of {}", field.wire, model.pointer),
                    field.name.to_string(),
                );
            }
            if let Some(Constructor::Named(params)) = &model.constructor {
                add(format!("params of {}", model.pointer), path(params));
            }
        }
        for open_enum in &resource.enums {
            add(format!("type {}", open_enum.pointer), path(&open_enum.name));
            for variant in &open_enum.variants {
                add(
                    format!("value {} of {}", variant.wire, open_enum.pointer),
                    variant.name.to_string(),
                );
            }
        }
        for union in &resource.unions {
            add(format!("type {}", union.pointer), path(&union.name));
            for one in &union.alternatives {
                // What an alternative is follows from its type.
                add(
                    format!("alternative {:?} of {}", one.ty, union.pointer),
                    one.name.to_string(),
                );
            }
        }
        for operation in &resource.operations {
            let request = format!("{} {}", operation.method, operation.path);
            add(format!("operation {request}"), path(&operation.name));
            if let Constructor::Named(params) = &operation.constructor {
                add(format!("params of {request}"), path(params));
            }
            for param in &operation.params {
                let location = if param.location == Location::Account {
                    Location::Path
                } else {
                    param.location
                };
                add(
                    format!("{location:?} parameter {} of {request}", param.wire),
                    param.name.to_string(),
                );
                if let Some(clear) = &param.clear {
                    add(
                        format!("clear {location:?} {} of {request}", param.wire),
                        clear.to_string(),
                    );
                }
            }
        }
    }
    for (name, alias) in &api.sid_aliases {
        add(format!("alias of {}", alias.pointer), name.to_string());
    }
    for (name, kind) in &api.sids {
        add(format!("kind {}", kind.pattern), name.to_string());
    }
    for (name, header) in &api.headers {
        add(format!("header {}", header.wire), name.to_string());
    }
    names
}

fn api(label: &str, description: &Value) -> Option<Api> {
    let source = Source::new(label, description.to_string());
    let document = parse(&source, &[]).ok()?;
    let (api, _) = lower(&document, Wanted::new(&Settings::default())).ok()?;
    Some(api)
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }
}

/// What can be taken out: operations, schemas with all that refers to them, and fields.
fn removable(description: &Value) -> Vec<String> {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let mut found = Vec::new();
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    for (path, item) in description["paths"].as_object().into_iter().flatten() {
        let methods = item
            .as_object()
            .into_iter()
            .flatten()
            .map(|(method, _)| method);
        let methods = methods.filter(|method| METHODS.contains(&method.as_str()));
        found.extend(methods.map(|method| format!("/paths/{}/{method}", escape(path))));
    }
    let schemas = description["components"]["schemas"].as_object();
    found.extend(
        schemas
            .into_iter()
            .flatten()
            .map(|(name, _)| format!("/components/schemas/{}", escape(name))),
    );
    fields(description, &mut String::new(), &mut found);
    found
}

/// Every entry of every `properties`, and what is not in the path of every `parameters`.
fn fields(value: &Value, at: &mut String, found: &mut Vec<String>) {
    let length = at.len();
    let mut step = |key: &str, child: &Value, is_field: bool| {
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        if is_field {
            found.push(at.clone());
        }
        fields(child, at, found);
        at.truncate(length);
    };
    match value {
        Value::Object(entries) => {
            for (key, child) in entries {
                if matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    continue;
                }
                step(key, child, false);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                step(&index.to_string(), child, false);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    if let (true, Value::Array(parameters)) = (at.ends_with("/parameters"), value) {
        let free = parameters
            .iter()
            .enumerate()
            .filter(|(_, one)| one["in"] != "path");
        found.extend(free.map(|(index, _)| format!("{at}/{index}")));
    }
    if let (true, Value::Object(entries)) = (at.ends_with("/properties"), value) {
        let keys = entries
            .keys()
            .map(|key| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")));
        found.extend(keys);
    }
}

fn take_out(description: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match description.pointer_mut(parent) {
        Some(Value::Object(entries)) => {
            entries.shift_remove(&key);
        }
        // The others keep their places in the list.
        Some(Value::Array(items)) => {
            items[key.parse::<usize>().unwrap()] =
                serde_json::json!({ "name": "X-Taken-Out", "in": "header", "schema": {} });
        }
        _ => {}
    }
    if let Some(owner) = parent.strip_suffix("/properties")
        && let Some(Value::Array(required)) = description.pointer_mut(&format!("{owner}/required"))
    {
        required.retain(|name| name != &Value::String(key.clone()));
    }
    if parent == "/components/schemas" {
        forget(description, &format!("#{pointer}"));
    }
}

/// What referred to a schema is text now.
fn forget(value: &mut Value, reference: &str) {
    match value {
        Value::Object(entries) if entries.get("$ref").is_some_and(|found| found == reference) => {
            *value = serde_json::json!({ "type": "string" });
        }
        Value::Object(entries) => entries
            .values_mut()
            .for_each(|child| forget(child, reference)),
        Value::Array(items) => items.iter_mut().for_each(|child| forget(child, reference)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The renamings that follow from what is taken out of one description.
fn renamings(label: &str, whole: &Value) -> Vec<String> {
    let Some(all) = api(label, whole) else {
        return Vec::new();
    };
    let all = names(&all);
    let candidates = removable(whole);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ label.len() as u64);
    let mut found = Vec::new();
    for round in 0..ROUNDS {
        let mut rest = whole.clone();
        let mut gone = Vec::new();
        // Few at first, then most of them.
        let count = 1 + candidates.len() * usize::try_from(round * round).unwrap() / 600;
        for _ in 0..count {
            let pointer = &candidates[dice.roll(candidates.len())];
            take_out(&mut rest, pointer);
            gone.push(pointer.as_str());
        }
        let Some(left) = api(label, &rest) else {
            continue;
        };
        for (thing, name) in names(&left) {
            match all.get(&thing) {
                Some(before)
                    if !name.is_subset(before)
                        && !before.is_subset(&name)
                        && !has_rival(whole, &thing, &gone) =>
                {
                    gone.truncate(3);
                    found.push(format!(
                        "{label}: {thing}: {before:?} became {name:?} without {gone:?}"
                    ));
                }
                _ => {}
            }
        }
    }
    found.sort();
    found.dedup_by_key(|line| line.split(" without").next().unwrap().to_owned());
    found
}

/// Whether what would have the same name was taken out: fields of one name have suffixes, operations of one id are
/// called by their methods and paths, and the errors of an operation have one type when they are the same.
fn has_rival(whole: &Value, thing: &str, gone: &[&str]) -> bool {
    if let Some((method, path)) = thing
        .strip_prefix("operation ")
        .and_then(|request| request.split_once(' '))
    {
        let own = &whole["paths"][path][method.to_lowercase()]["operationId"];
        let operations = gone.iter().filter(|gone| gone.starts_with("/paths/"));
        let mut ids = operations.filter_map(|gone| whole.pointer(gone)?.get("operationId"));
        return own.is_string() && ids.any(|id| id == own);
    }
    if let Some((operation, _)) = thing
        .strip_prefix("type ")
        .and_then(|pointer| pointer.split_once("/responses/"))
    {
        let errors = format!("{operation}/responses/");
        return gone.iter().any(|gone| gone.starts_with(&errors));
    }
    let Some((wire, model)) = thing
        .strip_prefix("field ")
        .and_then(|field| field.split_once(" of "))
    else {
        return false;
    };
    let properties = format!("{model}/properties/");
    let mut siblings = gone
        .iter()
        .filter_map(|gone| gone.strip_prefix(&properties));
    siblings.any(|sibling| sibling != wire && sibling.to_snake_case() == wire.to_snake_case())
}

fn renamings_in(paths: &[PathBuf]) -> Vec<String> {
    let mut found = Vec::new();
    for path in paths {
        let source = Source::read(path).unwrap();
        let (whole, _) = normalise(&source, &[]).unwrap();
        let label = path.file_name().unwrap().to_str().unwrap();
        found.extend(renamings(label, &whole));
    }
    found
}

#[test]
fn nothing_is_renamed_by_what_is_taken_out() {
    let tests = root().join("tests");
    let mut paths = vec![tests.join("../spec/flex.yaml")];
    for folder in ["names", "fixtures", "many"] {
        paths.extend(descriptions::in_folder(&tests.join(folder)));
    }
    paths.retain(|path| !path.ends_with(WITH_THE_SAME_END));
    assert_eq!(renamings_in(&paths), Vec::<String>::new());
}

#[test]
#[ignore = "needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn nothing_is_renamed_in_the_corpus() {
    let paths = descriptions::in_folder(&corpus().join("twilio"));
    assert!(!paths.is_empty(), "no description in the corpus");
    assert_eq!(renamings_in(&paths), Vec::<String>::new());
}
