//! A project in a folder of its own, and the binary run in it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const HARBOUR: &str = include_str!("harbour.yaml");
pub(crate) const CONFIG: &str =
    "[[crate]]\npackage = \"harbour\"\nout = \"generated\"\nspec = \"spec/harbour.yaml\"\n";
pub(crate) const MANIFEST: &str = ".cratewright.json";
pub(crate) const WORK_FOLDER: &str = ".cratewright.tmp";

/// A project: cratewright.toml and spec/harbour.yaml.
pub(crate) struct Project(pub(crate) TempDir);

/// What a run printed and how it ended.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    pub(crate) fn new() -> Self {
        let project = Self(TempDir::new().unwrap());
        project.put("cratewright.toml", CONFIG);
        project.put("spec/harbour.yaml", HARBOUR);
        project
    }

    /// A project whose crate is there.
    pub(crate) fn generated() -> Self {
        let project = Self::new();
        assert_eq!(project.run(&["generate"]).status, 0);
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn get(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn append(&self, path: &str, text: &str) {
        self.put(path, &(self.get(path) + text));
    }

    /// Takes the ships out of the description.
    pub(crate) fn sink_the_ships(&self) {
        let start = HARBOUR.find("  /v1/Ships").unwrap();
        let end = HARBOUR.find("components:").unwrap();
        self.put(
            "spec/harbour.yaml",
            &(HARBOUR[..start].to_owned() + &HARBOUR[end..]),
        );
    }

    /// Runs cargo in the folder of a crate, with the packages of this workspace.
    pub(crate) fn cargo(&self, folder: &str, arguments: &[&str]) {
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock");
        let _ = fs::copy(lock, self.path(folder).join("Cargo.lock"));
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(self.path(folder))
            .env("CARGO_TARGET_DIR", self.path("target"))
            .status();
        assert!(status.unwrap().success(), "cargo {arguments:?}");
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cratewright"));
        command
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        // Set by `cargo test`, and taken as a sign of `cargo run`.
        command.env_remove("CARGO_PKG_NAME");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Every file below the project, with its bytes.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    files.push((entry.path(), fs::read(entry.path()).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            assert!(!text.contains('\u{1b}'), "no colour off a terminal");
            text.replace(env!("CARGO_BIN_EXE_cratewright"), "cratewright")
                .replace("cratewright.exe", "cratewright")
        };
        Self {
            status: output.status.code().unwrap(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// All of it, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        let Self {
            status,
            stdout,
            stderr,
        } = self;
        format!("exit status: {status}\n--- stdout\n{stdout}--- stderr\n{stderr}")
    }
}

pub(crate) fn lines_of_json(text: &str) -> Vec<serde_json::Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
