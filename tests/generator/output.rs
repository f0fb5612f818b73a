//! What writing into a folder adds, changes and deletes, and what it leaves alone and refuses.

use crate::support::assert_reviewed;
use cratewright::output::FileTree;
use cratewright::output::{Changes, MANIFEST, WriteOptions, check_folder, compare, write};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FORCE: WriteOptions = WriteOptions {
    force: true,
    dry_run: false,
};
const DRY_RUN: WriteOptions = WriteOptions {
    force: false,
    dry_run: true,
};

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert(*path, *text).unwrap();
    }
    tree
}

fn put(tree: &FileTree, dir: &Path) -> Changes {
    write(tree, dir, &WriteOptions::default()).unwrap()
}

fn refusal(tree: &FileTree, dir: &Path) -> String {
    let before = texts(dir);
    let diagnostic = write(tree, dir, &WriteOptions::default()).unwrap_err();
    assert_eq!(texts(dir), before, "a refusal changes nothing");
    diagnostic
        .to_string()
        .replace(dir.to_str().unwrap(), "OUT")
        .replace('\\', "/")
}

/// Every file below a folder.
fn texts(dir: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .map(Result::unwrap)
        {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry
                    .path()
                    .strip_prefix(dir)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                texts.insert(name, fs::read_to_string(entry.path()).unwrap_or_default());
            }
        }
    }
    texts
}

fn one() -> FileTree {
    tree(&[
        ("Cargo.toml", "one"),
        ("src/lib.rs", "one"),
        ("src/runtime/a.rs", "a"),
    ])
}

fn two() -> FileTree {
    tree(&[
        ("Cargo.toml", "two"),
        ("README.md", "two"),
        ("src/lib.rs", "one"),
    ])
}

#[test]
fn what_is_added_changed_and_stale() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("deep/out");
    assert_eq!(
        compare(&one(), &out).unwrap().added,
        ["Cargo.toml", "src/lib.rs", "src/runtime/a.rs", MANIFEST]
    );
    assert!(!out.exists(), "comparing writes nothing");
    put(&one(), &out);
    assert!(compare(&one(), &out).unwrap().is_clean());

    let changes = put(&two(), &out);
    assert_eq!(changes.added, ["README.md"]);
    assert_eq!(changes.changed, ["Cargo.toml", MANIFEST]);
    assert_eq!(changes.stale, ["src/runtime/a.rs"]);
    assert_eq!(changes.unchanged, ["src/lib.rs"]);
    assert!(
        !out.join("src/runtime").exists(),
        "a folder that became empty goes"
    );
    assert!(compare(&two(), &out).unwrap().is_clean());
}

#[test]
fn the_manifest_is_readable_and_constant() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    assert_reviewed(
        "output",
        "the_manifest_is_readable_and_constant",
        &fs::read_to_string(dir.path().join(MANIFEST)).unwrap(),
    );
}

#[test]
fn a_file_that_is_right_is_not_touched() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    let modified = |path: &str| {
        fs::metadata(dir.path().join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let (lib, folder) = (modified("src/lib.rs"), modified(""));
    put(&one(), dir.path());
    assert_eq!(
        (modified("src/lib.rs"), modified("")),
        (lib, folder),
        "nothing to do leaves the folder alone"
    );
    put(&two(), dir.path());
    assert_eq!(modified("src/lib.rs"), lib);
}

#[test]
fn an_unmanaged_file_is_never_deleted() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    for path in [
        "Cargo.lock",
        "notes.txt",
        "src/runtime/mine.rs",
        "target/debug/x",
    ] {
        fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
        fs::write(dir.path().join(path), "mine").unwrap();
    }
    write(&two(), dir.path(), &FORCE).unwrap();
    let texts = texts(dir.path());
    for path in [
        "Cargo.lock",
        "notes.txt",
        "src/runtime/mine.rs",
        "target/debug/x",
    ] {
        assert_eq!(texts[path], "mine", "{path}");
    }
}

