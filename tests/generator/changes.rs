//! Small pairs of descriptions in tests/changes, one change each: what the report says, and whether the compiler agrees.

use crate::support::{assert_reviewed, cargo, listing};
use cratewright::diff::{Report, Rust, Side, compare};
use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Generation, Options, generate};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

struct Pair {
    name: String,
    folder: PathBuf,
    old: (Generation, Source),
    new: (Generation, Source),
    report: Report,
}

/// All pairs, which are generated once.
static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes");
    let entries = fs::read_dir(root).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders.into_iter().map(read).collect()
});

fn read(folder: PathBuf) -> Pair {
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    let side = |file: &str| {
        let source = Source::new(file, fs::read_to_string(folder.join(file)).unwrap());
        let options = Options::new("harbour", "0.1.0");
        let generation = generate(std::slice::from_ref(&source), &options);
        (
            generation.unwrap_or_else(|problems| panic!("{problems}")),
            source,
        )
    };
    let (old, new) = (side("old.yaml"), side("new.yaml"));
    let report = compare(
        &Side::new(&old.0.analysis, std::slice::from_ref(&old.1)),
        &Side::new(&new.0.analysis, std::slice::from_ref(&new.1)),
    );
    Pair {
        name,
        folder,
        old,
        new,
        report,
    }
}

#[test]
fn each_reads_as_reviewed() {
    for Pair { name, report, .. } in PAIRS.iter() {
        let report = report.clone().from_version(&semver::Version::new(0, 1, 0));
        assert_reviewed(format!("changes/{name}"), "report", &report.to_markdown());
    }
}

/// The public API differs just where the report says so.
#[test]
fn the_public_api_agrees() {
    for Pair {
        name,
        old,
        new,
        report,
        ..
    } in PAIRS.iter()
    {
        let differ = listing::difference(&old.0.files, &new.0.files, "harbour");
        let is_said = report.summary.rust >= Some(Rust::Minor);
        assert_eq!(
            !differ.is_empty(),
            is_said,
            "{name}: {differ}\n{}",
            report.to_text(false)
        );
    }
}

/// Nothing is reported to have changed between a description and itself.
#[test]
fn a_description_is_like_itself() {
    for Pair {
        name,
        old: (generation, source),
        ..
    } in PAIRS.iter()
    {
        let side = Side::new(&generation.analysis, std::slice::from_ref(source));
        assert!(compare(&side, &side).is_empty(), "{name}");
    }
}

/// The lines of a file in any order, but for the documentation, which shows examples.
fn code(text: &str) -> Vec<&str> {
    let lines = text.lines();
    let mut lines: Vec<&str> = lines
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    lines.sort_unstable();
    lines
}

/// Where nothing changes in Rust, the code of the crate is the same.
#[test]
fn what_is_none_in_rust_changes_no_code() {
    let mut count = 0;
    for Pair {
        name,
        old,
        new,
        report,
        ..
    } in PAIRS.iter()
    {
        if report.summary.rust > Some(Rust::None) {
            continue;
        }
        count += 1;
        for (path, text) in old.0.files.iter() {
            if path.starts_with("src/") {
                let now = new.0.files.get(path).unwrap_or_default();
                assert_eq!(code(text), code(now), "{name}: {path}");
            }
        }
    }
    assert!(count > 5, "{count}");
}

