//! What `generate` and `check` say of a regeneration, and what `--bump` writes.

use crate::diff::later;
use crate::project::{CONFIG, Project, lines_of_json};
use serde_json::{Map, Value, json};

/// A project whose crate is committed, and whose description has changed since.
fn changed() -> Project {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    let config = format!("# Ours.\n{CONFIG}version   = '0.1.0' # raised by hand\n");
    project.put("cratewright.toml", &config);
    assert_eq!(project.run(&["generate"]).status, 0);
    project.commit("first");
    project.put("spec/harbour.yaml", &later());
    project
}

#[test]
fn check_and_generate_say_what_changes_for_callers() {
    let project = changed();
    let check = project.run(&["check"]);
    let dry = project.run(&["generate", "--dry-run"]);
    let generate = project.run(&["generate"]);
    let again = project.run(&["generate"]);
    insta::assert_snapshot!(format!(
        "=== check\n{}=== generate --dry-run\n{}=== generate\n{}=== generate, again\n{}",
        check.shown(),
        dry.shown(),
        generate.shown(),
        again.shown()
    ));
}

#[test]
fn machines_read_it_too() {
    let project = changed();
    let checked = project.run(&["check", "--message-format", "json"]);
    let line = &lines_of_json(&checked.stdout)[0];
    assert_eq!(line["api"]["summary"]["rust"], "major");
    assert_eq!(line["api"]["version"]["to"], "0.2.0");
    assert!(line["api"]["changes"][0]["old"]["line"].is_u64());
}

#[test]
fn bump_writes_the_version_and_the_changelog() {
    let project = changed();
    let before = project.files();
    let dry = project.run(&["generate", "--bump", "--dry-run"]);
    assert!(
        dry.stdout.contains("would write version 0.2.0"),
        "{}",
        dry.shown()
    );
    assert_eq!(project.files(), before, "a dry run writes nothing");
    assert_eq!(project.run(&["generate", "--bump"]).status, 0);
    insta::assert_snapshot!(format!(
        "=== cratewright.toml\n{}=== CHANGELOG.md\n{}",
        project.get("cratewright.toml"),
        project.get("generated/CHANGELOG.md")
    ));
    assert!(
        project
            .get("generated/Cargo.toml")
            .contains("version = \"0.2.0\"")
    );
    assert_eq!(project.run(&["check"]).status, 0);
    // The version says enough now, and the changelog is the user's.
    project.append("generated/CHANGELOG.md", "\nBy hand.\n");
    let before = project.files();
    assert_eq!(project.run(&["generate", "--bump"]).status, 0);
    assert_eq!(project.files(), before);
    // The next entry stands above the first.
    project.commit("second");
    project.append("spec/harbour.yaml", "        depth: {type: integer}\n");
    let ran = project.run(&["generate", "--bump"]);
    let changelog = project.get("generated/CHANGELOG.md");
    let at = |text: &str| {
        changelog
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {changelog}\n{}", ran.shown()))
    };
    assert!(at("# Changelog") < at("## [0.2.1]"));
    assert!(at("## [0.2.1]") < at("## [0.2.0]"));
    assert!(at("## [0.2.0]") < at("By hand."));
}

/// The entry of the crate in the Cargo.lock of the workspace, and no other of that name.
#[test]
fn bump_writes_the_version_into_the_lock_file() {
    let project = changed();
    let lock = "version = 4\n\n[[package]]\nname = \"harbour\"\nversion = \"0.1.0\"\n\n\
                [[package]]\nname = \"serde\"\nversion = \"0.1.0\"\nsource = \"registry\"\n";
    project.put("Cargo.lock", lock);
    let ran = project.run(&["generate", "--bump"]);
    assert!(
        ran.stdout
            .contains("wrote version 0.2.0 into cratewright.toml and Cargo.lock"),
        "{}",
        ran.shown()
    );
    let new = lock.replacen("\"0.1.0\"", "\"0.2.0\"", 1);
    assert_eq!(project.get("Cargo.lock"), new);
}

