//! Where an API stands: what its own modules, the tests and the examples call it by, and where its files are.

use crate::model::module_path::ModulePath;

/// The root of an API: the crate itself, or a module of it.
#[derive(Debug)]
pub(super) struct Root {
    /// How the crate's own modules call it: `crate`, or `crate::flex::v1`.
    pub inside: String,
    /// How other crates call it: `twilio_flex`, or `twilio::flex::v1`.
    pub outside: String,
    /// The module of its SIDs, for the crate's own modules.
    pub sids: String,
    /// The folder of its files: empty, or `flex/v1/`.
    folder: String,
}

impl Root {
    /// Returns the root of an API in the crate `krate`.
    pub fn new(krate: &str, path: &ModulePath) -> Self {
        let mut inside = String::from("crate");
        let mut outside = krate.to_owned();
        let mut folder = String::new();
        for segment in path.segments() {
            let segment = segment.as_str();
            inside.extend(["::", segment]);
            outside.extend(["::", segment]);
            folder.extend([segment, "/"]);
        }
        Self {
            sids: format!("{inside}::sids"),
            inside,
            outside,
            folder,
        }
    }

    /// Returns a link in the documentation of its module to an item that the crate re-exports at its root.
    pub fn link(&self, item: &str) -> String {
        match self.inside.as_str() {
            "crate" => format!("[`{item}`]"),
            _ => format!("[`{item}`](crate::{item})"),
        }
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
