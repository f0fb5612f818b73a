//! The names of headers: the constants for those of responses, and which texts are a name at all.

use crate::input::document::Document;
use crate::model::names::{Kind, Name, Scope};
use openapiv3::{ReferenceOr, Responses};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the constant of every header that a response of the description declares, by its name in lower case.
pub(super) fn header_names(document: &Document) -> BTreeMap<String, Name> {
    let operations = document.operations().map(|described| described.operation);
    let inline = operations.flat_map(|operation| {
        let Responses {
            default,
            responses,
            extensions: _,
        } = &operation.responses;
        default.iter().chain(responses.values())
    });
    let components = document.openapi().components.iter();
    let shared = components.flat_map(|components| components.responses.values());
    let wires: BTreeSet<String> = inline
        .chain(shared)
        .filter_map(ReferenceOr::as_item)
        .flat_map(|response| response.headers.keys())
        .map(|wire| wire.to_ascii_lowercase())
        .collect();
    // Of `x-port` and `x_port`, the first is as headers are written, and has the plain name.
    let spell = |wire: &String| {
        if wire.contains('_') {
            wire.clone()
        } else {
            wire.replace('-', "_").to_ascii_uppercase()
        }
    };
    let spellings: Vec<String> = wires.iter().map(spell).collect();
    let pairs = spellings.iter().map(String::as_str);
    let pairs = pairs.zip(wires.iter().map(String::as_str));
    let names = Scope::new("").claim_each(Kind::Constant, pairs);
    wires.into_iter().zip(names).collect()
}

/// Whether a text is a token, as the name of a header has to be (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(allowed)
}
