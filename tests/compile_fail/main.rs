//! Mistakes that the types of a generated crate turn into compile errors: each program here is compiled, and what the compiler
//! reports is in the snapshot beside it, without positions.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/cargo.rs"]
mod cargo;

use cargo::cargo;
use serde_json::Value;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with the libraries that this program was linked with.
fn libraries() -> PathBuf {
    env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// Asks cargo, which has nothing left to build, for the library of the generated crate: there may be older ones beside it.
fn twilio_flex() -> PathBuf {
    let libraries = libraries();
    let profile = libraries.parent().unwrap().file_name().unwrap();
    let profile = match profile.to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let output = cargo()
        .args(["test", "--no-run", "--test", "compile_fail", "--offline"])
        .args(["--message-format", "json", "--profile", profile])
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .current_dir(root())
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let library = messages
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|message| message["target"]["name"] == "twilio_flex")
        .filter_map(|message| message["filenames"].as_array().cloned())
        .flatten()
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| file.extension().is_some_and(|one| one == "rlib"));
    library.unwrap_or_else(|| {
        let errors = String::from_utf8_lossy(&output.stderr);
        panic!("cargo names no library of twilio-flex: {errors}")
    })
}

/// Compiles a program, and returns what the compiler reports, a diagnostic in JSON on each line.
fn compile(program: &Path, library: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut external = OsString::from("twilio_flex=");
    external.push(library);
    let mut dependencies = OsString::from("dependency=");
    dependencies.push(libraries());
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args([
            "--edition",
            "2024",
            "--emit",
            "metadata",
            "--cap-lints",
            "allow",
        ])
        .args(["--error-format", "json"])
        .arg("--extern")
        .arg(external)
        .arg("-L")
        .arg(dependencies)
        .arg("--out-dir")
        .arg(folder.path())
        .arg(program)
        .output()
        .unwrap();
    assert!(!output.status.success(), "{} compiles", program.display());
    String::from_utf8(output.stderr).unwrap()
}

/// The message of a diagnostic, what it marks in the program and how, and its notes and suggestions, without positions.
fn shown(diagnostic: &Value, program: &Path, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let code = diagnostic["code"]["code"].as_str();
    let code = code.map_or(String::new(), |code| format!("[{code}]"));
    let level = diagnostic["level"].as_str().unwrap();
    let message = diagnostic["message"].as_str().unwrap();
    let message = message.replace('\n', &format!("\n{indent}"));
    text.push_str(&format!("{indent}{level}{code}: {message}\n"));
    for span in diagnostic["spans"].as_array().unwrap() {
        if !program.ends_with(span["file_name"].as_str().unwrap()) {
            continue;
        }
        let label = span["label"].as_str().filter(|label| !label.is_empty());
        let suggestion = span["suggested_replacement"].as_str();
        let message = match (label, suggestion) {
            (_, Some(suggestion)) => format!(" -> `{suggestion}`"),
            (Some(label), None) => format!(": {label}"),
            (None, None) => String::new(),
        };
        text.push_str(&format!("{indent}  `{}`{message}\n", marked(span)));
    }
    for child in diagnostic["children"].as_array().unwrap() {
        shown(child, program, depth + 1, text);
    }
}

/// The text that a diagnostic marks; the lines of a longer one are joined.
fn marked(span: &Value) -> String {
    let lines = span["text"].as_array().unwrap();
    let parts = lines.iter().map(|line| {
        let at = |key: &str| usize::try_from(line[key].as_u64().unwrap()).unwrap() - 1;
        let text: Vec<char> = line["text"].as_str().unwrap().chars().collect();
        let part: String = text[at("highlight_start")..at("highlight_end")]
            .iter()
            .collect();
        part.trim().to_owned()
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[test]
fn mistakes_do_not_compile() {
    let library = twilio_flex();
    insta::glob!("*.rs", |path| {
        if path.ends_with("main.rs") {
            return;
        }
        let mut text = String::new();
        for line in compile(path, &library).lines() {
            let diagnostic: Value = serde_json::from_str(line).unwrap();
            // The last one counts the others.
            if diagnostic["code"].is_object() {
                shown(&diagnostic, path, 0, &mut text);
            }
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/compile_fail"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.remove_snapshot_suffix();
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, text));
    });
}
