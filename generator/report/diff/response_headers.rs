//! The headers of responses.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use crate::model::api::{DocumentedHeader, DocumentedResponse};
use std::collections::BTreeMap;

/// The headers of some responses by their name, each with where its response is.
type Headers<'r> = BTreeMap<&'r str, (&'r DocumentedHeader, &'r str)>;

fn headers<'r>(responses: &[&'r DocumentedResponse]) -> Headers<'r> {
    let headers = responses.iter().flat_map(|response| {
        let headers = response.headers.iter();
        headers.map(|header| (header.wire.as_str(), (header, response.pointer.as_str())))
    });
    headers.collect()
}

/// Compares the headers of responses that are one to callers. The crate documents those of success, with their types.
pub(super) fn compare(
    (old, new): (&[&DocumentedResponse], &[&DocumentedResponse]),
    is_success: bool,
    subject: &Subject,
    out: &mut Collector,
) {
    let rust = if is_success { Rust::Patch } else { Rust::None };
    let first = |responses: &[&DocumentedResponse]| {
        let first = responses.first();
        first.map_or_else(String::new, |response| response.pointer.clone())
    };
    let (before, after) = (first(old), first(new));
    let (old, new) = (headers(old), headers(new));
    for (name, (header, pointer)) in &old {
        match new.get(name) {
            Some((now, at)) => {
                let at = At::Both(pointer, at);
                both((header, now), at, is_success, subject, out);
            }
            None => {
                let what = format!("removed header `{name}`");
                let class = (Wire::BreaksResponses, rust);
                let at = At::Both(pointer, &after);
                out.add(ChangeCode::ResponseHeaderRemoved, subject, class, at, what);
            }
        }
    }
    for (name, (_, pointer)) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let what = format!("added header `{name}`");
        let class = (Wire::Compatible, rust);
        let at = At::Both(&before, pointer);
        out.add(ChangeCode::ResponseHeaderAdded, subject, class, at, what);
    }
}

fn both(
    (old, new): (&DocumentedHeader, &DocumentedHeader),
    at: At<'_>,
    is_success: bool,
    subject: &Subject,
    out: &mut Collector,
) {
    let DocumentedHeader { wire, required, ty } = new;
    if old.required != *required {
        let (code, class, word) = if *required {
            let code = ChangeCode::ResponseHeaderNowRequired;
            (code, Wire::Compatible, "required")
        } else {
            let code = ChangeCode::ResponseHeaderNowOptional;
            (code, Wire::BreaksResponses, "optional")
        };
        let what = format!("header `{wire}` now {word}");
        out.add(code, subject, (class, Rust::None), at, what);
    }
    // The constants of the headers of success have types, which are compared.
    if old.ty != *ty && !is_success {
        let shown = |ty: &Option<String>| ty.clone().unwrap_or_else(|| "any value".to_owned());
        let what = format!(
            "header `{wire}` changed from {} to {}",
            shown(&old.ty),
            shown(ty)
        );
        let class = (Wire::BreaksResponses, Rust::None);
        out.add(ChangeCode::HeaderTypeChanged, subject, class, at, what);
    }
}
