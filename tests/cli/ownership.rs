//! What a run does to the folder, and what it leaves alone.

use crate::project::{Project, Ran, WORK_FOLDER};
use std::fs::{self, File};
use std::process::Stdio;

#[test]
fn an_edit_is_shown_refused_and_overwritten_when_forced() {
    let project = Project::generated();
    let original = project.get("generated/README.md");
    project.append("generated/README.md", "edited by hand\n");

    let check = project.run(&["check"]);
    assert_eq!(check.status, 1);
    for part in [
        "  edited   README.md",
        "\n-edited by hand\n",
        "to fix it, losing the edits: cratewright generate --force\n",
    ] {
        assert!(check.stdout.contains(part), "{}", check.stdout);
    }
    insta::assert_snapshot!(project.run(&["generate"]).shown());
    assert_eq!(project.run(&["generate", "--force"]).status, 0);
    assert_eq!(project.get("generated/README.md"), original);
    assert_eq!(project.run(&["check"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_is_not_followed() {
    let project = Project::new();
    fs::create_dir_all(project.path("generated")).unwrap();
    fs::create_dir_all(project.path("outside")).unwrap();
    std::os::unix::fs::symlink(project.path("outside"), project.path("generated/src")).unwrap();
    insta::assert_snapshot!(project.run(&["generate", "--force"]).shown());
    assert_eq!(fs::read_dir(project.path("outside")).unwrap().count(), 0);
}

#[test]
fn a_folder_that_is_written_to_is_locked() {
    let project = Project::new();
    let lock = project.path("generated").join(WORK_FOLDER).join("lock");
    fs::create_dir_all(lock.parent().unwrap()).unwrap();
    let held = File::create(&lock).unwrap();
    held.lock().unwrap();
    insta::assert_snapshot!(project.run(&["generate"]).shown());
    drop(held);
    let ran = project.run(&["generate"]);
    assert_eq!(
        ran.status, 0,
        "a lock that nobody holds is no lock: {}",
        ran.stderr
    );
    assert!(!project.path("generated").join(WORK_FOLDER).exists());
}

#[test]
fn runs_at_the_same_time_do_not_mix() {
    let project = Project::new();
    for round in 0..5 {
        let operation = if round % 2 == 0 {
            "FetchShip"
        } else {
            "FetchPier"
        };
        let args = [
            "generate",
            "--spec",
            "spec/harbour.yaml",
            "--out",
            "out",
            "--operations",
            operation,
        ];
        let runs: Vec<_> = (0..4)
            .map(|_| {
                project
                    .command(&args)
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for run in runs {
            let ran = Ran::of(&run.wait_with_output().unwrap());
            assert!(
                ran.status == 0 || ran.stderr.starts_with("error[locked]"),
                "{}",
                ran.stderr
            );
        }
        let check: Vec<&str> = ["check"]
            .into_iter()
            .chain(args[1..].iter().copied())
            .collect();
        assert_eq!(project.run(&check).status, 0);
        assert!(!project.path("out").join(WORK_FOLDER).exists());
    }
}

#[test]
fn an_interrupted_run_is_undone_by_the_next() {
    let project = Project::generated();
    let readme = project.get("generated/README.md");
    // As a run leaves it that was killed after it had moved one file away and another to its place.
    let work = format!("generated/{WORK_FOLDER}");
    fs::create_dir_all(project.path(&work).join("new")).unwrap();
    fs::create_dir_all(project.path(&work).join("old")).unwrap();
    fs::rename(
        project.path("generated/README.md"),
        project.path(&work).join("old/0"),
    )
    .unwrap();
    let sha256_of_x = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    project.put("generated/added.rs", "x");
    let journal = format!(
        r#"{{"folders": [], "files": [{{"path": "README.md", "replaces": true, "new": null}},
            {{"path": "added.rs", "replaces": false, "new": "{sha256_of_x}"}}]}}"#
    );
    project.put(&format!("{work}/journal.json"), &journal);

    let check = project.run(&["check"]);
    assert_eq!(check.status, 1);
    assert!(
        check.stderr.starts_with("warning[interrupted]"),
        "{}",
        check.stderr
    );
    insta::assert_snapshot!(project.run(&["generate"]).stderr);
    assert_eq!(project.get("generated/README.md"), readme);
    assert!(!project.path("generated/added.rs").exists());
    assert!(!project.path(&work).exists());
    assert_eq!(project.run(&["check"]).status, 0);
}

#[test]
fn nothing_outside_the_folder_is_written() {
    let project = Project::new();
    let before = project.files();
    project.run(&["generate"]);
    let outside: Vec<_> = project
        .files()
        .into_iter()
        .filter(|(path, _)| !path.starts_with(project.path("generated")))
        .collect();
    assert_eq!(outside, before);
    assert!(project.path("generated/Cargo.toml").exists());
}
