//! cratewright.toml: where it is found, and what is reported of one that is wrong.

use crate::project::{CONFIG, Project, Ran, lines_of_json};
use std::fs;
use tempfile::TempDir;

#[test]
fn it_is_found_in_a_parent_folder() {
    let project = Project::new();
    fs::create_dir_all(project.path("src/deep")).unwrap();
    let run = |args: &[&str]| {
        let mut command = project.command(args);
        Ran::of(
            &command
                .current_dir(project.path("src/deep"))
                .output()
                .unwrap(),
        )
    };
    let ran = run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    assert!(
        ran.stdout.contains(" in ../../generated"),
        "{}",
        ran.shown()
    );
    assert!(project.path("generated/Cargo.toml").exists());
    assert_eq!(run(&["check"]).status, 0);
    assert_eq!(project.run(&["check"]).status, 0, "from any folder");
}

#[test]
fn mistakes_have_places() {
    let project = Project::new();
    let mut shown = String::new();
    for config in [
        CONFIG.replace("[[crate]]", "[crate]"),
        CONFIG.replace("spec/harbour.yaml", "spec/harbor.yaml"),
        format!("{CONFIG}overlays = [\"spec/fixes.yaml\"]\n"),
        format!("{CONFIG}operation = [\"FetchShip\"]\n"),
        format!("{CONFIG}operations = \"FetchShip\"\n"),
        format!("{CONFIG}enums = \"ajar\"\n"),
        format!("{CONFIG}types.formats.uuid = \"uuid:Uuid\"\n"),
        format!("{CONFIG}rename.operations.FetchShip = \"fetch ship\"\n"),
        format!("{CONFIG}manifest.licence = \"MIT\"\n"),
        format!(
            "{CONFIG}dependencies = {{ jiff = 2, \"a b\" = \"1\", decimal = {{}}, money = \"one\" }}\n"
        ),
        format!("{CONFIG}[workspace]\n"),
        format!("{CONFIG}rename = {{ fields = {{ Ship = 1 }} }}\n"),
    ] {
        project.put("cratewright.toml", &config);
        let ran = project.run(&["generate"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{config}");
        shown += &ran.stderr;
        let machine = project.run(&["generate", "--message-format", "json"]);
        for line in lines_of_json(&machine.stdout) {
            assert_eq!(line["file"], "cratewright.toml", "{line}");
            assert!(line["line"].is_u64(), "{line}");
        }
    }
    assert!(!project.path("generated").exists());
    insta::assert_snapshot!(shown);
}

#[test]
fn files_of_the_old_name_are_to_be_renamed() {
    let project = Project(TempDir::new().unwrap());
    project.put("flexgen.toml", CONFIG);
    let config = project.run(&["generate"]);
    let project = Project::generated();
    fs::rename(
        project.path("generated/.cratewright.json"),
        project.path("generated/.flexgen.json"),
    )
    .unwrap();
    let manifest = project.run(&["generate"]);
    let check = project.run(&["check"]);
    fs::rename(
        project.path("generated/.flexgen.json"),
        project.path("generated/.cratewright.json"),
    )
    .unwrap();
    assert_eq!(project.run(&["check"]).status, 0);
    let mut command = project.command(&["check"]);
    let variable = Ran::of(&command.env("FLEXGEN_CORPUS", "x").output().unwrap());
    assert_eq!(variable.status, 0);
    let runs = [config, manifest, check].map(|ran| ran.shown());
    insta::assert_snapshot!(runs.concat() + &variable.stderr);
}

#[test]
fn a_folder_that_is_no_name_comes_with_one_that_is() {
    let project = Project::new();
    let ran = project.run(&["generate", "--spec", "spec/harbour.yaml", "--out", "gen"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("`--package gen-client`"),
        "{}",
        ran.stderr
    );
}
