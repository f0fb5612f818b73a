//! The conventions that a publisher follows beyond what OpenAPI says.

pub(super) mod sid;
pub(super) mod twilio;

use openapiv3::OpenAPI;

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

    /// Returns whether the names of schemas are those of resources: `flex.v1.channel`, `channel_enum_status`.
    pub fn dotted_names_are_resources(self) -> bool {
        self.is_twilio
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
