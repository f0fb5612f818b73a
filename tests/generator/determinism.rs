//! The same description gives the same bytes, in whatever form and wherever it is read.

use crate::support::public_api;
use cratewright::output::FileTree;
use cratewright::source::Source;
use cratewright::{Options, generate};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn description() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/flex.yaml")).unwrap()
}

fn files(label: &str, text: &str) -> FileTree {
    let source = Source::new(label, text);
    generate(&[source], &Options::new("twilio-flex", "0.1.0"))
        .unwrap()
        .files
}

fn assert_same(left: &FileTree, right: &FileTree) {
    let paths = |files: &FileTree| {
        files
            .iter()
            .map(|(path, _)| path.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(left), paths(right));
    for (path, text) in left.iter() {
        assert_eq!(Some(text), right.get(path), "{path}");
    }
}

#[test]
fn the_same_text_twice() {
    let text = description();
    assert_same(&files("flex.yaml", &text), &files("flex.yaml", &text));
}

#[test]
fn another_name_of_the_file() {
    let text = description();
    assert_same(
        &files("flex.yaml", &text),
        &files("/elsewhere/api.txt", &text),
    );
}

#[test]
fn line_breaks_of_windows_and_a_byte_order_mark() {
    let text = description();
    let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_same(&files("flex.yaml", &text), &files("flex.yaml", &other));
}

#[test]
fn yaml_and_json() {
    let text = description();
    let value: Value = serde_yaml::from_str(&text).unwrap();
    let from_yaml = files("flex.yaml", &text);
    assert_same(&from_yaml, &files("flex.json", &value.to_string()));
    assert_same(
        &from_yaml,
        &files("flex.json", &serde_json::to_string_pretty(&value).unwrap()),
    );
}

/// Files follow the order of the description; names do not.
#[test]
fn another_order_gives_the_same_public_api() {
    let text = description();
    let mut value: Value = serde_yaml::from_str(&text).unwrap();
    for pointer in ["/paths", "/components/schemas"] {
        reverse(value.pointer_mut(pointer).unwrap());
    }
    let reversed = value.to_string();
    assert_eq!(
        sorted_api(&files("flex.yaml", &text)),
        sorted_api(&files("flex.json", &reversed))
    );
}

fn reverse(map: &mut Value) {
    let Some(entries) = map.as_object_mut() else {
        return;
    };
    let reversed = std::mem::take(entries).into_iter().rev().collect();
    *entries = reversed;
}

fn sorted_api(files: &FileTree) -> Vec<String> {
    let api = public_api::own(files, "twilio_flex");
    let mut lines: Vec<String> = api.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// What the command writes does not depend on where it runs, nor on how the paths are given.
#[test]
fn another_working_directory() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(elsewhere.path().join("spec")).unwrap();
    fs::copy(
        root.join("spec/flex.yaml"),
        elsewhere.path().join("spec/api.yaml"),
    )
    .unwrap();
    let run = |directory: &Path, spec: &str, out: &Path| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_cratewright"))
            .args([
                "generate",
                "--package",
                "twilio-flex",
                "--spec",
                spec,
                "--out",
            ])
            .arg(out)
            .current_dir(directory)
            .output();
        let output = output.unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let (near, far) = (elsewhere.path().join("near"), elsewhere.path().join("far"));
    run(elsewhere.path(), "spec/api.yaml", Path::new("near"));
    run(root, root.join("spec/flex.yaml").to_str().unwrap(), &far);
    let files = files("flex.yaml", &description());
    for (path, text) in files.iter() {
        assert_eq!(fs::read_to_string(near.join(path)).unwrap(), text, "{path}");
        assert_eq!(fs::read_to_string(far.join(path)).unwrap(), text, "{path}");
    }
    let manifest = |out: &Path| fs::read(out.join(cratewright::output::MANIFEST)).unwrap();
    assert_eq!(manifest(&near), manifest(&far));
}
