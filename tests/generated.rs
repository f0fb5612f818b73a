//! What cratewright writes from spec/flex.yaml: locked file by file, and the same as what is committed.

#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod public_api;

use cratewright::output::FileTree;
use cratewright::output::{Changes, MANIFEST, WriteOptions, compare, write};
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::fs;
use std::path::{Path, PathBuf};

/// The crate that cratewright.toml describes, and the folder that it belongs into.
struct Job {
    files: FileTree,
    package: String,
    out: PathBuf,
}

fn job() -> Job {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config: toml::Table = fs::read_to_string(root.join("cratewright.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let [job] = config["crate"].as_array().unwrap().as_slice() else {
        panic!("one crate is expected")
    };
    let value = |key: &str| job[key].as_str().unwrap().to_owned();
    let source = Source::new(
        value("spec"),
        fs::read_to_string(root.join(value("spec"))).unwrap(),
    );
    let generation =
        generate(&[source], &Options::new(value("package"), value("version"))).unwrap();
    let warnings = &generation.analysis.warnings;
    assert!(warnings.is_empty(), "{warnings}");
    Job {
        files: generation.files,
        package: value("package"),
        out: root.join(value("out")),
    }
}

fn snapshots(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The files of the runtime are the templates as they are; the manifest has their hashes.
#[test]
fn every_file_is_as_reviewed() {
    let Job { files, .. } = job();
    let folder = tempfile::tempdir().unwrap();
    write(&files, folder.path(), &WriteOptions::default()).unwrap();
    let manifest = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
    // The packed description is long, and nobody can read it.
    let manifest: String = manifest
        .lines()
        .filter(|line| line.len() < 200)
        .collect::<Vec<_>>()
        .join("\n");
    let written = files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    snapshots("snapshots/generated").bind(|| {
        for (path, text) in written.chain([(MANIFEST, manifest.as_str())]) {
            insta::assert_snapshot!(path.replace('/', "__"), text);
        }
    });
}

#[test]
fn no_snapshot_is_left_of_a_file_that_is_gone() {
    let Job { files, .. } = job();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/generated");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let path = name.trim_end_matches(".snap").replace("__", "/");
        assert!(
            path == MANIFEST || files.contains(&path),
            "no file `{path}` is generated: delete tests/snapshots/generated/{name}"
        );
    }
}

#[test]
fn the_public_api_is_as_reviewed() {
    let Job { files, package, .. } = job();
    let api = public_api::of(&files, &package.replace('-', "_"));
    snapshots("snapshots").bind(|| insta::assert_snapshot!("generated.api", api));
}

#[test]
fn what_is_committed_is_what_cratewright_writes() {
    let Job { files, out, .. } = job();
    let changes = compare(&files, &out).unwrap();
    assert!(
        changes.is_clean(),
        "generated/ is not what cratewright writes:\n{}`cargo run -- generate` mends it",
        listed(&changes)
    );
}

fn listed(changes: &Changes) -> String {
    let Changes {
        added,
        changed,
        stale,
        edited,
        foreign,
        unchanged: _,
        interrupted: _,
    } = changes;
    [
        ("missing", added),
        ("differs", changed),
        ("stale", stale),
        ("edited", edited),
        ("foreign", foreign),
    ]
    .into_iter()
    .flat_map(|(what, paths)| paths.iter().map(move |path| format!("  {what}: {path}\n")))
    .collect()
}
