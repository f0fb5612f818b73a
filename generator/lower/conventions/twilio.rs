//! Twilio: SIDs, the account in the path, edges and regions, the paging members of lists.

use crate::base::markdown;
use crate::lower::schemas::{Facts, Use};
use crate::model::api::Param;
use heck::ToSnakeCase;
use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr, Server};
use serde_json::Value;

/// The extension that Twilio's descriptions have.
const EXTENSION: &str = "x-twilio";

/// Returns whether a description follows Twilio's conventions: its servers are Twilio's, or it has Twilio's extension.
pub(in crate::lower) fn is_twilio(openapi: &OpenAPI) -> bool {
    let items = || {
        openapi.paths.paths.values().filter_map(|item| match item {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { .. } => None,
        })
    };
    let operations = || items().flat_map(|item| item.iter().map(|(_, operation)| operation));
    let servers = items().flat_map(|PathItem { servers, .. }| servers);
    let servers = servers.chain(operations().flat_map(|Operation { servers, .. }| servers));
    let mut servers = servers.chain(&openapi.servers);
    let extensions = items().map(|PathItem { extensions, .. }| extensions);
    let extensions = extensions.chain(operations().map(|Operation { extensions, .. }| extensions));
    let mut extensions = extensions.chain([&openapi.extensions, &openapi.info.extensions]);
    extensions.any(|extensions| extensions.contains_key(EXTENSION))
        || servers.any(|Server { url, .. }| is_twilio_host(url))
}

fn is_twilio_host(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    host == "twilio.com" || host.ends_with(".twilio.com")
}

/// What Twilio's extension says of parameters of which one is needed, in words (`x-twilio: {conditional: [[From, To]]}`).
pub(in crate::lower) fn conditions(
    extensions: &IndexMap<String, Value>,
    params: &[Param],
) -> Vec<String> {
    let spelled = |wire: &str| wire.to_snake_case();
    let groups = extensions
        .get(EXTENSION)
        .and_then(|twilio| twilio.get("conditional")?.as_array());
    let groups = groups.into_iter().flatten().filter_map(Value::as_array);
    groups
        .filter_map(|group| {
            let names = group.iter().filter_map(Value::as_str);
            let of_group = |name| {
                let mut params = params.iter();
                let param = params.find(|param| spelled(&param.wire) == spelled(name))?;
                Some(markdown::code(param.name.as_str()))
            };
            let names: Vec<String> = names.filter_map(of_group).collect();
            let (last, others) = names
                .split_last()
                .filter(|(_, others)| !others.is_empty())?;
            Some(format!(
                "At least one of {} and {last} is needed.",
                others.join(", ")
            ))
        })
        .collect()
}

/// Whether an object is the paging part of a list: nothing but the fields that all such lists of Twilio share.
pub(in crate::lower) fn is_page_meta(facts: &Facts<'_>) -> bool {
    const TEXT: &[&str] = &[
        "first_page_url",
        "key",
        "next_page_url",
        "previous_page_url",
        "url",
    ];
    const NUMBER: &[&str] = &["page", "page_size"];
    let is_shared = |(wire, property): (&&str, &Use<'_>)| match property.inline_type() {
        Some("string") => TEXT.contains(wire),
        Some("integer") => NUMBER.contains(wire),
        _ => false,
    };
    facts.properties.contains_key("next_page_url") && facts.properties.iter().all(is_shared)
}

#[cfg(test)]
mod tests {
    use super::is_twilio_host;

    #[test]
    fn hosts_of_twilio() {
        for url in ["https://flex-api.twilio.com", "https://twilio.com:443/v1"] {
            assert!(is_twilio_host(url), "{url}");
        }
        for url in [
            "https://twilio.com.example.com",
            "https://api.example.com/twilio.com",
            "https://nottwilio.com",
            "/v1",
        ] {
            assert!(!is_twilio_host(url), "{url}");
        }
    }
}
