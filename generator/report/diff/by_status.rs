//! What a change of the type of an output or an error means on the wire: that of the body of each status.

use super::catalogue::{Catalogue, Direction, Item};
use super::change::Wire;
use super::operation::Pair;
use super::types::width;
use crate::model::api::{Content, DocumentedResponse, Type};

/// Returns the class of a change of type that has another one, taken as a whole: one type may stand for several statuses.
pub(super) fn wire(
    pair: &Pair<'_, '_>,
    success: bool,
    (old, new): (&Type, &Type),
    whole: Wire,
) -> Wire {
    let of_kind = |responses: &'_ [DocumentedResponse]| -> Vec<DocumentedResponse> {
        let responses = responses.iter().filter(|one| one.success == success);
        responses.cloned().collect()
    };
    let before = of_kind(&pair.old.contract.responses);
    let after = of_kind(&pair.new.contract.responses);
    let mut compared = Vec::new();
    for response in &after {
        let Some(known) = covering(&before, &response.status) else {
            continue;
        };
        for content in &response.contents {
            let mut others = known.contents.iter();
            let Some(was) = others.find(|other| other.is_of_same_type(content)) else {
                continue;
            };
            let types = (
                body(&pair.ctx.before, old, known, was),
                body(&pair.ctx.after, new, response, content),
            );
            if let (Some(was), Some(is)) = types {
                compared.push(width(pair.ctx, was, is).on_wire(Direction::RESPONSE));
            }
        }
    }
    match compared.into_iter().max() {
        None => whole,
        Some(each) if each.is_breaking() => each,
        Some(_) => whole.min(Wire::ExtendsResponses),
    }
}

/// The response that is documented for a status: its own, that of its range, or the default.
fn covering<'r>(
    responses: &'r [DocumentedResponse],
    status: &str,
) -> Option<&'r DocumentedResponse> {
    let range = format!("{}XX", status.get(..1)?);
    [status, &range, "default"].into_iter().find_map(|status| {
        let mut responses = responses.iter();
        responses.find(|one| one.status.eq_ignore_ascii_case(status))
    })
}

/// The type of a body: that of its variant, where the type is an enum of the responses.
fn body<'a>(
    catalogue: &Catalogue<'a>,
    ty: &'a Type,
    response: &DocumentedResponse,
    content: &Content,
) -> Option<&'a Type> {
    let Type::Named(path) = ty else {
        return Some(ty);
    };
    let Some(Item::Responses(responses)) = catalogue.find(path) else {
        return Some(ty);
    };
    let mut variants = responses.variants.iter().filter(|variant| {
        let mut media_types = variant.media_types.iter();
        let is_of_media_type = variant.media_types.is_empty()
            || media_types.any(|one| one.eq_ignore_ascii_case(&content.media_type));
        let inside = variant.pointer.strip_prefix(&response.pointer);
        is_of_media_type && inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    variants.next()?.ty.as_ref()
}
