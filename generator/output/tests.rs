//! A commit is killed at every step, and the next run finds the folder as it was.

#![allow(clippy::unwrap_used)]

use super::commit::WorkFolder;
use super::journal::Journal;
use super::manifest::Manifest;
use super::paths::WORK_FOLDER;
use super::plan::Plan;
use super::{WriteOptions, compare, write};
use crate::output::FileTree;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;
use tempfile::TempDir;

type Files = BTreeMap<String, (String, SystemTime)>;

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert(*path, *text).unwrap();
    }
    tree
}

fn old() -> FileTree {
    tree(&[
        ("Cargo.toml", "old"),
        ("src/lib.rs", "old"),
        ("src/gone/a.rs", "a"),
        ("src/same.rs", "same"),
    ])
}

fn new() -> FileTree {
    tree(&[
        ("Cargo.toml", "new"),
        ("README.md", "new"),
        ("src/fresh/deep/b.rs", "b"),
        ("src/lib.rs", "new"),
        ("src/same.rs", "same"),
    ])
}

/// A folder with the old crate and unmanaged files in it.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    write(&old(), dir.path(), &WriteOptions::default()).unwrap();
    fs::create_dir_all(dir.path().join("target/empty")).unwrap();
    fs::write(dir.path().join("Cargo.lock"), "unmanaged").unwrap();
    dir
}

/// Every file with its time, and every folder, but not cratewright's work folder.
fn everything(dir: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let name = entry
                .path()
                .strip_prefix(dir)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if entry.path().is_dir() && name != WORK_FOLDER {
                files.insert(name, (String::new(), SystemTime::UNIX_EPOCH));
                folders.push(entry.path());
            } else if entry.path().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap();
                files.insert(name, (text, entry.metadata().unwrap().modified().unwrap()));
            }
        }
    }
    files
}

/// Writes the new crate and is killed after some steps; returns whether there was such a step.
fn write_until(dir: &Path, steps: usize) -> bool {
    let tree = new();
    let work = WorkFolder::lock(dir).unwrap();
    work.recover().unwrap();
    let manifest = Manifest::of(&tree);
    let plan = Plan::new(&tree, &manifest, dir, false).unwrap();
    let journal = work.stage(&plan).unwrap();
    let all: Vec<_> = journal.steps().collect();
    for step in all.iter().take(steps) {
        work.run(&journal, *step).unwrap();
    }
    steps <= all.len()
}

#[test]
fn killed_at_any_step_the_next_run_restores_the_folder() {
    let mut steps = 0;
    loop {
        let dir = folder();
        let before = everything(dir.path());
        if !write_until(dir.path(), steps) {
            break;
        }
        assert!(compare(&old(), dir.path()).unwrap().interrupted);
        let work = WorkFolder::lock(dir.path()).unwrap();
        assert!(work.recover().unwrap());
        work.release(false);
        assert_eq!(everything(dir.path()), before, "after {steps} steps");
        assert!(!dir.path().join(WORK_FOLDER).exists());
        steps += 1;
    }
    assert!(steps > 8, "the steps were walked through");
}

#[test]
fn killed_at_any_step_the_next_write_is_complete() {
    let whole = folder();
    write(&new(), whole.path(), &WriteOptions::default()).unwrap();
    let texts = |dir: &Path| {
        everything(dir)
            .into_iter()
            .map(|(path, (text, _))| (path, text))
            .collect::<BTreeMap<_, _>>()
    };
    let mut steps = 0;
    loop {
        let dir = folder();
        if !write_until(dir.path(), steps) {
            break;
        }
        let changes = write(&new(), dir.path(), &WriteOptions::default()).unwrap();
        assert!(changes.interrupted);
        assert_eq!(
            texts(dir.path()),
            texts(whole.path()),
            "after {steps} steps"
        );
        steps += 1;
    }
}

#[test]
fn a_killed_restoration_goes_on() {
    for steps in 0.. {
        let dir = folder();
        let before = everything(dir.path());
        if !write_until(dir.path(), steps) {
            break;
        }
        let work = WorkFolder::lock(dir.path()).unwrap();
        let journal = Journal::parse(&fs::read(work.journal()).unwrap()).unwrap();
        for index in [5, 4, 3] {
            work.undo_file(index, journal.entry(index).unwrap())
                .unwrap();
        }
        assert!(work.recover().unwrap());
        work.release(false);
        assert_eq!(everything(dir.path()), before, "after {steps} steps");
    }
}

#[test]
fn a_file_changed_after_the_kill_is_kept() {
    let dir = folder();
    assert!(write_until(dir.path(), 6));
    fs::write(dir.path().join("src/lib.rs"), "typed in meanwhile").unwrap();
    fs::write(dir.path().join("Cargo.toml"), "typed in meanwhile").unwrap();
    let refused = write(&new(), dir.path(), &WriteOptions::default()).unwrap_err();
    assert_eq!(refused.code, "edited-file");
    for path in ["src/lib.rs", "Cargo.toml"] {
        assert_eq!(
            fs::read_to_string(dir.path().join(path)).unwrap(),
            "typed in meanwhile"
        );
    }
    assert!(dir.path().join("src/gone/a.rs").exists());
}

#[test]
fn a_failing_step_puts_everything_back() {
    let dir = folder();
    let before = everything(dir.path());
    let tree = new();
    let work = WorkFolder::lock(dir.path()).unwrap();
    let manifest = Manifest::of(&tree);
    let plan = Plan::new(&tree, &manifest, dir.path(), false).unwrap();
    // A folder that appears where a file is about to go makes the renaming fail.
    let blocked = dir.path().join("README.md");
    fs::create_dir(&blocked).unwrap();
    fs::write(blocked.join("x"), "").unwrap();
    let failure = work.commit(&plan).unwrap_err();
    assert_eq!(failure.code, "io");
    work.release(true);
    fs::remove_dir_all(&blocked).unwrap();
    assert_eq!(everything(dir.path()), before);
    assert!(!dir.path().join(WORK_FOLDER).exists());
}

#[test]
fn a_journal_cannot_name_what_is_outside() {
    for path in ["../x", "/x", "a/../../x", ".cratewright.tmp/lock"] {
        let text =
            format!(r#"{{"folders":[],"files":[{{"path":{path:?},"replaces":true,"new":null}}]}}"#);
        assert!(Journal::parse(text.as_bytes()).is_err(), "{path}");
    }
}
