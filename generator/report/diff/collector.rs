//! Takes the differences of one API as they are found.

use super::Side;
use super::change::{Level, Rust, Wire};
use super::code::ChangeCode;
use crate::base::source::Source;
use crate::input::document::{Located, Places};
use crate::model::api::Docs;
use crate::model::module_path::ModulePath;

/// The pointers of a difference, in the old document and in the new one.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<'p> {
    Old(&'p str),
    New(&'p str),
    Both(&'p str, &'p str),
}

/// What several subjects are called together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Noun {
    Api,
    Resource,
    Operation,
    Parameter,
    Response,
    Body,
    Struct,
    Field,
    Enum,
    Union,
    Alternative,
    Type,
    Header,
    Sid,
    Webhook,
    Place,
}

impl Noun {
    pub fn plural(self) -> &'static str {
        match self {
            Self::Api => "APIs",
            Self::Resource => "resources",
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::Response => "responses",
            Self::Body => "bodies",
            Self::Struct => "structs",
            Self::Field => "fields",
            Self::Enum => "enums",
            Self::Union => "unions",
            Self::Alternative => "alternatives",
            Self::Type => "types",
            Self::Header => "headers",
            Self::Sid => "kinds of SID",
            Self::Webhook => "webhooks",
            Self::Place => "places",
        }
    }
}

/// What a difference is about.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub noun: Noun,
    /// How a sentence names it.
    pub label: String,
    /// The operation or the type that it belongs to, by its path in the crate that has it.
    pub owner: String,
    /// The item, by its path in the crate that has it.
    pub path: String,
}

impl Subject {
    /// An item that belongs to nothing but itself.
    pub fn item(noun: Noun, path: impl Into<String>) -> Self {
        let path = path.into();
        Self {
            noun,
            label: format!("`{path}`"),
            owner: path.clone(),
            path,
        }
    }

    /// A part of an item: a sentence names the item, and the place is that of the part.
    pub fn at(&self, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..self.clone()
        }
    }
}

/// Where a difference is, by item and pointers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub path: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A difference, before those with one cause are put together.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub code: ChangeCode,
    pub wire: Wire,
    pub rust: Rust,
    /// What a rule of the project decided.
    pub level: Option<Level>,
    pub noun: Noun,
    pub labels: Vec<String>,
    pub owner: String,
    /// What happened, without the subject.
    pub what: String,
    /// What is the same for the same cause; it begins like `what`, and may say more.
    pub cause: String,
    pub spots: Vec<Spot>,
    pub consequences: Vec<(ChangeCode, Spot)>,
}

/// What is known about the files of one side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    places: Option<&'a Places>,
    sources: &'a [Source],
}

impl<'a> Ground<'a> {
    pub fn new(side: &Side<'a>, module: &ModulePath) -> Self {
        Self {
            places: side.analysis.places.get(module),
            sources: side.sources,
        }
    }

    pub fn locate(&self, pointer: &str) -> Option<Located> {
        Some(self.places?.locate(pointer, self.sources))
    }

    /// Returns the innermost part around a place that the description has.
    pub fn around(&self, pointer: &str) -> Option<Located> {
        let (outer, _) = pointer.rsplit_once('/')?;
        let located = self.locate(outer)?;
        if located.line == 0 && !outer.is_empty() {
            self.around(outer)
        } else {
            Some(located)
        }
    }
}

/// Takes the differences of one API.
#[derive(Debug, Default)]
pub(super) struct Collector {
    pub entries: Vec<Entry>,
}

impl Collector {
    /// Adds a difference of a subject.
    pub fn add(
        &mut self,
        code: ChangeCode,
        subject: &Subject,
        (wire, rust): (Wire, Rust),
        at: At<'_>,
        what: impl Into<String>,
    ) {
        let what = what.into();
        let cause = what.clone();
        let spots = vec![spot(&subject.path, at)];
        self.push(code, subject, (wire, rust), spots, (what, cause));
    }

    /// Adds one difference of several parts of a subject; `cause` tells it from others that read the same.
    pub fn push(
        &mut self,
        code: ChangeCode,
        subject: &Subject,
        (wire, rust): (Wire, Rust),
        spots: Vec<Spot>,
        (what, cause): (String, String),
    ) {
        let Subject {
            noun,
            label,
            owner,
            path: _,
        } = subject;
        self.entries.push(Entry {
            code,
            wire,
            rust,
            level: None,
            noun: *noun,
            labels: vec![label.clone()],
            owner: owner.clone(),
            what,
            cause,
            spots,
            consequences: Vec::new(),
        });
    }

    /// Adds that the documentation of something reads differently, if it does.
    pub fn docs(&mut self, (old, new): (&Docs, &Docs), subject: &Subject, at: At<'_>) {
        if old != new {
            let subject = Subject {
                noun: Noun::Place,
                ..subject.clone()
            };
            let class = (Wire::Unseen, Rust::Patch);
            self.add(
                ChangeCode::DocsChanged,
                &subject,
                class,
                at,
                "description changed",
            );
        }
    }
}

pub(super) fn spot(path: &str, at: At<'_>) -> Spot {
    let (old, new) = match at {
        At::Old(old) => (Some(old), None),
        At::New(new) => (None, Some(new)),
        At::Both(old, new) => (Some(old), Some(new)),
    };
    Spot {
        path: path.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    }
}
