//! What several tests of the generator need.

#[path = "../../support/cargo.rs"]
mod cargo;
pub mod descriptions;
pub mod listing;
pub mod public_api;

pub use cargo::cargo;
use std::env;
use std::path::{Path, PathBuf};

/// Returns the root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether tests take all the time that they can use: `.ci/run` sets `CRATEWRIGHT_THOROUGH`, and `cargo test` alone is quick.
pub fn is_thorough() -> bool {
    env::var_os("CRATEWRIGHT_THOROUGH").is_some()
}

/// Returns the folder of published descriptions, for tests that are ignored without it.
pub fn corpus() -> PathBuf {
    let folder = env::var_os("CRATEWRIGHT_CORPUS");
    folder.map_or_else(
        || panic!("CRATEWRIGHT_CORPUS does not name a folder of descriptions"),
        PathBuf::from,
    )
}

/// Asserts that a text is the snapshot `NAME.snap` in a folder below tests/.
pub fn assert_reviewed(folder: impl AsRef<Path>, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.remove_snapshot_suffix();
    settings.bind(|| insta::assert_snapshot!(name, text));
}
