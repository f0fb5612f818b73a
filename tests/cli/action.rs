//! The steps of action.yml, run as GitHub runs them: bash with `-eo pipefail`, the inputs in variables.

#![cfg(unix)]

use crate::diff::later;
use crate::project::{Project, Ran};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// A repository with a crate, and a cargo that installs the binary of the tests.
struct Job {
    project: Project,
    runner: tempfile::TempDir,
    inputs: BTreeMap<String, String>,
}

impl Job {
    fn new() -> Self {
        let project = Project::generated();
        project.git(&["init", "--quiet"]);
        project.commit("first");
        let runner = tempfile::tempdir().unwrap();
        let cargo = runner.path().join("cargo");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" >'{0}/asked'\nmkdir -p '{0}/cratewright/bin'\n\
             cp '{1}' '{0}/cratewright/bin/cratewright'\n",
            runner.path().display(),
            env!("CARGO_BIN_EXE_cratewright")
        );
        fs::write(&cargo, script).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        let action = action();
        let inputs = action["inputs"].as_object().unwrap().iter();
        let inputs = inputs.map(|(name, input)| {
            let default = input["default"].as_str().unwrap();
            (format!("inputs.{name}"), default.to_owned())
        });
        Self {
            inputs: inputs.collect(),
            project,
            runner,
        }
    }

    fn with(mut self, input: &str, value: &str) -> Self {
        let known = self.inputs.get_mut(&format!("inputs.{input}")).unwrap();
        value.clone_into(known);
        self
    }

    /// Runs the steps until one fails.
    fn run(&mut self) -> Ran {
        let action = action();
        let mut shown = String::new();
        for step in action["runs"]["steps"].as_array().unwrap() {
            let Some(script) = step["run"].as_str() else {
                continue;
            };
            let output = self.runner.path().join("output");
            fs::write(&output, "").unwrap();
            let folder = step["working-directory"].as_str().unwrap_or(".");
            let mut command = Command::new("bash");
            command
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
                .current_dir(self.project.path(&self.evaluated(folder)))
                .env("PATH", self.path())
                .env("RUNNER_TEMP", self.runner.path())
                .env("GITHUB_OUTPUT", &output)
                .env_remove("CARGO_PKG_NAME");
            for (name, value) in step["env"].as_object().unwrap() {
                command.env(name, self.evaluated(value.as_str().unwrap()));
            }
            let ran = command.output().unwrap();
            shown += std::str::from_utf8(&ran.stdout).unwrap();
            if !ran.status.success() {
                return Ran {
                    status: ran.status.code().unwrap(),
                    stdout: shown,
                    stderr: String::from_utf8(ran.stderr).unwrap(),
                };
            }
            let id = step["id"].as_str().unwrap_or_default();
            for line in fs::read_to_string(&output).unwrap().lines() {
                let (name, value) = line.split_once('=').unwrap();
                let name = format!("steps.{id}.outputs.{name}");
                self.inputs.insert(name, value.to_owned());
            }
        }
        Ran {
            status: 0,
            stdout: shown,
            stderr: String::new(),
        }
    }

    /// Puts the values into `${{ … }}`.
    fn evaluated(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.inputs {
            text = text.replace(&format!("${{{{ {name} }}}}"), value);
        }
        assert!(!text.contains("${{"), "{text}");
        text
    }

    fn path(&self) -> String {
        let path = std::env::var("PATH").unwrap();
        format!("{}:{path}", self.runner.path().display())
    }

    /// What cargo was asked for.
    fn asked(&self) -> String {
        fs::read_to_string(self.runner.path().join("asked")).unwrap_or_default()
    }
}

fn action() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn it_installs_the_version_that_wrote_the_crates() {
    let mut job = Job::new();
    let ran = job.run();
    assert_eq!(ran.status, 0, "{}", ran.shown());
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        job.asked().starts_with(&format!(
            "install\n--locked\n--version\n={version}\n--root\n"
        )),
        "{}",
        job.asked()
    );
    assert!(ran.stdout.contains("is up to date"), "{}", ran.shown());
}

#[test]
fn a_crate_that_is_stale_fails_with_annotations() {
    let mut job = Job::new()
        .with("sarif", "found.sarif")
        .with("arguments", "--package harbour --deny-warnings");
    job.project.put("spec/harbour.yaml", &later());
    let ran = job.run();
    assert_eq!(ran.status, 1, "{}", ran.shown());
    assert!(
        ran.stdout
            .contains("::error file=generated/.cratewright.json"),
        "{}",
        ran.shown()
    );
    let sarif: Value = serde_json::from_str(&job.project.get("found.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "stale");
}

#[test]
fn a_folder_and_a_version_can_be_named() {
    let mut job = Job::new()
        .with("working-directory", "spec")
        .with("version", "0.0.7");
    // cratewright.toml is found in the folder above.
    let ran = job.run();
    assert_eq!(ran.status, 0, "{}", ran.shown());
    assert!(job.asked().contains("=0.0.7"), "{}", job.asked());
}

/// Without a version nothing is installed, and neither is a version that is none.
#[test]
fn no_version_is_guessed() {
    let mut job = Job::new();
    job.project.git(&["rm", "--quiet", "--cached", "-r", "."]);
    let several = Job::new().with("version", "0.1.0 --git https://example.com");
    for job in [&mut job, &mut { several }] {
        let ran = job.run();
        assert_eq!(ran.status, 1, "{}", ran.shown());
        assert!(
            ran.stdout.contains("::error::the crates were written by"),
            "{}",
            ran.shown()
        );
        assert_eq!(job.asked(), "");
    }
}

/// What users name reaches the scripts in variables only, where it is no code.
#[test]
fn no_input_is_part_of_a_script() {
    for step in action()["runs"]["steps"].as_array().unwrap() {
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("${{"), "{script}");
    }
}
