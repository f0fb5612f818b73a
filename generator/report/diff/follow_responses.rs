//! Differences that follow from others of responses: statuses, media types, the type of the errors.

use super::cause::{attach_where, position};
use super::code::ChangeCode;
use super::collector::Entry;

/// The statuses of success change with the responses that come and go.
pub(super) fn statuses(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_statuses = entry.code == ChangeCode::ResponseStatusesChanged;
        let spot = entry.spots.first()?;
        position(entries, |at, other| {
            let is_response = match other.code {
                ChangeCode::ResponseTypeChanged => other.owner == entry.owner,
                ChangeCode::ResponseAdded | ChangeCode::ResponseRemoved => {
                    other.spots.iter().any(|one| {
                        (one.old.is_some() && one.old == spot.old)
                            || (one.new.is_some() && one.new == spot.new)
                    })
                }
                _ => false,
            };
            is_statuses && at != index && is_response
        })
    })
}

/// An error response that comes or goes shows in the type of the errors.
pub(super) fn errors(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_error = matches!(
            entry.code,
            ChangeCode::ErrorResponseAdded
                | ChangeCode::ErrorResponseRemoved
                | ChangeCode::ErrorBodyChanged
        );
        if !is_error {
            return None;
        }
        let spot = entry.spots.first()?;
        let of_variant = entries.iter().enumerate().position(|(at, other)| {
            let is_variant = matches!(
                other.code,
                ChangeCode::ResponseAdded | ChangeCode::ResponseRemoved
            );
            let is_same = other.spots.first().is_some_and(|other| {
                (other.old.is_some() && other.old == spot.old)
                    || (other.new.is_some() && other.new == spot.new)
            });
            at != index && is_variant && is_same
        });
        of_variant.or_else(|| {
            entries.iter().enumerate().position(|(at, other)| {
                at != index
                    && other.owner == entry.owner
                    && other.code == ChangeCode::ErrorTypeChanged
            })
        })
    })
}

/// Whether a stream comes or goes with a media type.
fn is_stream_of(stream: ChangeCode, media_type: ChangeCode) -> bool {
    matches!(
        (stream, media_type),
        (ChangeCode::StreamAdded, ChangeCode::ResponseMediaTypeAdded)
            | (
                ChangeCode::StreamRemoved,
                ChangeCode::ResponseMediaTypeRemoved
            )
    )
}

/// Whether the response of an operation has another media type in place of one that it had.
fn is_replaced(entries: &[Entry], owner: &str) -> bool {
    let has = |code: ChangeCode| {
        let mut entries = entries.iter();
        entries.any(|entry| entry.code == code && entry.owner == owner)
    };
    has(ChangeCode::ResponseMediaTypeAdded) && has(ChangeCode::ResponseMediaTypeRemoved)
}

/// Whether a difference is that of a body in another form.
fn is_of_other_body(entry: &Entry) -> bool {
    match entry.code {
        ChangeCode::ResponseFormatChanged => true,
        ChangeCode::ResponseTypeChanged | ChangeCode::StreamChanged => entry.wire.is_breaking(),
        _ => false,
    }
}

/// What is requested, and the choice of it, follow from the media types that a response may have.
pub(super) fn media_types(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_choice = entry.spots.first().is_some_and(|spot| {
            let pointers = [&spot.old, &spot.new];
            let mut pointers = pointers.into_iter().flatten();
            pointers.all(|pointer| pointer.ends_with("/responses"))
        });
        let follows = match entry.code {
            ChangeCode::AcceptChanged => true,
            ChangeCode::ParameterAdded | ChangeCode::ParameterRemoved => is_choice,
            // One of the types is an enum of the media types.
            ChangeCode::ResponseTypeChanged => !entry.wire.is_breaking(),
            ChangeCode::ResponseMediaTypeAdded | ChangeCode::ResponseMediaTypeRemoved => {
                let is_replaced = is_replaced(entries, &entry.owner);
                return position(entries, |at, other| {
                    at != index
                        && other.owner == entry.owner
                        && (is_stream_of(other.code, entry.code)
                            || is_replaced && is_of_other_body(other))
                });
            }
            _ => false,
        };
        if !follows {
            return None;
        }
        entries.iter().enumerate().position(|(at, other)| {
            let is_cause = matches!(
                other.code,
                ChangeCode::ResponseMediaTypeAdded | ChangeCode::ResponseMediaTypeRemoved
            );
            at != index && is_cause && other.owner == entry.owner
        })
    })
}
