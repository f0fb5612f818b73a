//! What a run says of arguments, configurations and descriptions that are wrong.

use crate::project::{HARBOUR, Project};
use std::fs;
use tempfile::TempDir;

#[test]
fn wrong_arguments() {
    let project = Project::new();
    let mut shown = String::new();
    for args in [
        &["frobnicate"] as &[&str],
        &["generate", "--frob"],
        &["generate", "--out", "x"],
        &["generate", "--spec", "spec/harbour.yaml"],
        &[
            "generate",
            "--spec",
            "spec/harbour.yaml",
            "--out",
            "my crate",
        ],
        &[
            "generate",
            "--spec",
            "spec/harbour.yaml",
            "--out",
            "x",
            "--package",
            "std",
        ],
        &[
            "generate",
            "--spec",
            "spec/harbour.yaml",
            "--out",
            "x",
            "--crate-version",
            "1",
        ],
        &["generate", "--spec", "spec/harbour.yaml", "--out", "spec"],
        &[
            "generate",
            "--spec",
            "spec/harbour.yaml",
            "--out",
            "spec/harbour.yaml",
            "--package",
            "x",
        ],
        &[
            "generate",
            "--spec",
            "spec/harbour.yaml",
            "--out",
            "/",
            "--package",
            "x",
        ],
        &["generate", "--package", "boathouse"],
        &["generate", "--config", "nowhere.toml"],
    ] {
        let ran = project.run(args);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{args:?}");
        shown += &["$ cratewright ", &args.join(" "), "\n", &ran.stderr, "\n"].concat();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn descriptions_that_cannot_be_read() {
    let project = Project::new();
    project.put("spec/empty.yaml", " \n");
    fs::write(
        project.path("spec/latin.yaml"),
        b"openapi: 3.0.3\ninfo: \xe4",
    )
    .unwrap();
    fs::write(project.path("spec/wide.yaml"), b"\xff\xfeo\0p\0").unwrap();
    let mut shown = String::new();
    for spec in [
        "spec/nowhere.yaml",
        "spec",
        "spec/empty.yaml",
        "spec/latin.yaml",
        "spec/wide.yaml",
    ] {
        let ran = project.run(&["generate", "--spec", spec, "--out", "x"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{spec}");
        shown += &ran.stderr;
    }
    assert!(!project.path("x").exists());
    insta::assert_snapshot!(shown);
}

#[test]
fn broken_yaml_is_placed() {
    let project = Project::new();
    project.append("spec/harbour.yaml", "  broken: [1, 2\n  after: 3\n");
    let ran = project.run(&["generate"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    let line = HARBOUR.lines().count() + 1;
    let placed = (line..line + 3).any(|line| {
        ran.stderr
            .starts_with(&format!("spec/harbour.yaml:{line}:"))
    });
    assert!(placed, "{}", ran.stderr);
}

#[test]
fn configurations_that_are_wrong() {
    let project = Project::new();
    let entry =
        |rest: &str| format!("[[crate]]\npackage = \"harbour\"\nout = \"generated\"\n{rest}");
    let mut shown = String::new();
    for config in [
        String::new() + "# nothing\n",
        entry("spec = \"a.yaml\"\nspecs = \"b.yaml\"\n"),
        entry("spec = 1\n"),
        entry("spec = []\n"),
        entry("spec = \"\"\nversion = \"1\"\n").replace("harbour", "my crate"),
        entry("spec = \"a.yaml\"\n\n")
            + &entry("spec = \"b.yaml\"\n").replace("\"generated\"", "\"./generated/\""),
        entry("").replace("out = ", "out = = "),
        entry(""),
    ] {
        project.put("cratewright.toml", &config);
        let ran = project.run(&["generate"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{config}");
        shown += &ran.stderr;
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn no_configuration() {
    let project = Project(TempDir::new().unwrap());
    insta::assert_snapshot!(project.run(&["check"]).shown());
}
