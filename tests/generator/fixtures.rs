//! Small descriptions in tests/fixtures, one rule each, and what becomes of them.
//!
//! The first line of a fixture says the rule. `# Shown:` lists the files that the snapshot beside it holds, when these are not the
//! modules of the resources; `headers` is that module of `lib.rs`. `# Operations:` lists what is asked for.

use crate::support::{assert_reviewed, cargo, descriptions, root};
use cratewright::api::Api;
use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Analysis, Generation, Options, generate};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

struct Fixture {
    name: String,
    shown: Vec<String>,
    source: Source,
    generation: Generation,
}

fn read(path: &Path) -> Fixture {
    let text = fs::read_to_string(path).unwrap();
    let directive = |key: &str| -> Vec<String> {
        let listed = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .find_map(|line| line.strip_prefix(key));
        listed
            .into_iter()
            .flat_map(|listed| listed.split(','))
            .map(|one| one.trim().to_owned())
            .collect()
    };
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let options = Options {
        operations: directive("# Operations:"),
        ..Options::new(name.replace('_', "-"), "0.1.0")
    };
    let shown = directive("# Shown:");
    let source = Source::new(path.file_name().unwrap().to_str().unwrap(), text);
    let generation =
        generate(std::slice::from_ref(&source), &options).unwrap_or_else(|diagnostics| {
            panic!(
                "{}",
                diagnostics.render(std::slice::from_ref(&source), false)
            )
        });
    Fixture {
        name,
        shown,
        source,
        generation,
    }
}

#[test]
fn each_is_as_reviewed() {
    insta::glob!("../fixtures", "*.yaml", |path| {
        let fixture = read(path);
        assert_reviewed("fixtures", &fixture.name, &shown(&fixture));
    });
}

/// The files, without what is the same in all of them, then what cratewright warns of and notes.
fn shown(
    Fixture {
        name,
        shown,
        source,
        generation,
    }: &Fixture,
) -> String {
    let Generation {
        analysis:
            Analysis {
                krate,
                places: _,
                warnings,
            },
        files,
    } = generation;
    let api = krate.alone().unwrap();
    let mut text = String::new();
    let modules: Vec<String> = api
        .resources
        .keys()
        .map(|module| format!("src/{module}.rs"))
        .collect();
    for path in if shown.is_empty() { &modules } else { shown } {
        let file = match path.as_str() {
            "headers" => {
                files
                    .get("src/lib.rs")
                    .unwrap()
                    .split_once("/// The response headers")
                    .unwrap()
                    .1
            }
            path => {
                let file = files
                    .get(path)
                    .unwrap_or_else(|| panic!("{name}: no file {path}"));
                file.split_once("\n\n").unwrap().1
            }
        };
        writeln!(text, "=== {path}\n{}", without_examples(file)).unwrap();
    }
    if !warnings.is_empty() {
        writeln!(
            text,
            "=== warnings\n{}",
            warnings.render(std::slice::from_ref(source), false)
        )
        .unwrap();
    }
    text.push_str(&notes(api));
    text
}

fn notes(api: &Api) -> String {
    let notes = api
        .notes
        .iter()
        .map(|note| format!("{:?} {}: {}\n", note.kind, note.pointer, note.message));
    let notes: String = notes.collect();
    if notes.is_empty() {
        notes
    } else {
        format!("=== notes\n{notes}")
    }
}

/// The examples in the documentation are shown in the snapshots of spec/flex.yaml.
fn without_examples(file: &str) -> String {
    let mut text = String::new();
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        if line == "/// # Example" {
            lines.by_ref().skip(2).find(|line| *line == "/// ```");
            text.truncate(text.trim_end_matches("///\n").len());
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

#[test]
#[ignore = "compiles a crate for every fixture: `cargo test --test generator fixtures -- --ignored`"]
fn each_compiles() {
    let workspace = tempfile::tempdir().unwrap();
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
    fs::write(workspace.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(
        root().join("Cargo.lock"),
        workspace.path().join("Cargo.lock"),
    )
    .unwrap();
    for path in descriptions::in_folder(&root().join("tests/fixtures")) {
        let Fixture {
            name, generation, ..
        } = read(&path);
        write(
            &generation.files,
            &workspace.path().join(name),
            &WriteOptions::default(),
        )
        .unwrap();
    }
    let status = cargo()
        .args([
            "check",
            "--workspace",
            "--all-features",
            "--tests",
            "--examples",
            "--offline",
            "--quiet",
        ])
        .current_dir(workspace.path())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures"),
        )
        .env("RUSTFLAGS", "--deny warnings")
        .status();
    assert!(status.unwrap().success());
}