#[test]
fn an_edited_file_is_refused_unless_forced() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    fs::write(dir.path().join("Cargo.toml"), "mine").unwrap();
    assert_eq!(compare(&one(), dir.path()).unwrap().edited, ["Cargo.toml"]);
    assert_reviewed(
        "output",
        "an_edited_file_is_refused_unless_forced",
        &refusal(&one(), dir.path()),
    );
    assert_eq!(
        write(&one(), dir.path(), &FORCE).unwrap().edited,
        ["Cargo.toml"]
    );
    assert!(compare(&one(), dir.path()).unwrap().is_clean());
}

#[test]
fn an_edit_to_the_wanted_text_is_no_edit() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    fs::write(dir.path().join("Cargo.toml"), "two").unwrap();
    assert_eq!(
        put(&two(), dir.path()).unchanged,
        ["Cargo.toml", "src/lib.rs"]
    );
}

#[test]
fn a_stale_file_that_was_edited_is_refused_unless_forced() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    fs::write(dir.path().join("src/runtime/a.rs"), "mine").unwrap();
    assert!(refusal(&two(), dir.path()).contains("`OUT/src/runtime/a.rs` was edited"));
    write(&two(), dir.path(), &FORCE).unwrap();
    assert!(!dir.path().join("src/runtime").exists());
}

#[test]
fn an_unmanaged_file_in_the_way_is_refused_unless_forced() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("Cargo.toml"), "mine").unwrap();
    fs::write(dir.path().join("other"), "mine").unwrap();
    assert_eq!(compare(&one(), dir.path()).unwrap().foreign, ["Cargo.toml"]);
    assert_reviewed(
        "output",
        "an_unmanaged_file_in_the_way_is_refused_unless_forced",
        &refusal(&one(), dir.path()),
    );
    write(&one(), dir.path(), &FORCE).unwrap();
    assert_eq!(texts(dir.path())["other"], "mine");
}

#[test]
fn many_paths_are_not_all_listed() {
    let dir = TempDir::new().unwrap();
    let paths: Vec<String> = (10..40).map(|number| format!("file{number}")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "text")).collect();
    for path in &paths {
        fs::write(dir.path().join(path), "mine").unwrap();
    }
    assert!(refusal(&tree(&files), dir.path()).contains("and 20 more"));
}

#[test]
fn a_deleted_file_comes_back() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    fs::remove_file(dir.path().join("Cargo.toml")).unwrap();
    assert_eq!(put(&one(), dir.path()).added, ["Cargo.toml"]);
    assert_eq!(texts(dir.path())["Cargo.toml"], "one");
}

#[test]
fn a_dry_run_refuses_but_writes_nothing() {
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    let before = texts(dir.path());
    let changes = write(&two(), dir.path(), &DRY_RUN).unwrap();
    assert_eq!(
        (
            changes.added.len(),
            changes.changed.len(),
            changes.stale.len()
        ),
        (1, 2, 1)
    );
    assert_eq!(texts(dir.path()), before);
    fs::write(dir.path().join("Cargo.toml"), "mine").unwrap();
    assert_eq!(
        write(&two(), dir.path(), &DRY_RUN).unwrap_err().code,
        "edited-file"
    );
}

#[test]
fn a_broken_manifest_is_refused_unless_forced() {
    let dir = TempDir::new().unwrap();
    for (text, reason) in [
        ("<<<<<<< HEAD\n", "expected value"),
        (r#"{"format": 3, "files": {}}"#, "format 3"),
        (
            r#"{"format": 1, "files": {"../../victim": ""}}"#,
            "../../victim",
        ),
        (r#"{"format": 1, "files": {"/victim": ""}}"#, "/victim"),
    ] {
        fs::write(dir.path().join(MANIFEST), text).unwrap();
        let refused = refusal(&one(), dir.path());
        assert!(refused.contains(reason), "{refused}");
    }
    write(&one(), dir.path(), &FORCE).unwrap();
    assert!(compare(&one(), dir.path()).unwrap().is_clean());
}

#[test]
fn what_stands_where_a_file_or_folder_belongs_is_refused_even_when_forced() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("Cargo.toml")).unwrap();
    assert_reviewed(
        "output",
        "what_stands_where_a_file_or_folder_belongs_is_refused_even_when_forced",
        &refusal(&one(), dir.path()),
    );
    fs::remove_dir(dir.path().join("Cargo.toml")).unwrap();
    fs::write(dir.path().join("src"), "mine").unwrap();
    assert_eq!(
        write(&one(), dir.path(), &FORCE).unwrap_err().code,
        "in-the-way"
    );
    assert_eq!(texts(dir.path()).len(), 1);
}

