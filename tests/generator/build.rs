//! The library from a build script. tests/build-script is a crate that does what docs/build-script.md says; CI builds it.

use cratewright::build::{Builder, Failure};
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str = include_str!("../../docs/build-script.md");

/// Returns the code blocks of the page.
fn blocks() -> Vec<&'static str> {
    let mut blocks = PAGE.split("\n```").skip(1).step_by(2);
    let blocks = blocks
        .by_ref()
        .map(|block| block.split_once('\n').unwrap().1);
    blocks.collect()
}

#[test]
fn the_crate_is_as_the_page_says() {
    let blocks = blocks();
    let has = |text: &str| blocks.iter().any(|block| block.trim() == text.trim());
    assert!(has(include_str!("../build-script/build.rs")));
    assert!(has(include_str!("../build-script/src/lib.rs")));
    let manifest = include_str!("../build-script/Cargo.toml");
    let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap();
    let (dependencies, _) = dependencies.split_once("\n[build-").unwrap();
    assert!(
        has(&format!("[dependencies]\n{dependencies}")),
        "{dependencies}"
    );
}

fn failure(builder: Builder) -> Failure {
    let folder = TempDir::new().unwrap();
    let failure = builder.folder(folder.path()).try_generate().unwrap_err();
    assert_eq!(
        folder.path().read_dir().unwrap().count(),
        0,
        "nothing is written"
    );
    failure
}

/// The manifest of cratewright itself has not what a client needs.
#[test]
fn dependencies_that_are_missing_are_listed() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/build-script/harbour.yaml");
    let text = failure(Builder::new(&spec).features(["blocking"]))
        .diagnostics
        .to_string();
    assert!(text.contains("error[dependencies]"), "{text}");
    assert!(text.contains("\nbytes = { version = "), "{text}");
    assert!(text.contains("\nhttp = \"1.3\"\n"), "{text}");
    assert!(!text.contains("\nserde_json = "), "it is there: {text}");
}

#[test]
fn what_is_wrong_with_a_description_has_its_place() {
    let folder = TempDir::new().unwrap();
    let spec = folder.path().join("harbour.yaml");
    std::fs::write(&spec, "openapi: 3.0.3\npaths: ]\n").unwrap();
    let Failure {
        diagnostics,
        sources,
    } = failure(Builder::new(&spec));
    let text = diagnostics.render(&sources, false);
    assert!(
        text.contains("harbour.yaml:2:8: error[yaml-syntax]"),
        "{text}"
    );
    let missing = failure(Builder::new(folder.path().join("nowhere.yaml")));
    assert!(missing.diagnostics.to_string().contains("does not exist"));
    let config = folder.path().join("cratewright.toml");
    std::fs::write(&config, "[crate]\n").unwrap();
    let wrong = failure(Builder::from_config(&config));
    assert!(
        wrong
            .diagnostics
            .to_string()
            .contains("expected `[[crate]]`")
    );
}
