//! What a run prints for people and for machines.

use crate::project::{CONFIG, HARBOUR, MANIFEST, Project, Ran, WORK_FOLDER, lines_of_json};
use std::io::Read as _;
use std::process::Stdio;

#[test]
fn generate_then_check() {
    let project = Project::new();
    let first = project.run(&["generate"]);
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert!(
        first.stdout.starts_with("harbour: wrote "),
        "{}",
        first.stdout
    );
    assert!(!project.path("generated").join(WORK_FOLDER).exists());
    let again = project.run(&["generate"]);
    assert!(
        again
            .stdout
            .starts_with("harbour: generated is up to date ("),
        "{}",
        again.stdout
    );
    let check = project.run(&["check"]);
    assert_eq!((check.status, check.stdout), (0, again.stdout));
}

#[test]
fn from_another_folder_the_same_bytes() {
    let project = Project::generated();
    let manifest = project.get("generated/.cratewright.json");
    let mut command = project.command(&["check", "--config", "../cratewright.toml"]);
    let ran = Ran::of(&command.current_dir(project.path("spec")).output().unwrap());
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(
        ran.stdout
            .starts_with("harbour: ../generated is up to date"),
        "{}",
        ran.stdout
    );
    let args = [
        "generate",
        "--spec",
        "spec/harbour.yaml",
        "--out",
        "elsewhere/harbour",
    ];
    assert_eq!(project.run(&args).status, 0);
    assert_eq!(project.get("elsewhere/harbour/.cratewright.json"), manifest);
}

#[test]
fn a_changed_description_is_shown_and_fixed() {
    let project = Project::generated();
    project.put("generated/Cargo.lock", "mine");
    project.put("generated/src/mine.rs", "mine");
    let before = project.files();
    project.sink_the_ships();

    let check = project.run(&["check"]);
    assert_eq!(check.status, 1);
    for part in [
        "harbour: generated is not what cratewright writes\n",
        "  stale    src/",
        "  changed  src/lib.rs\n",
        "to fix it: cratewright generate\n",
    ] {
        assert!(check.stdout.contains(part), "{}", check.stdout);
    }
    let dry = project.run(&["generate", "--dry-run"]);
    assert!(
        dry.stdout.starts_with("harbour: would write "),
        "{}",
        dry.stdout
    );
    let untouched = project
        .files()
        .into_iter()
        .filter(|(path, _)| !path.ends_with("spec/harbour.yaml"));
    assert!(
        untouched.eq(before
            .into_iter()
            .filter(|(path, _)| !path.ends_with("spec/harbour.yaml")))
    );

    let ran = project.run(&["generate"]);
    assert!(ran.stdout.contains(", deleted "), "{}", ran.stdout);
    assert_eq!(project.run(&["check"]).status, 0);
    assert_eq!(
        (
            project.get("generated/Cargo.lock"),
            project.get("generated/src/mine.rs")
        ),
        ("mine".into(), "mine".into())
    );
}

#[test]
fn long_diffs_are_cut() {
    let project = Project::generated();
    project.append("generated/README.md", &"edited by hand\n".repeat(500));
    let check = project.run(&["check"]);
    assert!(check.stdout.lines().count() < 60, "{}", check.stdout);
    assert!(check.stdout.contains("more lines\n"), "{}", check.stdout);
}

#[test]
fn the_command_that_fixes_is_the_one_that_was_typed() {
    let project = Project::new();
    let args = [
        "check",
        "--spec",
        "spec/harbour.yaml",
        "--out",
        "my folder",
        "--package",
        "harbour",
    ];
    let ran = project.run(&args);
    assert_eq!(ran.status, 1);
    let fix = "to fix it: cratewright generate --spec spec/harbour.yaml --out 'my folder' --package harbour\n";
    assert!(ran.stdout.ends_with(fix), "{}", ran.stdout);
    let by_cargo = Ran::of(
        &project
            .command(&["check"])
            .env("CARGO_PKG_NAME", "cratewright")
            .output()
            .unwrap(),
    );
    assert!(
        by_cargo
            .stdout
            .ends_with("to fix it: cargo run -- generate\n"),
        "{}",
        by_cargo.stdout
    );
}

#[test]
fn a_failing_crate_keeps_the_others_from_being_written() {
    let project = Project::new();
    let second = CONFIG
        .replace("harbour\"", "second\"")
        .replace("generated", "second")
        .replace("harbour.yaml", "second.yaml");
    project.put("cratewright.toml", &format!("{CONFIG}\n{second}"));
    project.put("spec/second.yaml", "openapi: [\n");
    assert_eq!(project.run(&["generate"]).status, 2);
    assert!(!project.path("generated").exists());
    project.put("spec/second.yaml", HARBOUR);
    let ran = project.run(&["generate"]);
    assert_eq!(
        (ran.status, ran.stdout.lines().count()),
        (0, 2),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    let one = project.run(&["generate", "--package", "second"]);
    assert_eq!((one.status, one.stdout.lines().count()), (0, 1));
}

#[test]
fn machines_get_one_object_a_line() {
    let project = Project::new();
    let generated = project.run(&["generate", "--message-format", "json"]);
    let [line] = &lines_of_json(&generated.stdout)[..] else {
        panic!("{}", generated.stdout)
    };
    assert_eq!(
        (&line["kind"], &line["package"], &line["out"]),
        (&"generated".into(), &"harbour".into(), &"generated".into())
    );
    assert!(line["added"].as_array().unwrap().contains(&MANIFEST.into()));

    project.append("generated/README.md", "edited by hand\n");
    let checked = project.run(&["--message-format", "json", "check"]);
    let [line] = &lines_of_json(&checked.stdout)[..] else {
        panic!("{}", checked.stdout)
    };
    assert_eq!(
        (checked.status, &line["clean"], &line["edited"][0]),
        (1, &false.into(), &"README.md".into())
    );
    assert_eq!(
        line["fix"],
        "cratewright --message-format json generate --force"
    );

    project.put("spec/harbour.yaml", "openapi: [\n");
    let failed = project.run(&["generate", "--message-format=json"]);
    let [line] = &lines_of_json(&failed.stdout)[..] else {
        panic!("{}", failed.stdout)
    };
    assert_eq!((failed.status, failed.stderr.as_str()), (2, ""));
    assert_eq!(
        (&line["kind"], &line["severity"]),
        (&"diagnostic".into(), &"error".into())
    );
    assert_eq!(
        (&line["file"], line["line"].is_number()),
        (&"spec/harbour.yaml".into(), true)
    );
}

#[test]
fn inspect_writes_nothing_and_needs_no_folder() {
    let project = Project::new();
    let before = project.files();
    let table = project.run(&["inspect"]);
    assert_eq!(table.status, 0, "{}", table.stderr);
    assert!(table.stdout.contains("FetchShip"), "{}", table.stdout);
    let json = project.run(&["inspect", "--spec", "spec/harbour.yaml", "--format", "json"]);
    assert!(lines_of_json(&json.stdout)[0].is_object());
    let lines = project.run(&["inspect", "--message-format", "json"]);
    assert_eq!(lines_of_json(&lines.stdout)[0]["kind"], "inspection");
    assert_eq!(project.files(), before);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let project = Project::generated();
    project.append("generated/README.md", &"edited by hand\n".repeat(500));
    let mut run = project
        .command(&["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    let mut stderr = String::new();
    run.stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!((run.wait().unwrap().code(), stderr.as_str()), (Some(1), ""));
}
