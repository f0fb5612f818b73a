//! Differences that follow from others of the same item: how values are made, what servers and media types are requested.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{Entry, Noun};
use super::consequence::is_structural;
use super::fold::attach;

/// Makes each difference that follows from another one a part of that.
pub(super) fn attach_all(entries: Vec<Entry>) -> Vec<Entry> {
    let entries = values(bodies(styles(makers(renamed(entries)))));
    servers(paging(sids(statuses(media_types(errors(entries))))))
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

/// Types inside something that was renamed are called after it, and types of an operation move with it.
fn renamed(entries: Vec<Entry>) -> Vec<Entry> {
    let pointer = |entry: &Entry| entry.spots.first().and_then(|spot| spot.old.clone());
    attach_where(entries, |entries, index, entry| {
        if entry.code != ChangeCode::TypeRenamed {
            return None;
        }
        let inside = pointer(entry)?;
        let moved = position(entries, |at, whole| {
            at != index
                && whole.code == ChangeCode::OperationRenamed
                && whole.what == entry.what
                && module(&whole.labels) == module(&entry.labels)
        });
        if moved.is_some() {
            return moved;
        }
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

/// The module in the label of an item, as it was.
fn module(labels: &[String]) -> Option<&str> {
    let path = quoted(labels.first()?)?;
    Some(path.trim_matches('`').split_once("::")?.0)
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
            let is_renamed = entry.code == ChangeCode::ConstructorChanged
                && entry.what.contains("was renamed")
                && other.code == ChangeCode::OperationRenamed;
            at != index
                && other.owner == entry.owner
                && (is_of_members(other.code) || is_renamed)
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

/// Limits, rules and defaults change with the type of a value.
fn values(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_of_value = matches!(
            entry.code,
            ChangeCode::LimitTightened
                | ChangeCode::LimitLoosened
                | ChangeCode::LimitChanged
                | ChangeCode::RuleAdded
                | ChangeCode::RuleRemoved
                | ChangeCode::RuleChanged
                | ChangeCode::DefaultValueChanged
        );
        let is_type = |other: &Entry| {
            matches!(
                other.code,
                ChangeCode::ParameterTypeChanged | ChangeCode::FieldTypeChanged
            ) && other.spots == entry.spots
        };
        position(entries, |at, other| {
            is_of_value && at != index && is_type(other)
        })
    })
}

/// The fields of a body come and go with its form.
fn bodies(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_param = matches!(
            entry.code,
            ChangeCode::ParameterAdded
                | ChangeCode::RequiredParameterAdded
                | ChangeCode::ParameterRemoved
        );
        let is_of_body = is_param && entry.what.contains(" body parameter ");
        position(entries, |at, other| {
            is_of_body
                && at != index
                && other.owner == entry.owner
                && other.code == ChangeCode::BodyFormChanged
        })
    })
}

/// How a property is encoded shows in the style of the parameter for it.
fn styles(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let name = quoted(&entry.what).filter(|_| entry.code == ChangeCode::EncodingChanged)?;
        let label = format!("body parameter {name} of ");
        position(entries, |at, other| {
            at != index
                && other.owner == entry.owner
                && other.code == ChangeCode::ParameterStyleChanged
                && other.labels.iter().any(|one| one.starts_with(&label))
        })
    })
}

/// How pages are requested follows from the parameters.
fn paging(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_paging = entry.code == ChangeCode::PagingChanged;
        position(entries, |at, other| {
            let is_param = matches!(
                other.code,
                ChangeCode::ParameterRenamed
                    | ChangeCode::ParameterTypeChanged
                    | ChangeCode::ParameterAdded
                    | ChangeCode::ParameterRemoved
                    | ChangeCode::LimitTightened
                    | ChangeCode::LimitLoosened
                    | ChangeCode::LimitChanged
            );
            is_paging && at != index && is_param && other.owner == entry.owner
        })
    })
}

/// The statuses of success change with the responses that come and go.
fn statuses(entries: Vec<Entry>) -> Vec<Entry> {
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

fn position(entries: &[Entry], is_cause: impl Fn(usize, &Entry) -> bool) -> Option<usize> {
    let mut others = entries.iter().enumerate();
    others.find_map(|(at, other)| is_cause(at, other).then_some(at))
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

/// A server that comes, goes or has another URL shows in the operations that are sent to it.
fn servers(mut entries: Vec<Entry>) -> Vec<Entry> {
    let shown = |entry: &Entry, of: &Entry| {
        let is_server = entry.noun == Noun::Place
            && matches!(
                entry.code,
                ChangeCode::ServerAdded | ChangeCode::ServerRemoved | ChangeCode::ServerChanged
            );
        let label = entry.labels.first();
        let url = label.and_then(|label| label.strip_prefix("server "));
        is_server
            && of.code == ChangeCode::ServerChanged
            && of.noun == Noun::Operation
            && url.is_some_and(|url| of.what.contains(url))
            && (entry.code != ChangeCode::ServerChanged
                || quoted(&entry.what).is_some_and(|url| of.what.contains(url)))
    };
    let is_shown: Vec<bool> = entries
        .iter()
        .map(|entry| entries.iter().any(|of| shown(entry, of)))
        .collect();
    for (entry, _) in entries.iter_mut().zip(is_shown).filter(|(_, shown)| *shown) {
        // The operations say what it means on the wire.
        entry.wire = Wire::Unseen;
    }
    let mut entries = attach_where(entries, |entries, index, entry| {
        let is_choice = entry.code == ChangeCode::ServerRenamed && entry.what.contains("to choose");
        let is_cause = |of: &Entry| {
            let is_of_choice =
                matches!(of.code, ChangeCode::ServerAdded | ChangeCode::ServerRemoved);
            shown(entry, of) || is_choice && is_of_choice
        };
        let mut others = entries.iter().enumerate();
        others.find_map(|(at, of)| (at != index && is_cause(of)).then_some(at))
    });
    // All operations of a server weigh the same.
    let weights: Vec<(String, Rust)> = entries
        .iter()
        .filter(|entry| entry.code == ChangeCode::ServerChanged)
        .map(|entry| (entry.what.clone(), entry.rust))
        .collect();
    for entry in &mut entries {
        if entry.code == ChangeCode::ServerChanged {
            let same = weights.iter().filter(|(what, _)| *what == entry.what);
            entry.rust = same.fold(entry.rust, |weight, (_, other)| weight.max(*other));
        }
    }
    entries
}

/// The first name in backquotes, with them.
fn quoted(what: &str) -> Option<&str> {
    let start = what.find('`')?;
    let rest = what.get(start + 1..)?;
    what.get(start..start + 2 + rest.find('`')?)
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
            // One of the types is an enum of the media types.
            ChangeCode::ResponseTypeChanged => !entry.wire.is_breaking(),
            ChangeCode::ResponseMediaTypeAdded | ChangeCode::ResponseMediaTypeRemoved => {
                return position(entries, |at, other| {
                    at != index
                        && other.owner == entry.owner
                        && is_stream_of(other.code, entry.code)
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
