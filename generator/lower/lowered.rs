//! What the schema of a place comes to: its type, and what else its keywords say.

use super::docs::described;
use super::schemas::Facts;
use crate::model::api::{Limit, Type};

/// What the schema of a place comes to.
#[derive(Debug)]
pub(super) struct Lowered {
    pub ty: Type,
    pub nullable: bool,
    pub description: String,
    /// Whether the value is personal or secret.
    pub sensitive: bool,
    /// Whether only responses have it.
    pub read_only: bool,
    /// Whether only requests have it.
    pub write_only: bool,
    pub default: Option<serde_json::Value>,
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
}

impl Lowered {
    /// A type of which nothing else is known.
    pub(super) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            description: String::new(),
            sensitive: false,
            read_only: false,
            write_only: false,
            default: None,
            limits: Vec::new(),
        }
    }

    pub(super) fn new(ty: Type, facts: &Facts<'_>) -> Self {
        Self {
            nullable: facts.nullable,
            description: described(facts.description.unwrap_or_default(), facts),
            sensitive: is_sensitive(facts),
            read_only: facts.read_only,
            write_only: facts.write_only,
            default: facts.default.cloned(),
            ..Self::of(ty)
        }
    }

    /// Puts the keywords beside a reference over what it refers to.
    pub(super) fn overridden_by(self, facts: &Facts<'_>) -> Self {
        let description = facts.description.unwrap_or(&self.description);
        Self {
            nullable: self.nullable || facts.nullable,
            description: described(description, facts),
            sensitive: self.sensitive || is_sensitive(facts),
            read_only: self.read_only || facts.read_only,
            write_only: self.write_only || facts.write_only,
            default: facts.default.cloned().or(self.default),
            ..self
        }
    }
}

/// Whether a value is personal (`x-twilio: {pii}`) or secret (`format: password`, `writeOnly`).
fn is_sensitive(facts: &Facts<'_>) -> bool {
    facts.write_only
        || facts.format == Some("password")
        || facts
            .extension("x-twilio")
            .and_then(|twilio| twilio.get("pii"))
            .is_some()
}
