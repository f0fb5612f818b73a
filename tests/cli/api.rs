//! `cratewright api`, and the file that the key `api` keeps.

use crate::diff::later;
use crate::project::{CONFIG, Project, lines_of_json};
use std::fs;

#[test]
fn the_public_api_is_one_line_a_field() {
    let project = Project::new();
    let ran = project.run(&["api"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    insta::assert_snapshot!(ran.stdout);
    let lines = lines_of_json(&project.run(&["api", "--message-format", "json"]).stdout);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["kind"], "api");
    assert_eq!(lines[0]["package"], "harbour");
    assert_eq!(lines[0]["api"], ran.stdout);
    assert!(!project.path("generated").exists(), "nothing is written");
}

/// A second scheme makes the code of requests another one, and their lines are the same.
#[test]
fn requests_have_their_method_and_path_whatever_they_require() {
    let project = Project::new();
    let lines = project.run(&["api"]).stdout;
    let spec = project.get("spec/harbour.yaml");
    let more = "      scheme: basic\n    token: {type: http, scheme: bearer}\n";
    let spec = spec.replace("      scheme: basic\n", more);
    project.put("spec/harbour.yaml", &spec);
    assert_eq!(project.run(&["api"]).stdout, lines);
}

#[test]
fn generate_writes_it_and_check_compares_it() {
    let project = Project::new();
    project.put("cratewright.toml", &format!("{CONFIG}api = \"api.txt\"\n"));
    assert_eq!(project.run(&["generate", "--dry-run"]).status, 0);
    assert!(!project.path("api.txt").exists());
    assert_eq!(project.run(&["generate"]).status, 0);
    assert_eq!(project.get("api.txt"), project.run(&["api"]).stdout);
    assert_eq!(project.run(&["check"]).status, 0);

    // One field that has another name is one line less and one more.
    let old = project.get("api.txt");
    project.put("spec/harbour.yaml", &later());
    assert_eq!(project.run(&["generate"]).status, 0);
    let new = project.get("api.txt");
    let only_in = |one: &str, other: &str| -> Vec<String> {
        let lines = one
            .lines()
            .filter(|line| !other.lines().any(|known| known == *line));
        lines.map(str::to_owned).collect()
    };
    assert!(only_in(&old, &new).iter().all(|line| line.contains("name")));
    assert!(
        only_in(&new, &old)
            .iter()
            .all(|line| line.contains("label"))
    );
    assert!(!only_in(&new, &old).is_empty());
}

#[test]
fn another_file_is_not_overwritten() {
    for file in ["spec/harbour.yaml", "cratewright.toml"] {
        let project = Project::new();
        let config = format!("{CONFIG}api = \"{file}\"\n");
        project.put("cratewright.toml", &config);
        let before = project.get(file);
        let ran = project.run(&["generate"]);
        assert_eq!(ran.status, 2, "{}", ran.shown());
        let said = format!("`{file}` has no public API of a crate in it");
        assert!(ran.stderr.contains(&said), "{}", ran.stderr);
        assert_eq!(project.get(file), before);
        assert!(!project.path("generated").exists(), "nothing is written");
    }
}

/// A place where it cannot be is found before anything is written.
#[test]
fn it_has_a_place_of_its_own() {
    for (file, reason) in [
        (".", "cannot write `.`: it is a folder"),
        ("gone/api.txt", "there is no folder `gone`"),
        (
            "generated/src/lib.rs",
            "`api` names `generated/src/lib.rs`, which is a file of the crate",
        ),
    ] {
        let project = Project::new();
        project.put("cratewright.toml", &format!("{CONFIG}api = \"{file}\"\n"));
        let before = project.files();
        for args in [&["generate"][..], &["generate", "--force"]] {
            let ran = project.run(args);
            assert_eq!(ran.status, 2, "{file}: {}", ran.shown());
            assert!(ran.stderr.contains(reason), "{file}: {}", ran.stderr);
            assert_eq!(project.files(), before, "{file}");
        }
    }
    let project = Project::new();
    let config = format!("{CONFIG}api = \"generated/api.txt\"\n");
    project.put("cratewright.toml", &config);
    assert_eq!(project.run(&["generate"]).status, 0);
    assert_eq!(project.run(&["check"]).status, 0);
}

#[test]
fn a_listing_that_was_edited_or_is_gone_is_stale() {
    let project = Project::new();
    project.put("cratewright.toml", &format!("{CONFIG}api = \"api.txt\"\n"));
    assert_eq!(project.run(&["generate"]).status, 0);
    project.append("api.txt", "more\n");
    let check = project.run(&["check"]);
    assert_eq!(check.status, 1);
    let stdout = &check.stdout;
    assert!(
        stdout.contains("api.txt is not the public API of harbour"),
        "{stdout}"
    );
    assert!(
        stdout.contains("to fix it: cratewright generate"),
        "{stdout}"
    );

    fs::remove_file(project.path("api.txt")).unwrap();
    let json = project.run(&["check", "--message-format", "json"]);
    assert_eq!(json.status, 1);
    let line = &lines_of_json(&json.stdout)[0];
    assert_eq!(line["clean"], false);
    assert_eq!(line["stale_listing"], "api.txt");
    assert_eq!(line["fix"], "cratewright generate --message-format json");
    let github = project.run(&["check", "--message-format", "github"]);
    assert!(
        github.stdout.contains("::error file=api.txt"),
        "{}",
        github.shown()
    );
    assert_eq!(project.run(&["generate"]).status, 0);
    assert_eq!(project.run(&["check"]).status, 0);
}
