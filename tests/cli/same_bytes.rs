//! The binary writes the same bytes wherever it runs, and in whatever form it is given a description.

use crate::project::{HARBOUR, MANIFEST, Project};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

const PIER: &str = "openapi: 3.0.3
info: {title: Pier, version: '9'}
servers: [{url: https://pier.example.com}]
paths:
  /v9/Planks:
    get:
      operationId: ListPlank
      description: |
        Lists planks.

            indented

        Über *Holz* — 日本.
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {type: object, properties: {count: {type: integer}, Ünïcode: {type: string}}}}}
";

/// Every file of the crate that the command writes to `generated`.
fn written(project: &Project, command: &mut Command) -> Vec<(PathBuf, Vec<u8>)> {
    let output = command.output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {message}");
    let root = project.path("generated");
    let files = project.files().into_iter();
    files
        .filter_map(|(path, bytes)| Some((path.strip_prefix(&root).ok()?.to_owned(), bytes)))
        .collect()
}

const BOTH: &[&str] = &[
    "generate",
    "--out",
    "generated",
    "--package",
    "coast",
    "--spec",
    "spec/harbour.yaml",
    "--spec",
    "spec/pier.yaml",
];

fn coast(harbour: &str, pier: &str) -> Project {
    let project = Project::new();
    project.put("spec/harbour.yaml", harbour);
    project.put("spec/pier.yaml", pier);
    project
}

fn expected() -> Vec<(PathBuf, Vec<u8>)> {
    let project = coast(HARBOUR, PIER);
    let files = written(&project, &mut project.command(BOTH));
    assert!(files.len() > 20);
    files
}

fn assert_same(expected: &[(PathBuf, Vec<u8>)], files: &[(PathBuf, Vec<u8>)], what: &str) {
    for (left, right) in expected.iter().zip(files) {
        assert!(left == right, "{what}: {}", right.0.display());
    }
    assert_eq!(expected.len(), files.len(), "{what}");
}

#[test]
fn in_any_environment() {
    let expected = expected();
    for variables in [
        &[("LC_ALL", "C"), ("TZ", "Pacific/Kiritimati")] as &[(&str, &str)],
        &[
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "tr_TR.UTF-8"),
            ("TZ", "America/St_Johns"),
        ],
        &[
            ("LC_ALL", "ja_JP.SJIS"),
            ("LANGUAGE", "ja"),
            ("COLUMNS", "20"),
        ],
        &[
            ("CLICOLOR_FORCE", "1"),
            ("TERM", "xterm-256color"),
            ("NO_COLOR", "1"),
        ],
        &[
            ("HOME", "/nonexistent"),
            ("TMPDIR", "/nonexistent"),
            ("SOURCE_DATE_EPOCH", "1"),
        ],
    ] {
        let project = coast(HARBOUR, PIER);
        let mut command = project.command(BOTH);
        command.envs(variables.iter().copied());
        assert_same(
            &expected,
            &written(&project, &mut command),
            &format!("{variables:?}"),
        );
    }
    let project = coast(HARBOUR, PIER);
    assert_same(
        &expected,
        &written(&project, project.command(BOTH).env_clear()),
        "no environment",
    );
}

/// The number of threads follows from the processors that the process may use.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs `taskset`"]
fn on_any_number_of_processors() {
    let expected = expected();
    let cratewright = env!("CARGO_BIN_EXE_cratewright");
    for processors in ["0", "0-1", "0-63"] {
        let project = coast(HARBOUR, PIER);
        let mut command = Command::new("taskset");
        command
            .args(["-c", processors, cratewright])
            .args(BOTH)
            .current_dir(project.path(""));
        assert_same(&expected, &written(&project, &mut command), processors);
    }
}

#[test]
fn from_any_form_and_order() {
    let expected = expected();
    let json = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    for (what, project) in [
        (
            "a byte order mark",
            coast(&format!("\u{feff}{HARBOUR}"), PIER),
        ),
        (
            "line breaks of Windows",
            coast(&windows(HARBOUR), &windows(PIER)),
        ),
        (
            "no line break at the end",
            coast(HARBOUR.trim_end(), PIER.trim_end()),
        ),
        (
            "JSON",
            coast(&json(HARBOUR).to_string(), &json(PIER).to_string()),
        ),
        (
            "JSON and YAML",
            coast(HARBOUR, &serde_json::to_string_pretty(&json(PIER)).unwrap()),
        ),
    ] {
        let files = written(&project, &mut project.command(BOTH));
        assert_same(&expected, &files, what);
    }
    // In JSON the line breaks of Windows are part of the text, and so of the record in the manifest, but of nothing else.
    let pier = json(PIER).to_string().replace("\\n", "\\r\\n");
    let project = coast(HARBOUR, &pier);
    let without_manifest = |files: &[(PathBuf, Vec<u8>)]| {
        let mut files = files.to_vec();
        files.retain(|(path, _)| path != Path::new(MANIFEST));
        files
    };
    assert_same(
        &without_manifest(&expected),
        &without_manifest(&written(&project, &mut project.command(BOTH))),
        "JSON from Windows",
    );
    let project = coast(HARBOUR, PIER);
    let mut reversed = BOTH.to_vec();
    reversed.swap(6, 8);
    assert_same(
        &expected,
        &written(&project, &mut project.command(&reversed)),
        "another order",
    );
}
