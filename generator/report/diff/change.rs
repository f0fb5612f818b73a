//! What a change is, and the collector that gives each its places.

use super::Side;
use crate::base::source::Source;
use crate::input::document::{Located, Places};
use crate::model::api::Docs;
use crate::model::module_path::ModulePath;
use serde::Serialize;
use std::fmt;

/// What a change means to programs that follow the old description, whatever language they are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// Nothing travels differently.
    Unseen,
    /// What was sent before may still be sent, and what was read before is still there.
    Compatible,
    /// A request that was right before may be refused, or mean something else.
    BreaksRequests,
    /// An answer may lack what was there before, or hold what was not.
    BreaksResponses,
    /// Both.
    BreaksBoth,
}

impl Wire {
    /// Returns the class of a change that is visible, and breaks what is said.
    #[must_use]
    pub fn breaking(requests: bool, responses: bool) -> Self {
        match (requests, responses) {
            (false, false) => Self::Compatible,
            (true, false) => Self::BreaksRequests,
            (false, true) => Self::BreaksResponses,
            (true, true) => Self::BreaksBoth,
        }
    }

    /// Returns whether something breaks.
    #[must_use]
    pub fn is_breaking(self) -> bool {
        self >= Self::BreaksRequests
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unseen => "unseen",
            Self::Compatible => "compatible",
            Self::BreaksRequests => "breaks requests",
            Self::BreaksResponses => "breaks responses",
            Self::BreaksBoth => "breaks requests and responses",
        })
    }
}

/// What a change means to Rust programs that use the generated crate, by the rules of Semantic Versioning for cargo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// The crate is the same for them.
    None,
    /// What it does or says is different, and its public items are not.
    Patch,
    /// There is something new.
    Minor,
    /// A program that compiled may not compile any more.
    Major,
}

impl fmt::Display for Rust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// One difference between two generations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is; the codes do not change.
    pub code: &'static str,
    /// What changed, in a sentence without a full stop.
    pub message: String,
    /// The item of the crate, from its root on.
    pub rust_path: String,
    /// The module that the item is in.
    pub resource: String,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means in Rust.
    pub rust: Rust,
    /// Where it was, if it was there and a description tells.
    pub old: Option<Located>,
    /// Where it is, if it is there.
    pub new: Option<Located>,
}

impl Change {
    /// Returns whether someone has to act: a Rust program or another.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.rust == Rust::Major || self.wire.is_breaking()
    }
}

/// The pointers of a change, in the old document and in the new one.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<'p> {
    Old(&'p str),
    New(&'p str),
    Both(&'p str, &'p str),
}

/// What is known about the files of one side.
#[derive(Debug, Clone, Copy)]
struct Ground<'a> {
    places: Option<&'a Places>,
    sources: &'a [Source],
}

impl<'a> Ground<'a> {
    fn of(side: &Side<'a>, module: &ModulePath) -> Self {
        Self {
            places: side.analysis.places.get(module),
            sources: side.sources,
        }
    }

    fn locate(&self, pointer: &str) -> Option<Located> {
        Some(self.places?.locate(pointer, self.sources))
    }
}

/// Takes the changes of one API, and gives each its path and its places.
pub(super) struct Collector<'a> {
    old: Ground<'a>,
    new: Ground<'a>,
    prefix: String,
    changes: Vec<Change>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(old: &Side<'a>, new: &Side<'a>, module: &ModulePath) -> Self {
        let prefix = if module.is_root() {
            String::new()
        } else {
            format!("{module}::")
        };
        Self {
            old: Ground::of(old, module),
            new: Ground::of(new, module),
            prefix,
            changes: Vec::new(),
        }
    }

    /// Adds that the documentation of something reads differently, if it does.
    pub(super) fn docs(&mut self, (old, new): (&Docs, &Docs), what: &str, path: &str, at: At<'_>) {
        if old != new {
            let message = format!("the description of {what} reads differently");
            let class = (Wire::Unseen, Rust::Patch);
            self.add("docs-changed", path, class, at, message);
        }
    }

    /// Adds a change of the item at `path`, which begins with the module of its resource.
    pub(super) fn add(
        &mut self,
        code: &'static str,
        path: &str,
        (wire, rust): (Wire, Rust),
        at: At<'_>,
        message: String,
    ) {
        let (old, new) = match at {
            At::Old(old) => (Some(old), None),
            At::New(new) => (None, Some(new)),
            At::Both(old, new) => (Some(old), Some(new)),
        };
        let resource = path.split("::").next().unwrap_or_default();
        self.changes.push(Change {
            code,
            message,
            rust_path: format!("{}{path}", self.prefix),
            resource: format!("{}{resource}", self.prefix),
            wire,
            rust,
            old: old.and_then(|pointer| self.old.locate(pointer)),
            new: new.and_then(|pointer| self.new.locate(pointer)),
        });
    }

    pub(super) fn finish(self) -> Vec<Change> {
        self.changes
    }
}
