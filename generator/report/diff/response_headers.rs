//! The headers of responses.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use super::context::Context;
use super::outline::{Difference, differences};
use super::types::is_same_in_rust;
use crate::model::api::{Api, DocumentedHeader, DocumentedResponse, OutlineKind, OutlineUse};
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
    ctx: &Context<'_>,
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
                both(ctx, (header, now), at, subject, out);
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
    ctx: &Context<'_>,
    (old, new): (&DocumentedHeader, &DocumentedHeader),
    at: At<'_>,
    subject: &Subject,
    out: &mut Collector,
) {
    let DocumentedHeader {
        wire,
        required,
        media_type: _, // by `values`
        schema: _,     // by `values`
    } = new;
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
    // Otherwise the type of the constant has changed, which is reported there.
    if is_same_constant(ctx, wire) {
        values(ctx, (old, new), at, subject, out);
    }
}

/// Compares what the value of a header is, where its constant has the same type.
fn values(
    ctx: &Context<'_>,
    (old, new): (&DocumentedHeader, &DocumentedHeader),
    at: At<'_>,
    subject: &Subject,
    out: &mut Collector,
) {
    let DocumentedHeader {
        wire,
        required: _, // by `both`
        media_type,
        schema,
    } = new;
    let code = ChangeCode::HeaderTypeChanged;
    if old.media_type != *media_type {
        let shown = |media_type: &Option<String>| match media_type {
            Some(media_type) => format!("`{media_type}`"),
            None => "text".to_owned(),
        };
        let (before, after) = (shown(&old.media_type), shown(media_type));
        let what = format!("header `{wire}`: changed from {before} to {after}");
        let class = (Wire::BreaksResponses, Rust::None);
        out.add(code, subject, class, at, what);
        return;
    }
    match (&old.schema, schema) {
        (None, None) => {}
        (Some(old), Some(new)) if is_same_scalar(ctx, old, new) => {}
        (Some(old), Some(new)) => {
            for Difference { width, what, at } in differences(ctx, old, new) {
                let wire_class = width.on_wire(Direction::RESPONSE).max(Wire::Compatible);
                let what = format!("header `{wire}`: {what}");
                out.add(code, subject, (wire_class, Rust::None), at, what);
            }
        }
        (Some(_), None) => {
            let what = format!("header `{wire}`: no longer described");
            let class = (Wire::BreaksResponses, Rust::None);
            out.add(code, subject, class, at, what);
        }
        (None, Some(_)) => {
            let what = format!("header `{wire}`: now described");
            out.add(code, subject, (Wire::Compatible, Rust::None), at, what);
        }
    }
}

/// Whether the crate has the same type for the values of a header.
fn is_same_constant(ctx: &Context<'_>, wire: &str) -> bool {
    let find = |api: &'_ Api| {
        let mut headers = api.headers.values();
        headers
            .find(|one| one.wire == wire)
            .map(|one| one.ty.clone())
    };
    match (find(ctx.before.api), find(ctx.after.api)) {
        (Some(old), Some(new)) => is_same_in_rust(ctx, &old, &new),
        (None, _) | (_, None) => true,
    }
}

/// Whether both are scalars of one type: what else a format says is nothing that a header is decoded by.
fn is_same_scalar(ctx: &Context<'_>, old: &OutlineUse, new: &OutlineUse) -> bool {
    let kinds = (
        ctx.before.api.outlines.get(&old.key),
        ctx.after.api.outlines.get(&new.key),
    );
    let typ = |name: &str| name.split(' ').next().map(str::to_owned);
    match kinds {
        (Some(old), Some(new)) => match (&old.kind, &new.kind) {
            (OutlineKind::Scalar(old), OutlineKind::Scalar(new)) => typ(old) == typ(new),
            _ => false,
        },
        (None, _) | (_, None) => false,
    }
}
