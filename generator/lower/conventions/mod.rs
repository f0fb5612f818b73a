//! The conventions that a publisher follows beyond what OpenAPI says.

mod twilio;

use crate::input::document::Document;
use crate::model::names::Name;
use openapiv3::OpenAPI;
use std::collections::BTreeSet;

/// The conventions that a description follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conventions {
    is_twilio: bool,
}

impl Conventions {
    /// Finds out whose description it is.
    pub fn of(openapi: &OpenAPI) -> Self {
        Self {
            is_twilio: twilio::is_twilio(openapi),
        }
    }

    /// Returns whether they are Twilio's.
    pub fn is_twilio(self) -> bool {
        self.is_twilio
    }

    /// Returns the modules that schemas with dotted names may belong to: those of operations. Every dotted name of Twilio's
    /// descriptions names a resource, which has a module of its own.
    pub fn modules(self, document: &Document) -> Option<BTreeSet<Name>> {
        (!self.is_twilio).then(|| super::operation::modules(document))
    }

    /// Returns whether the responses have every member of an object, so that null and absent mean the same: Twilio's
    /// descriptions call every member nullable and none required.
    pub fn sends_every_member(self) -> bool {
        self.is_twilio
    }

    /// Returns whether objects and values without a type are JSON text in forms: Twilio's services take them so, although
    /// its descriptions do not say it.
    pub fn writes_json_in_forms(self) -> bool {
        self.is_twilio
    }
}
