//! Where an API stands: what its own modules, the tests and the examples call it by, and where its files are.

use crate::model::module_path::ModulePath;

/// The root of an API: the crate itself, or a module of it.
#[derive(Debug)]
pub(super) struct Root {
    /// How other crates call it: `twilio_flex`, or `twilio::flex::v1`.
    pub outside: String,
    /// The folder of its files: empty, or `flex/v1/`.
    folder: String,
}

impl Root {
    /// Returns the root of an API in the crate `krate`.
    pub fn new(krate: &str, path: &ModulePath) -> Self {
        let mut outside = krate.to_owned();
        let mut folder = String::new();
        for segment in path.segments() {
            let segment = segment.as_str();
            outside.extend(["::", segment]);
            folder.extend([segment, "/"]);
        }
        Self { outside, folder }
    }

    /// Returns a link in the documentation of its module to an item that the crate re-exports at its root.
    pub fn link(&self, item: &str) -> String {
        if self.folder.is_empty() {
            format!("[`{item}`]")
        } else {
            format!("[`{item}`](runtime::{item})")
        }
    }

    /// Returns the path to the root of the crate, for the modules of the API.
    pub fn crate_root(&self) -> String {
        "super::".repeat(1 + self.folder.matches('/').count())
    }

    /// Returns the path of a file of its source.
    pub fn source(&self, file: &str) -> String {
        format!("src/{}{file}", self.folder)
    }

    /// Returns the path of a file of its tests.
    pub fn tests(&self, file: &str) -> String {
        format!("tests/examples/{}{file}", self.folder)
    }
}
