//! Results and diagnostics in the formats of other tools, and how much of them is printed.

use crate::project::{HARBOUR, Project};
use serde_json::Value;
use std::process::Stdio;

/// A project whose description has a mistake and something to warn of.
fn wrong() -> Project {
    let project = Project::new();
    let spec = HARBOUR
        .replacen("openapi: 3.0.3", "openapi: 3.0.3\nopenApi: 3", 1)
        .replace("schemas/harbour.v1.ship'", "schemas/harbour.v1.shipp'");
    project.put("spec/harbour.yaml", &spec);
    project
}

#[test]
fn github_gets_annotations() {
    insta::assert_snapshot!(
        wrong()
            .run(&["generate", "--message-format", "github"])
            .shown()
    );
    let stale = Project::generated();
    stale.append("generated/README.md", "edited\n");
    let check = stale.run(&["check", "--message-format", "github"]);
    assert_eq!(check.status, 1);
    assert!(
        check.stdout.contains(
            "::error file=generated/.cratewright.json,title=cratewright%3A stale::harbour: `generated` is not what the description makes"
        ),
        "{}",
        check.stdout
    );
}

#[test]
fn sarif_is_one_document() {
    let ran = wrong().run(&["generate", "--message-format", "sarif"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (2, ""));
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "spec/harbour.yaml");
        assert!(place["region"]["startLine"].is_u64());
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
    }
    let fine = Project::new().run(&["generate", "--message-format", "sarif"]);
    let document: Value = serde_json::from_str(&fine.stdout).unwrap();
    assert_eq!(
        (fine.status, &document["runs"][0]["results"]),
        (0, &Value::Array(Vec::new()))
    );
}

#[test]
fn warnings_that_are_alike_are_counted_unless_all_are_wanted() {
    let project = Project::new();
    let mut spec = HARBOUR.to_owned();
    for number in 0..9 {
        spec += &format!("x{number}y: 1\n");
    }
    project.put("spec/harbour.yaml", &spec);
    let some = project.run(&["generate"]);
    assert_eq!(some.stderr.matches("warning[unknown-key]").count(), 5);
    assert!(
        some.stderr.ends_with(
            "warning: 4 more warnings like these (unknown-key: 4); `--verbose` shows all\n"
        ),
        "{}",
        some.stderr
    );
    let all = project.run(&["check", "-v"]);
    assert_eq!(all.stderr.matches("warning[unknown-key]").count(), 9);
}

#[test]
fn many_files_are_listed_by_folder_unless_all_are_wanted() {
    let project = Project::new();
    let check = project.run(&["check"]);
    let lines = check
        .stdout
        .lines()
        .filter(|line| line.starts_with("  added"));
    assert!(lines.count() <= 12, "{}", check.stdout);
    assert!(
        check.stdout.contains("  added    src/runtime/ ("),
        "{}",
        check.stdout
    );
    let all = project.run(&["check", "--verbose"]);
    assert!(
        all.stdout.contains("  added    src/runtime/mod.rs"),
        "{}",
        all.stdout
    );
    let written = project.run(&["generate", "-v"]);
    assert!(
        written.stdout.contains("  added    src/runtime/mod.rs"),
        "{}",
        written.stdout
    );
}

#[test]
fn colors_are_where_they_are_asked_for() {
    let project = wrong();
    let colored = |color: &str, no_color: &str| {
        let mut command = project.command(&["generate", "--color", color]);
        let output = command
            .env("NO_COLOR", no_color)
            .stdin(Stdio::null())
            .output();
        output.unwrap().stderr.contains(&0x1b)
    };
    assert!(colored("always", ""));
    assert!(
        colored("always", "1"),
        "the argument counts before the variable"
    );
    assert!(!colored("never", ""));
    assert!(!colored("auto", ""), "it is no terminal");
}
