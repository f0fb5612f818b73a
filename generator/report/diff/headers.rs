//! The constants of response headers. Which operation has which is compared with the responses.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::types::is_same_in_rust;
use crate::model::api::Header;
use crate::model::names::Name;
use crate::report::type_name::type_name;
use std::collections::BTreeMap;

pub(super) fn compare(
    ctx: &Context<'_>,
    (old, new): (&BTreeMap<Name, Header>, &BTreeMap<Name, Header>),
    out: &mut Collector,
) {
    for (name, header) in old {
        let subject = Subject::item(Noun::Header, format!("headers::{name}"));
        let Some(now) = new.get(name) else {
            let what = format!("removed: no response has the header `{}`", header.wire);
            let class = (Wire::BreaksResponses, Rust::Major);
            let at = At::Old(&header.pointer);
            out.add(ChangeCode::HeaderRemoved, &subject, class, at, what);
            continue;
        };
        let Header {
            wire,
            docs,
            ty,
            pointer,
        } = now;
        let at = At::Both(&header.pointer, pointer);
        if !is_same_in_rust(ctx, &header.ty, ty) {
            let what = super::types::in_words(&header.ty, ty);
            let class = (Wire::BreaksResponses, Rust::Major);
            out.add(ChangeCode::HeaderTypeChanged, &subject, class, at, what);
        }
        if header.wire != *wire {
            let what = format!("renamed on the wire from `{}` to `{wire}`", header.wire);
            let class = (Wire::BreaksResponses, Rust::Patch);
            out.add(ChangeCode::HeaderRenamed, &subject, class, at, what);
        }
        out.docs((&header.docs, docs), &subject, at);
    }
    for (name, header) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let subject = Subject::item(Noun::Header, format!("headers::{name}"));
        let what = format!(
            "added header `{}`, `{}`",
            header.wire,
            type_name(&header.ty)
        );
        let class = (Wire::Compatible, Rust::Minor);
        let at = At::New(&header.pointer);
        out.add(ChangeCode::HeaderAdded, &subject, class, at, what);
    }
}
