//! The manifest: what a run does with one that is broken, merged, or of another cratewright.

use crate::project::{HARBOUR, MANIFEST, Project};
use std::process::Command;

#[test]
fn force_overwrites_a_manifest_that_cannot_be_read() {
    for broken in [
        "",
        "<<<<<<< HEAD\n{\n",
        "{\"format\": 2, \"files\": {\"../x\": \"\"}}",
    ] {
        let project = Project::generated();
        let whole = project.get("generated/.cratewright.json");
        project.put("generated/.cratewright.json", broken);
        let refused = project.run(&["generate"]);
        assert_eq!(refused.status, 2, "{}", refused.shown());
        assert!(
            refused.stderr.contains("error[manifest]"),
            "{}",
            refused.stderr
        );
        let forced = project.run(&["generate", "--force"]);
        assert_eq!(forced.status, 0, "{}", forced.shown());
        assert_eq!(project.get("generated/.cratewright.json"), whole);
        assert_eq!(project.run(&["check"]).status, 0);
    }
}

#[test]
fn check_says_that_another_cratewright_wrote_it() {
    let project = Project::generated();
    let manifest = project.get("generated/.cratewright.json");
    let own = format!("\"generator\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(manifest.contains(&own), "{manifest}");
    project.put(
        "generated/.cratewright.json",
        &manifest.replace(&own, "\"generator\": \"0.0.1\""),
    );
    let check = project.run(&["check"]);
    assert_eq!(check.status, 1);
    assert!(
        check
            .stdout
            .contains("It was written by cratewright 0.0.1, and this is cratewright "),
        "{}",
        check.stdout
    );
}

/// A manifest of the first format has no record that can be read, and all of its hashes.
#[test]
fn a_manifest_of_the_first_format_is_read() {
    let project = Project::generated();
    let manifest: serde_json::Value =
        serde_json::from_str(&project.get("generated/.cratewright.json")).unwrap();
    let first = serde_json::json!({
        "format": 1,
        "files": manifest["files"],
        "made_of": { "descriptions": { "": "eJwDAAAAAAE=" } },
    });
    project.put("generated/.cratewright.json", &first.to_string());
    let check = project.run(&["check"]);
    assert_eq!(check.status, 1, "{}", check.shown());
    assert!(
        check.stdout.contains("an earlier cratewright"),
        "{}",
        check.stdout
    );
    assert!(!check.stdout.contains("edited"), "{}", check.stdout);
    assert_eq!(project.run(&["generate"]).status, 0);
    assert_eq!(project.run(&["check"]).status, 0);
}

/// Two branches that change different resources, whose files follow each other in the manifest.
#[test]
fn changes_to_different_resources_do_not_conflict() {
    let manifest = |spec: &str| {
        let project = Project::new();
        project.put("spec/harbour.yaml", spec);
        assert_eq!(project.run(&["generate"]).status, 0);
        project
    };
    let changes = [
        HARBOUR.replace("Fetches a ship.", "Gets a ship."),
        HARBOUR.replace("Fetches a pier.", "Gets a pier."),
    ];
    let (base, ours, theirs) = (
        manifest(HARBOUR),
        manifest(&changes[0]),
        manifest(&changes[1]),
    );
    let path = |project: &Project| project.path("generated").join(MANIFEST);
    let merged = Command::new("git")
        .args(["merge-file", "--stdout"])
        .args([path(&ours), path(&base), path(&theirs)])
        .output()
        .unwrap();
    let text = String::from_utf8(merged.stdout).unwrap();
    assert!(merged.status.success(), "{text}");
    let both = manifest(&changes[0].replace("Fetches a pier.", "Gets a pier."));
    assert_eq!(text, both.get("generated/.cratewright.json"));
}