/// Changes are collected, and the version is raised once for all of them.
#[test]
fn changes_are_collected_until_a_release() {
    let project = changed();
    let ran = project.run(&["generate", "--unreleased"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    let first = project.get("generated/CHANGELOG.md");
    assert!(
        first.contains("## [Unreleased]\n\n### Breaking\n"),
        "{first}"
    );
    assert!(project.get("cratewright.toml").contains("'0.1.0'"));
    assert_eq!(project.run(&["check"]).status, 0);

    project.append("spec/harbour.yaml", "        depth: {type: integer}\n");
    assert_eq!(project.run(&["generate", "--unreleased"]).status, 0);
    let second = project.get("generated/CHANGELOG.md");
    assert_eq!(second.matches("## [Unreleased]").count(), 1, "{second}");
    assert!(second.contains("depth"), "{second}");
    for line in first.lines() {
        assert!(second.contains(line), "{line}: {second}");
    }

    // Nothing changed since, and what was collected is a breaking change.
    let ran = project.run(&["generate", "--bump"]);
    assert!(
        ran.stdout.contains("wrote version 0.2.0"),
        "{}",
        ran.shown()
    );
    let released = project.get("generated/CHANGELOG.md");
    assert_eq!(released, second.replace("[Unreleased]", "[0.2.0]"));
}

/// Who generates first and asks for the version then gets the same.
#[test]
fn bump_compares_with_the_last_commit_when_all_is_generated() {
    let project = changed();
    assert_eq!(project.run(&["generate"]).status, 0);
    let ran = project.run(&["generate", "--bump"]);
    assert!(
        ran.stdout.contains("wrote version 0.2.0"),
        "{}",
        ran.shown()
    );
    assert!(
        project
            .get("cratewright.toml")
            .contains("version   = \"0.2.0\" # raised by hand")
    );
}

#[test]
fn a_version_is_added_where_there_is_none() {
    let project = changed();
    project.put("cratewright.toml", CONFIG);
    assert_eq!(project.run(&["generate", "--bump"]).status, 0);
    let config = CONFIG.replace(
        "package = \"harbour\"\n",
        "package = \"harbour\"\nversion = \"0.2.0\"\n",
    );
    assert_eq!(project.get("cratewright.toml"), config);
}

/// The manifest knows what the crate was made of, in any folder.
#[test]
fn without_git_the_record_is_enough() {
    let project = Project::generated();
    project.put("spec/harbour.yaml", &later());
    insta::assert_snapshot!(project.run(&["generate", "--dry-run"]).shown());
    let ran = project.run(&["generate", "--bump"]);
    assert!(
        ran.stdout.contains("wrote version 0.2.0"),
        "{}",
        ran.shown()
    );
}

/// A description at HEAD that is another one than that of the crate gives no lines.
#[test]
fn the_record_counts_and_not_the_last_commit() {
    let project = changed();
    project.commit("the new description without its crate");
    let check = project.run(&["check"]);
    assert!(check.stdout.contains("A major change"), "{}", check.shown());
    let place =
        "old generated/.cratewright.json  /components/schemas/harbour.v1.pier/properties/name";
    assert!(check.stdout.contains(place), "{}", check.shown());
}

/// What is not known is not reported, and no version follows from it.
#[test]
fn without_a_record_nothing_is_claimed() {
    let broken = |manifest: &mut Map<String, Value>| {
        manifest["made_of"]["descriptions"] = json!({"": {"": "eJwDAAAAAAE="}});
    };
    let missing = |manifest: &mut Map<String, Value>| {
        manifest.remove("made_of");
    };
    for change in [missing as fn(&mut Map<String, Value>), broken] {
        let project = Project::generated();
        project.put("spec/harbour.yaml", &later());
        let mut manifest: Map<String, Value> =
            serde_json::from_str(&project.get("generated/.cratewright.json")).unwrap();
        change(&mut manifest);
        project.put(
            "generated/.cratewright.json",
            &serde_json::to_string(&manifest).unwrap(),
        );
        let check = project.run(&["check"]);
        assert!(check.stdout.contains("is not known"), "{}", check.shown());
        let before = project.files();
        let ran = project.run(&["generate", "--bump"]);
        assert_eq!(ran.status, 2, "{}", ran.shown());
        assert!(ran.stderr.contains("error[bump]"), "{}", ran.shown());
        assert_eq!(project.files(), before);
        assert_eq!(project.run(&["generate"]).status, 0);
        assert!(
            project
                .get("generated/.cratewright.json")
                .contains("made_of")
        );
    }
}

/// An edit stops all of it: the configuration and the changelog are as they were.
#[test]
fn a_refused_bump_leaves_everything_as_it_was() {
    let project = changed();
    project.append("generated/src/piers.rs", "// mine\n");
    let before = project.files();
    assert_eq!(project.run(&["generate", "--bump"]).status, 2);
    assert_eq!(project.files(), before);
}

/// Callers write the name of the package: another one is a major change.
#[test]
fn another_name_of_the_package_is_a_change() {
    let project = Project::generated();
    project.put(
        "cratewright.toml",
        &CONFIG.replace("package = \"harbour\"", "package = \"port\""),
    );
    let ran = project.run(&["check", "--message-format", "json"]);
    let line = &lines_of_json(&ran.stdout)[0];
    assert_eq!(line["api"]["summary"]["rust"], "major");
    assert_eq!(line["api"]["changes"][0]["code"], "package-renamed");
    assert_eq!(
        line["api"]["changes"][0]["message"],
        "package `harbour`: renamed to `port`"
    );
}

/// What the configuration decides about types and modules is seen by callers, too.
#[test]
fn changes_of_the_configuration_are_reported() {
    let project = Project::new();
    let flags = "        flag: {type: string, enum: [nl, fr]}\n";
    project.append("spec/harbour.yaml", flags);
    assert_eq!(project.run(&["generate"]).status, 0);
    for (config, changes) in [
        (
            "enums = \"closed\"\n",
            &["now closed: it takes no values that are not listed [enum-openness-changed"][..],
        ),
        (
            "derives.\"*\" = [\"PartialOrd\"]\n",
            &[
                "no longer closed: it takes values that are not listed [enum-openness-changed",
                "implements `PartialOrd` [traits-added",
            ],
        ),
        (
            "features = \"modules\"\n",
            &[
                "no longer implements `PartialOrd` [traits-removed",
                "now behind a feature of its own [feature-changed",
            ],
        ),
        (
            "enums = \"closed\"\n",
            &["no longer behind a feature of its own [feature-changed"],
        ),
    ] {
        project.put("cratewright.toml", &format!("{CONFIG}{config}"));
        let ran = project.run(&["generate"]);
        assert_eq!(ran.status, 0, "{}", ran.shown());
        for change in changes {
            assert!(ran.stdout.contains(change), "{change}: {}", ran.stdout);
        }
    }
    // A match of a closed enum lists all of its values.
    let spec = project.get("spec/harbour.yaml");
    project.put(
        "spec/harbour.yaml",
        &spec.replace("[nl, fr]", "[nl, fr, de]"),
    );
    let ran = project.run(&["generate"]);
    assert!(ran.stdout.contains("A major change"), "{}", ran.stdout);
}

/// The report would be lost if it could not be written after the crate.
#[test]
fn a_report_that_cannot_be_written_is_found_first() {
    for file in [".", "gone/report.md"] {
        let project = changed();
        let before = project.files();
        let ran = project.run(&["generate", "--report", file]);
        assert_eq!(ran.status, 2, "{}", ran.shown());
        let reason = format!("cannot write `{file}`: ");
        assert!(ran.stderr.contains(&reason), "{}", ran.stderr);
        assert_eq!(project.files(), before, "{file}");
    }
}
