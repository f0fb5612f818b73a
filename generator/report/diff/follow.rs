//! Differences that follow from others of the same item: how values are made, what servers and media types are requested.

use super::change::Wire;
use super::code::ChangeCode;
use super::collector::{Entry, Noun};
use super::consequence::is_structural;
use super::fold::attach;

/// Makes each difference that follows from another one a part of that.
pub(super) fn attach_all(entries: Vec<Entry>) -> Vec<Entry> {
    servers(sids(media_types(errors(makers(renamed(entries))))))
}

/// Makes each entry for which there is a cause a part of that; `cause` returns its index.
fn attach_where(
    entries: Vec<Entry>,
    cause: impl Fn(&[Entry], usize, &Entry) -> Option<usize>,
) -> Vec<Entry> {
    let causes: Vec<Option<usize>> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| cause(&entries, index, entry))
        .collect();
    let is_kept = |index: usize| causes.get(index).is_some_and(Option::is_none);
    let mut kept: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
    for (index, cause) in causes.iter().enumerate() {
        let Some(cause) = cause.filter(|cause| is_kept(*cause)) else {
            continue;
        };
        let entry = kept.get_mut(index).and_then(Option::take);
        if let (Some(entry), Some(Some(cause))) = (entry, kept.get_mut(cause)) {
            attach(cause, entry);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Types inside something that was renamed are called after it.
fn renamed(entries: Vec<Entry>) -> Vec<Entry> {
    let pointer = |entry: &Entry| entry.spots.first().and_then(|spot| spot.old.clone());
    attach_where(entries, |entries, index, entry| {
        if entry.code != ChangeCode::TypeRenamed {
            return None;
        }
        let inside = pointer(entry)?;
        entries.iter().enumerate().position(|(at, whole)| {
            let is_whole = matches!(
                whole.code,
                ChangeCode::OperationRenamed | ChangeCode::TypeRenamed
            );
            let rest = pointer(whole).and_then(|whole| inside.strip_prefix(&whole).map(str::len));
            let is_outermost = |of: &str| {
                !entries.iter().any(|other| {
                    other.code == ChangeCode::TypeRenamed
                        && pointer(other).is_some_and(|outer| {
                            of.len() > outer.len() && of.starts_with(&format!("{outer}/"))
                        })
                })
            };
            at != index
                && is_whole
                && rest.is_some_and(|rest| rest > 0)
                && pointer(whole).is_some_and(|whole| {
                    inside.starts_with(&format!("{whole}/")) && is_outermost(&whole)
                })
        })
    })
}

/// How callers make a value follows from what it has.
fn makers(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_maker = matches!(
            entry.code,
            ChangeCode::ConstructorChanged
                | ChangeCode::DefaultImplAdded
                | ChangeCode::DefaultImplRemoved
                | ChangeCode::ClearMethodChanged
                | ChangeCode::SensitivityChanged
        );
        if !is_maker {
            return None;
        }
        entries.iter().enumerate().position(|(at, other)| {
            let is_sensitivity = entry.code == ChangeCode::SensitivityChanged;
            at != index
                && other.owner == entry.owner
                && is_of_members(other.code)
                && (!is_sensitivity
                    || other.code == ChangeCode::FieldAccessChanged && other.spots == entry.spots)
        })
    })
}

/// Whether a difference changes which members there are, or which of them are required.
fn is_of_members(code: ChangeCode) -> bool {
    matches!(
        code,
        ChangeCode::ParameterAdded
            | ChangeCode::RequiredParameterAdded
            | ChangeCode::ParameterRemoved
            | ChangeCode::ParameterRenamed
            | ChangeCode::ParameterTypeChanged
            | ChangeCode::ParameterNowRequired
            | ChangeCode::ParameterNowOptional
            | ChangeCode::BodyFormChanged
            | ChangeCode::FieldAdded
            | ChangeCode::RequiredFieldAdded
            | ChangeCode::FieldRemoved
            | ChangeCode::FieldRenamed
            | ChangeCode::FieldTypeChanged
            | ChangeCode::FieldPresenceChanged
            | ChangeCode::FieldAccessChanged
            | ChangeCode::ConstantAdded
            | ChangeCode::ConstantRemoved
    )
}

/// Kinds of SID and their aliases come and go with the values that have them.
fn sids(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_kind = matches!(
            entry.code,
            ChangeCode::SidKindAdded
                | ChangeCode::SidKindRemoved
                | ChangeCode::SidAliasAdded
                | ChangeCode::SidAliasRemoved
                | ChangeCode::SidAliasChanged
        );
        if !is_kind {
            return None;
        }
        let label = entry.labels.first()?;
        let (_, rest) = format!("{label} {}", entry.what)
            .split_once("Sid<")
            .map(|(before, rest)| (before.to_owned(), rest.to_owned()))?;
        let kind = format!("Sid<{}>", rest.split_once('>')?.0);
        entries.iter().enumerate().position(|(at, other)| {
            at != index && is_structural(other.code) && other.what.contains(&kind)
        })
    })
}

/// An error response that comes or goes shows in the type of the errors.
fn errors(entries: Vec<Entry>) -> Vec<Entry> {
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

/// A server that comes or goes shows in the operations that are sent to it.
fn servers(mut entries: Vec<Entry>) -> Vec<Entry> {
    let shown: Vec<String> = entries
        .iter()
        .filter(|entry| entry.code == ChangeCode::ServerChanged && entry.noun == Noun::Operation)
        .map(|entry| entry.what.clone())
        .collect();
    for entry in &mut entries {
        let is_server = matches!(
            entry.code,
            ChangeCode::ServerAdded | ChangeCode::ServerRemoved
        );
        let label = entry
            .labels
            .first()
            .and_then(|label| label.strip_prefix("server "));
        let is_shown = label.is_some_and(|url| shown.iter().any(|what| what.contains(url)));
        if is_server && is_shown {
            // The operations say what it means on the wire.
            entry.wire = Wire::Unseen;
        }
    }
    attach_where(entries, |entries, index, entry| {
        let is_server = matches!(
            entry.code,
            ChangeCode::ServerAdded | ChangeCode::ServerRemoved
        );
        let url = entry.labels.first()?.strip_prefix("server ")?;
        entries.iter().enumerate().position(|(at, other)| {
            at != index
                && is_server
                && other.code == ChangeCode::ServerChanged
                && other.noun == Noun::Operation
                && other.what.contains(url)
        })
    })
}

/// What is requested, and the choice of it, follow from the media types that a response may have.
fn media_types(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_choice = entry.spots.first().is_some_and(|spot| {
            let pointers = [&spot.old, &spot.new];
            let mut pointers = pointers.into_iter().flatten();
            pointers.all(|pointer| pointer.ends_with("/responses"))
        });
        let follows = match entry.code {
            ChangeCode::AcceptChanged => true,
            ChangeCode::ParameterAdded | ChangeCode::ParameterRemoved => is_choice,
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