#[test]
fn a_folder_that_could_not_be_written_is_not_left_behind() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    assert!(write(&one(), &dir.path().join("file/out"), &FORCE).is_err());
    assert_eq!(texts(dir.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("lib.rs"), "outside").unwrap();
    let before = texts(outside.path());
    for link in ["src", "src/lib.rs", MANIFEST, ".cratewright.tmp"] {
        let dir = TempDir::new().unwrap();
        fs::create_dir_all(dir.path().join(link).parent().unwrap()).unwrap();
        let target = if link.ends_with("lib.rs") {
            outside.path().join("lib.rs")
        } else {
            outside.path().to_owned()
        };
        symlink(target, dir.path().join(link)).unwrap();
        let refused = write(&one(), dir.path(), &FORCE).unwrap_err();
        assert_eq!(refused.code, "in-the-way", "{link}");
        assert_eq!(texts(outside.path()), before, "{link}");
    }
    let dir = TempDir::new().unwrap();
    put(&one(), dir.path());
    fs::remove_dir_all(dir.path().join("src/runtime")).unwrap();
    symlink(outside.path(), dir.path().join("src/runtime")).unwrap();
    fs::write(outside.path().join("a.rs"), "a").unwrap();
    write(&two(), dir.path(), &FORCE).unwrap();
    assert!(
        outside.path().join("a.rs").exists(),
        "a stale path through a link is not deleted"
    );
}

#[cfg(unix)]
#[test]
fn the_folder_itself_may_be_a_link() {
    let real = TempDir::new().unwrap();
    let dir = TempDir::new().unwrap();
    let link = dir.path().join("out");
    std::os::unix::fs::symlink(real.path(), &link).unwrap();
    put(&one(), &link);
    assert_eq!(texts(real.path())["Cargo.toml"], "one");
}

#[test]
fn folders_that_nothing_is_generated_into() {
    let dir = TempDir::new().unwrap();
    let spec = dir.path().join("flex.yaml");
    fs::write(&spec, "").unwrap();
    assert!(
        check_folder(dir.path(), &[&spec]).is_err(),
        "the folder of the description"
    );
    assert!(
        check_folder(&dir.path().join("x/../."), &[&spec]).is_err(),
        "the same folder, by way of what does not exist"
    );
    assert!(check_folder(&dir.path().join("generated"), &[&spec]).is_ok());
    assert!(check_folder(&spec, &[]).is_err(), "a file");
    assert!(check_folder(Path::new("/"), &[]).is_err(), "the root");
    assert!(check_folder(Path::new(""), &[]).is_err(), "nothing");
}

#[test]
fn paths_that_no_generated_file_can_have() {
    let mut tree = FileTree::new();
    let bad = [
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../b",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "C:/x",
        "a\0b",
        "a\nb",
        "con",
        "src/AUX.rs",
        "a./b",
        "a ",
        ".cratewright.json",
        ".Cratewright.JSON",
        ".cratewright.tmp/x",
        "a?b",
        "a|b",
    ];
    for path in bad {
        assert!(tree.insert(path, "").is_err(), "{path:?}");
    }
    assert!(tree.is_empty());
    for path in ["src/lib.rs", "src/été.rs", "a.b/c", "console.rs"] {
        tree.insert(path, "").unwrap();
    }
    for path in [
        "src/lib.rs",
        "SRC/other.rs",
        "src/Lib.rs",
        "src",
        "src/lib.rs/x",
        "A.b/c",
    ] {
        assert!(tree.insert(path, "").is_err(), "{path:?}");
    }
    assert_eq!(tree.len(), 4);
}
