//! What a publisher's own habits add to what its descriptions say.

use crate::model::names::Name;
use openapiv3::{OpenAPI, ReferenceOr, Server};
use std::collections::BTreeSet;

/// The habits that a description follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conventions {
    is_twilio: bool,
}

impl Conventions {
    /// Finds out whose description it is: Twilio's has servers on `twilio.com`, or the extension `x-twilio`.
    pub fn of(openapi: &OpenAPI) -> Self {
        let items = openapi
            .paths
            .paths
            .values()
            .filter_map(ReferenceOr::as_item);
        let mut servers = openapi
            .servers
            .iter()
            .chain(items.clone().flat_map(|item| &item.servers));
        let mut items = items;
        Self {
            is_twilio: servers.any(is_of_twilio)
                || items.any(|item| item.extensions.contains_key("x-twilio")),
        }
    }

    /// Returns the modules that schemas with dotted names may belong to: those of operations. Every dotted name of Twilio's
    /// descriptions names a resource, which has a module of its own.
    pub fn modules(self, openapi: &OpenAPI) -> Option<BTreeSet<Name>> {
        (!self.is_twilio).then(|| super::operation::modules(openapi))
    }

    /// Returns whether the responses have every member of an object, so that null and absent mean the same: Twilio's
    /// descriptions call every member nullable and none required.
    pub fn sends_every_member(self) -> bool {
        self.is_twilio
    }
}

fn is_of_twilio(server: &Server) -> bool {
    let host = server.url.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    host == "twilio.com" || host.ends_with(".twilio.com")
}
