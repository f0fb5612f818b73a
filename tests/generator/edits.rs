//! Whoever edits spec/flex.yaml or the version in cratewright.toml runs `generate`, accepts the snapshots, and is done: no other test
//! knows a line, a version or a name that an edit moves. CONTRIBUTING.md says so.

use crate::support::{cargo, root};
use cratewright::document::normalise;
use cratewright::source::Source;
use cratewright::{Options, generate};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// An edit that adds to a description, and its name.
type Edit = (&'static str, fn(&mut Value));

const EDITS: [Edit; 5] = [
    ("a field in every schema", add_fields),
    ("a field in every form", add_form_fields),
    ("a value in every enum", add_values),
    ("another description of everything", reword),
    ("an operation", add_operation),
];

fn description() -> Value {
    let source = Source::read(&root().join("spec/flex.yaml")).unwrap();
    serde_yaml::from_str(source.text()).unwrap()
}

fn add_fields(description: &mut Value) {
    let schemas = description["components"]["schemas"]
        .as_object_mut()
        .unwrap();
    for schema in schemas.values_mut() {
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            let name = format!("added_by_edit_{}", properties.len());
            properties.insert(
                name,
                json!({ "type": "string", "nullable": true, "description": "Added by an edit." }),
            );
        }
    }
}

fn add_form_fields(description: &mut Value) {
    each_object(description, &|object| {
        let form = object.get_mut("application/x-www-form-urlencoded");
        let properties = form.and_then(|form| form.pointer_mut("/schema/properties"));
        if let Some(Value::Object(properties)) = properties {
            let name = format!("AddedByEdit{}", properties.len());
            properties.insert(name, json!({ "type": "boolean" }));
        }
    });
}

fn add_values(description: &mut Value) {
    each_object(description, &|object| {
        if let Some(Value::Array(values)) = object.get_mut("enum") {
            values.push(format!("added-by-edit-{}", values.len()).into());
        }
    });
}

fn reword(description: &mut Value) {
    each_object(description, &|object| {
        for key in ["description", "summary"] {
            if let Some(Value::String(text)) = object.get_mut(key) {
                text.insert_str(0, "Edited, and longer by a line.\n\n");
            }
        }
    });
}

/// The first operation once more, at a path and with a tag of its own.
fn add_operation(description: &mut Value) {
    let paths = description["paths"].as_object_mut().unwrap();
    let name = format!("AddedByEdit{}", paths.len());
    let mut item = paths.values().next().unwrap().clone();
    for operation in item.as_object_mut().unwrap().values_mut() {
        if operation.get("operationId").is_some() {
            operation["operationId"] = format!("Create{name}").into();
            operation["tags"] = json!([name]);
        }
    }
    // Before all others, so that whatever comes first is another operation now.
    let others = std::mem::take(paths);
    paths.insert(format!("/v1/{name}"), item);
    paths.extend(others);
}

fn each_object(value: &mut Value, change: &dyn Fn(&mut Map<String, Value>)) {
    match value {
        Value::Object(entries) => {
            change(entries);
            entries
                .values_mut()
                .for_each(|child| each_object(child, change));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|child| each_object(child, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The description after all edits, laid out anew, so that no line stays where it was.
fn edited() -> String {
    let mut description = description();
    for (_, edit) in EDITS {
        edit(&mut description);
    }
    serde_yaml::to_string(&description).unwrap()
}

#[test]
fn each_edit_makes_another_crate_without_a_warning() {
    let made = |description: &Value| {
        let source = [Source::new("spec/flex.yaml", description.to_string())];
        let options = Options::new("twilio-flex", "0.1.0");
        let generation = generate(&source, &options)
            .unwrap_or_else(|problems| panic!("{}", problems.render(&source, false)));
        let warnings = &generation.analysis.warnings;
        assert!(warnings.is_empty(), "{warnings}");
        generation.files
    };
    let before = made(&description());
    for (name, edit) in EDITS {
        let mut description = description();
        edit(&mut description);
        assert!(
            !made(&description).iter().eq(before.iter()),
            "{name} changes nothing"
        );
    }
    assert!(normalise(&Source::new("spec/flex.yaml", edited()), &[]).is_ok());
}

/// What is generated says nothing of lines: a comment above the description changes no file.
#[test]
fn no_generated_file_depends_on_a_line() {
    let text = fs::read_to_string(root().join("spec/flex.yaml")).unwrap();
    let files = |text: String| {
        let source = Source::new("spec/flex.yaml", text);
        let generation = generate(&[source], &Options::new("twilio-flex", "0.1.0"));
        generation
            .unwrap_or_else(|problems| panic!("{problems}"))
            .files
    };
    let moved = files(format!("# A comment.\n\n{text}"));
    assert!(moved.iter().eq(files(text).iter()));
}

/// Lines of the description are nowhere in the tests.
#[test]
fn no_test_names_a_line_of_the_description() {
    // In two parts, for this is a file of the tests.
    let path = ["spec/", "flex.yaml:"].concat();
    let mut open = vec![root().join("tests")];
    let mut read = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.is_dir() {
                open.push(file);
            } else if let Ok(text) = fs::read_to_string(&file) {
                read += 1;
                let named = text.match_indices(&path).any(|(at, _)| {
                    text[at + path.len()..].starts_with(|next: char| next.is_ascii_digit())
                });
                assert!(!named, "{} names a line", file.display());
            }
        }
    }
    assert!(read > 100, "{read} files");
}

/// Copies what git knows of, or would take.
fn copy_checkout(to: &Path) {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(listed.status.success(), "{listed:?}");
    for path in String::from_utf8(listed.stdout)
        .unwrap()
        .split_terminator('\0')
    {
        let (from, to) = (root().join(path), to.join(path));
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
    }
}

/// Gives the crate of cratewright.toml the next major version.
fn raise_version(folder: &Path) {
    let path = folder.join("cratewright.toml");
    let config = fs::read_to_string(&path).unwrap();
    let table: toml::Table = config.parse().unwrap();
    let version = table["crate"][0]["version"].as_str().unwrap();
    let major = semver::Version::parse(version).unwrap().major + 1;
    let raised = config.replace(
        &format!("version = \"{version}\""),
        &format!("version = \"{major}.0.0\""),
    );
    assert_ne!(config, raised);
    fs::write(path, raised).unwrap();
}

#[test]
#[ignore = "builds and tests a copy: `cargo test --test generator edits -- --ignored`"]
fn an_edit_takes_generate_and_accepted_snapshots_and_nothing_else() {
    let copy = tempfile::tempdir().unwrap();
    copy_checkout(copy.path());
    fs::write(copy.path().join("spec/flex.yaml"), edited()).unwrap();
    raise_version(copy.path());
    // What was built of the dependencies serves the copy, too.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let run = |args: &[&str], update: &str| {
        let status = cargo()
            .args(args)
            .current_dir(copy.path())
            .env("INSTA_UPDATE", update)
            .env("CARGO_TARGET_DIR", target)
            .env_remove("INSTA_FORCE_PASS")
            .env_remove("INSTA_WORKSPACE_ROOT")
            .status();
        assert!(status.unwrap().success(), "cargo {}", args.join(" "));
    };
    run(&["run", "--offline", "--quiet", "--", "generate"], "no");
    // The snapshots that a review accepts are those of the generated crate.
    let snapshots = ["test", "--offline", "--test", "generator", "generated::"];
    run(&snapshots, "always");
    // The runtime's own tests read neither the description nor the crate.
    let packages = ["--package", "cratewright", "--package", "twilio-flex"];
    run(
        &[["test", "--offline"].as_slice(), &packages].concat(),
        "no",
    );
}
