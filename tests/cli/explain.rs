//! `cratewright explain` and `--deny-warnings`.

use crate::project::{HARBOUR, Project, lines_of_json};

#[test]
fn a_code_is_explained_as_it_stands_in_a_message() {
    let project = Project::new();
    let plain = project.run(&["explain", "dangling-ref"]);
    insta::assert_snapshot!(plain.shown());
    for written in [
        "[dangling-ref]",
        "error[dangling-ref]:",
        "warning[dangling-ref]",
    ] {
        assert_eq!(
            project.run(&["explain", written]).stdout,
            plain.stdout,
            "{written}"
        );
    }
}

#[test]
fn a_code_that_does_not_exist() {
    let project = Project::new();
    let near = project.run(&["explain", "danglng-ref"]);
    let far = project.run(&["explain", "E0308"]);
    assert_eq!((near.status, far.status), (2, 2));
    insta::assert_snapshot!(near.stderr + &far.stderr);
}

#[test]
fn all_codes_are_listed() {
    let project = Project::new();
    let ran = project.run(&["explain"]);
    assert_eq!(ran.status, 0);
    insta::assert_snapshot!(ran.stdout);
    let lines = lines_of_json(&project.run(&["explain", "--message-format", "json"]).stdout);
    assert_eq!(lines.len(), ran.stdout.lines().count());
    assert_eq!(lines[0]["kind"], "explanation");
    assert_eq!(lines[0]["code"], "arguments");
}

#[test]
fn warnings_that_are_denied() {
    let project = Project::new();
    project.put(
        "spec/harbour.yaml",
        &HARBOUR.replacen("openapi: 3.0.3", "openapi: 3.0.3\nopenApi: 3", 1),
    );
    for command in ["generate", "check", "inspect"] {
        let ran = project.run(&[command, "--deny-warnings"]);
        assert_eq!(ran.status, 2, "{command}: {}", ran.stderr);
        assert!(!project.path("generated").exists());
    }
    insta::assert_snapshot!(project.run(&["generate", "--deny-warnings"]).shown());
    assert_eq!(project.run(&["generate"]).status, 0);
    project.put("spec/harbour.yaml", HARBOUR);
    assert_eq!(project.run(&["generate", "--deny-warnings"]).status, 0);
}
