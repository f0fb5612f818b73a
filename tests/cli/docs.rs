//! The commands in docs/ do what the pages say: with the description in tests/docs, which stays as it is when spec/flex.yaml changes.
//!
//! `UPDATE_DOCS=1 cargo test --test cli docs` writes what they print now.

#![cfg(unix)]

use std::env;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A repository with the description in tests/docs and its crate, and programs of its own in front of the others.
struct Repository {
    folder: TempDir,
    programs: TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self {
            folder: TempDir::new().unwrap(),
            programs: TempDir::new().unwrap(),
        };
        symlink(
            env!("CARGO_BIN_EXE_cratewright"),
            repository.programs.path().join("cratewright"),
        )
        .unwrap();
        fs::create_dir(repository.path("spec")).unwrap();
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs");
        for (from, to) in [
            ("cratewright.toml", "cratewright.toml"),
            ("flex.yaml", "spec/flex.yaml"),
        ] {
            fs::copy(docs.join(from), repository.path(to)).unwrap();
        }
        repository.sh("git init --quiet && cratewright generate && git add --all && git commit --quiet --message first");
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Puts a program into the way of another.
    fn program(&self, name: &str, script: &str) {
        let path = self.programs.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Returns what a command prints.
    fn sh(&self, command: &str) -> String {
        let path = format!(
            "{}:{}",
            self.programs.path().display(),
            env::var("PATH").unwrap()
        );
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env_remove("CARGO_PKG_NAME")
            .envs([
                ("GIT_AUTHOR_NAME", "Someone"),
                ("GIT_AUTHOR_EMAIL", "someone@example.com"),
            ])
            .envs([
                ("GIT_COMMITTER_NAME", "Someone"),
                ("GIT_COMMITTER_EMAIL", "someone@example.com"),
            ])
            .envs([
                ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
                ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
            ])
            .envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_NOSYSTEM", "1"),
            ])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The page, with what each command prints below it.
fn played(page: &str, repository: &Repository) -> String {
    let mut out = String::new();
    let mut in_console = false;
    for line in page.lines() {
        match line {
            "```console" => in_console = true,
            "```" if in_console => in_console = false,
            _ if in_console && !line.starts_with("$ ") => continue,
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
        if let (true, Some(command)) = (in_console, line.strip_prefix("$ ")) {
            out.push_str(&repository.sh(command));
        }
    }
    out
}

#[test]
fn the_review_is_as_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/review.md");
    let page = fs::read_to_string(&path).unwrap();
    let played = played(&page, &Repository::new());
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, played).unwrap();
    } else {
        assert_eq!(
            played, page,
            "`UPDATE_DOCS=1 cargo test --test cli docs` mends it"
        );
    }
}

/// The script, with a server and a GitHub that are files.
#[test]
fn the_script_proposes_the_change() {
    let repository = Repository::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/regenerate.sh");
    let run = || {
        repository.sh(&format!(
            "sh {} https://example.com/flex.yaml spec/flex.yaml",
            script.display()
        ))
    };
    let origin = TempDir::new().unwrap();
    repository.sh(&format!(
        "git init --quiet --bare {0} && git remote add origin {0}",
        origin.path().display()
    ));
    let served = origin.path().join("served.yaml");
    repository.program(
        "curl",
        &format!(
            "while [ \"$1\" != --output ]; do shift; done\ncp '{}' \"$2\"",
            served.display()
        ),
    );
    let asked = origin.path().join("asked");
    repository.program("gh", &format!("printf '%s\\n' \"$@\" >'{0}'\nwhile [ \"$1\" != --body-file ]; do shift; done\ncat \"$2\" >>'{0}'", asked.display()));

    fs::copy(repository.path("spec/flex.yaml"), &served).unwrap();
    assert_eq!(run(), "the description has not changed\n");

    let next = fs::read_to_string(&served)
        .unwrap()
        .replace("LongLived", "Persistent");
    fs::write(&served, next).unwrap();
    let printed = run();
    let asked = fs::read_to_string(asked).unwrap_or_else(|error| panic!("{error}: {printed}"));
    assert!(asked.starts_with("pr\ncreate\n"), "{asked}");
    assert!(asked.contains("A major change: 0.1.0 → 0.2.0."), "{asked}");
    assert!(
        repository
            .sh("git show origin/regenerate:cratewright.toml")
            .contains("0.2.0")
    );
    assert_eq!(repository.sh("git status --short"), "");
    assert_eq!(
        repository.sh("cratewright check; echo $?").lines().last(),
        Some("0")
    );

    // A description that makes no crate leaves all as it was.
    fs::write(&served, "openapi: 3.0.3\n").unwrap();
    let printed = run();
    assert!(printed.contains("error["), "{printed}");
    assert_eq!(repository.sh("git status --short"), "");
}

#[test]
fn the_workflow_runs_the_script() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/regenerate.yml");
    let workflow: serde_json::Value =
        serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let steps = workflow["jobs"]["regenerate"]["steps"].as_array().unwrap();
    let runs: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert!(
        runs.contains(&"sh docs/regenerate.sh \"$URL\" \"$SPEC\""),
        "{runs:?}"
    );
    assert_eq!(steps[0]["with"]["fetch-depth"], 0);
}