/// A report that is too long for a comment shows all that breaks, and counts what it leaves out.
#[test]
fn a_report_that_is_cut_keeps_what_breaks() {
    let description = |fields: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Harbour, version: 1.0.0}}\nservers: [{{url: https://harbour.example.com}}]\npaths:\n  /ships:\n    get:\n      operationId: getShip\n      tags: [ship]\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n{fields}"
        )
    };
    let fields = |prefix: &str, count: usize, kind: &str| -> String {
        let names = (0..count).map(|index| format!("{prefix}{index}{kind}"));
        names
            .map(|name| format!("                  {name}: {{type: string}}\n"))
            .collect()
    };
    let side = |name: &str, fields: &str| {
        let source = Source::new(name, description(fields));
        let options = Options::new("harbour", "0.1.0");
        let generation = generate(std::slice::from_ref(&source), &options);
        (
            generation.unwrap_or_else(|problems| panic!("{problems}")),
            source,
        )
    };
    let old = side(
        "old.yaml",
        &(fields("aft", 60, "_gone") + &fields("kept", 3, "")),
    );
    let new = side(
        "new.yaml",
        &(fields("kept", 3, "") + &fields("bow", 900, "_is_new")),
    );
    let report = compare(
        &Side::new(&old.0.analysis, std::slice::from_ref(&old.1)),
        &Side::new(&new.0.analysis, std::slice::from_ref(&new.1)),
    );
    assert_eq!((report.summary.major, report.summary.minor), (60, 900));
    let markdown = report.to_markdown();
    assert!(markdown.len() < 65_000, "{}", markdown.len());
    assert_eq!(markdown.matches("`field-removed`").count(), 60);
    let shown = markdown.matches("`field-added`").count();
    assert!((1..900).contains(&shown), "{shown}");
    let left_out = format!("Left out: {} additions.", 900 - shown);
    assert!(markdown.contains(&left_out), "{left_out}");
    let text = report.to_text_within(false, 30);
    assert_eq!(text.matches("[field-removed;").count(), 60);
    assert!(text.contains("Left out: 900 additions;"), "{text}");
}

/// A caller who wrote against the old crate compiles with the new one unless the report says that this may not be.
/// `CRATEWRIGHT_CHANGES=a,b` chooses the pairs.
#[test]
#[ignore = "compiles two crates for every pair: `cargo test --test generator changes -- --ignored`"]
fn the_compiler_agrees() {
    let workspace = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
    fs::write(workspace.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), workspace.path().join("Cargo.lock")).unwrap();
    let mut expected: BTreeMap<String, bool> = BTreeMap::new();
    let chosen = std::env::var("CRATEWRIGHT_CHANGES").ok();
    let is_chosen = |pair: &&Pair| {
        let chosen = chosen.as_deref();
        chosen.is_none_or(|chosen| chosen.split(',').any(|name| name == pair.name))
    };
    for pair in PAIRS.iter().filter(is_chosen) {
        let name = pair.name.replace('_', "-");
        for (version, (_, source)) in [("old", &pair.old), ("new", &pair.new)] {
            let package = format!("{name}-{version}");
            let generation = generate(
                std::slice::from_ref(source),
                &Options::new(&package, "0.1.0"),
            )
            .unwrap();
            write(
                &generation.files,
                &workspace.path().join(&package),
                &WriteOptions::default(),
            )
            .unwrap();
            let caller = workspace.path().join(format!("{package}-caller"));
            fs::create_dir_all(caller.join("src")).unwrap();
            let mut manifest = format!(
                "[package]\nname = \"{package}-caller\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n"
            );
            writeln!(manifest, "harbour = {{ path = \"../{package}\", package = \"{package}\", default-features = false }}").unwrap();
            fs::write(caller.join("Cargo.toml"), manifest).unwrap();
            fs::copy(pair.folder.join("caller.rs"), caller.join("src/lib.rs")).unwrap();
        }
        expected.insert(format!("{name}-old-caller"), true);
        expected.insert(
            format!("{name}-new-caller"),
            pair.report.summary.rust < Some(Rust::Major),
        );
    }
    let packages = expected.keys().flat_map(|package| ["--package", package]);
    let output = cargo()
        .args(["check", "--offline", "--keep-going", "--color=never"])
        .args(packages)
        .current_dir(workspace.path())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes"),
        )
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    let compiles = |package: &str| !log.contains(&format!("could not compile `{package}`"));
    let wrong: Vec<String> = expected
        .iter()
        .filter(|(package, compiled)| compiles(package) != **compiled)
        .map(|(package, compiled)| format!("{package}: expected to compile: {compiled}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{log}");
    assert!(
        log.contains("could not compile"),
        "cargo did not come that far: {log}"
    );
}
