//! What cratewright writes from the description that cratewright.toml names: the snapshots in tests/generated lock it file by file,
//! and what is committed is the same.

use crate::support::{assert_reviewed, public_api, root};
use cratewright::output::{Changes, FileTree, compare};
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::fs;
use std::path::PathBuf;

/// The crate that cratewright.toml describes, and the folder that it belongs into.
struct Job {
    files: FileTree,
    package: String,
    out: PathBuf,
}

fn job() -> Job {
    let config: toml::Table = fs::read_to_string(root().join("cratewright.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let [job] = config["crate"].as_array().unwrap().as_slice() else {
        panic!("one crate is expected")
    };
    let value = |key: &str| job[key].as_str().unwrap().to_owned();
    let source = Source::new(
        value("spec"),
        fs::read_to_string(root().join(value("spec"))).unwrap(),
    );
    let generation =
        generate(&[source], &Options::new(value("package"), value("version"))).unwrap();
    let warnings = &generation.analysis.warnings;
    assert!(warnings.is_empty(), "{warnings}");
    Job {
        files: generation.files,
        package: value("package"),
        out: root().join(value("out")),
    }
}

/// The name of the snapshot of a file; the files of the runtime are the templates as they are, and have none.
fn snapshot_of(path: &str) -> Option<String> {
    (!path.starts_with("src/runtime/")).then(|| path.replace('/', "__"))
}

#[test]
fn every_file_is_as_reviewed() {
    let Job { files, .. } = job();
    for (path, text) in files.iter() {
        if let Some(name) = snapshot_of(path) {
            assert_reviewed("generated", &name, text);
        }
    }
}

#[test]
fn no_snapshot_is_left_of_a_file_that_is_gone() {
    let Job { files, .. } = job();
    let names = files.iter().filter_map(|(path, _)| snapshot_of(path));
    let known: Vec<String> = names.chain([RUNTIME_API.to_owned()]).collect();
    for entry in fs::read_dir(root().join("tests/generated")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        // A snapshot that waits for a review is another test's business.
        if let Some(name) = file.strip_suffix(".snap") {
            assert!(
                known.iter().any(|known| known == name),
                "nothing is generated that tests/generated/{file} is a snapshot of: delete it"
            );
        }
    }
}

const RUNTIME_API: &str = "runtime.api";

/// No other snapshot shows the runtime: what callers can name in it is listed as signatures.
#[test]
fn the_public_api_of_the_runtime_is_as_reviewed() {
    let Job { files, package, .. } = job();
    let api = public_api::runtime(&files, &package.replace('-', "_"));
    assert_reviewed("generated", RUNTIME_API, &api);
}

#[test]
fn what_is_committed_is_what_cratewright_writes() {
    let Job { files, out, .. } = job();
    let changes = compare(&files, &out).unwrap();
    assert!(
        changes.is_clean(),
        "generated/ is not what cratewright writes:\n{}`cargo run -- generate` fixes it",
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
