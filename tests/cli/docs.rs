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
            "`UPDATE_DOCS=1 cargo test --test cli docs` fixes it"
        );
    }
}

/// A repository with an origin, and a server and a GitHub that are files.
struct Published {
    repository: Repository,
    origin: TempDir,
}

impl Published {
    fn new() -> Self {
        let published = Self {
            repository: Repository::new(),
            origin: TempDir::new().unwrap(),
        };
        published.repository.sh(&format!(
            "git init --quiet --bare {0} && git remote add origin {0}",
            published.origin.path().display()
        ));
        published.repository.program(
            "curl",
            &format!(
                "while [ \"$1\" != --output ]; do shift; done\ncp '{}' \"$2\"",
                published.served().display()
            ),
        );
        published.repository.program(
            "gh",
            &format!(
                "printf '%s\\n' \"$@\" >>'{0}'\n\
                 while [ $# -gt 0 ]; do [ \"$1\" != --body-file ] || cat \"$2\" >>'{0}'; shift; done",
                published.origin.path().join("asked").display()
            ),
        );
        published
    }

    /// What the server has.
    fn served(&self) -> PathBuf {
        self.origin.path().join("served.yaml")
    }

    /// What GitHub was asked for.
    fn asked(&self) -> String {
        fs::read_to_string(self.origin.path().join("asked")).unwrap_or_default()
    }

    fn run(&self) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/regenerate.sh");
        self.repository.sh(&format!(
            "sh {} https://example.com/flex.yaml spec/flex.yaml",
            script.display()
        ))
    }
}

#[test]
fn the_script_proposes_the_change() {
    let published = Published::new();
    let (repository, served) = (&published.repository, published.served());
    fs::copy(repository.path("spec/flex.yaml"), &served).unwrap();
    assert_eq!(published.run(), "the description has not changed\n");

    let next = fs::read_to_string(&served)
        .unwrap()
        .replace("LongLived", "Persistent");
    fs::write(&served, next).unwrap();
    let printed = published.run();
    let asked = published.asked();
    assert!(asked.starts_with("pr\ncreate\n"), "{asked} {printed}");
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
    let printed = published.run();
    assert!(printed.contains("error["), "{printed}");
    assert_eq!(repository.sh("git status --short"), "");
}

/// What git does not know stays as it is, in a repository with another crate, below whose version nothing is lost.
#[test]
fn the_script_commits_what_it_generated_only() {
    let published = Published::new();
    let (repository, served) = (&published.repository, published.served());
    let config = fs::read_to_string(repository.path("cratewright.toml")).unwrap();
    let other = "[[crate]]\npackage = \"harbour\"\nversion = \"7.0.0\"\nspec = \"spec/harbour.yaml\"\nout = \"harbour\"\napi = \"api.txt\"\n";
    fs::write(
        repository.path("cratewright.toml"),
        format!("{other}\n{config}"),
    )
    .unwrap();
    fs::write(
        repository.path("spec/harbour.yaml"),
        include_str!("harbour.yaml"),
    )
    .unwrap();
    repository.sh("cratewright generate && git add --all && git commit --quiet --message second");
    for name in ["notes and ideas.txt", "generated/scratch.rs"] {
        fs::write(repository.path(name), "mine").unwrap();
    }
    // A resource more is a file more.
    let next = fs::read_to_string(repository.path("spec/flex.yaml"))
        .unwrap()
        .replacen(
            "paths:\n",
            "paths:\n  /v1/Anchors:\n    get:\n      operationId: ListAnchors\n      \
             responses: {'200': {description: OK}}\n",
            1,
        );
    fs::write(&served, next).unwrap();
    let printed = published.run();
    let files = repository.sh("git show --name-status --format= origin/regenerate");
    assert!(files.contains("A\tgenerated/src/"), "{files} {printed}");
    assert!(files.contains("A\tgenerated/CHANGELOG.md\n"), "{files}");
    assert!(!files.contains("harbour"), "{files}");
    assert!(
        !files.contains("notes") && !files.contains("scratch"),
        "{files}"
    );
    assert_eq!(
        repository.sh("git status --short"),
        "?? generated/scratch.rs\n?? \"notes and ideas.txt\"\n"
    );
    let config = repository.sh("git show origin/regenerate:cratewright.toml");
    assert!(
        config.contains("7.0.0") && !config.contains("0.1.0"),
        "{config}"
    );
    let asked = published.asked();
    assert!(
        asked.contains("## `harbour`\n\nNothing changes for callers of `harbour`."),
        "{asked}"
    );
    assert!(asked.contains("minor change: 0.1.0 → 0.1.1"), "{asked}");
}

/// A pull request that a workflow opens starts no checks, so that the script does.
#[test]
fn the_script_starts_the_checks() {
    let published = Published::new();
    let repository = &published.repository;
    let next = fs::read_to_string(repository.path("spec/flex.yaml"))
        .unwrap()
        .replace("LongLived", "Persistent");
    fs::write(published.served(), next).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/regenerate.sh");
    let printed = repository.sh(&format!(
        "BRANCH=next CHECKS=ci.yml sh {} https://example.com/flex.yaml spec/flex.yaml",
        script.display()
    ));
    let asked = published.asked();
    assert!(
        asked.ends_with("workflow\nrun\nci.yml\n--ref\nnext\n"),
        "{asked} {printed}"
    );
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
    // What starts the checks of the pull request.
    assert_eq!(workflow["permissions"]["actions"], "write");
    assert_eq!(workflow["env"]["CHECKS"], "ci.yml");
}
