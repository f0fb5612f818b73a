//! Differences that follow from others of the same item: how values are made, how pages are requested.

use super::catalogue::{operations, path};
use super::cause::{attach_where, position, quoted};
use super::change::Wire;
use super::code::ChangeCode;
use super::collector::Entry;
use super::consequence::is_structural;
use super::context::Context;
use super::follow_responses::{errors, media_types, statuses};
use super::follow_servers::servers;
use crate::model::api::Type;
use std::collections::{BTreeMap, BTreeSet};

/// Makes each difference that follows from another one a part of that.
pub(super) fn attach_all(entries: Vec<Entry>, ctx: &Context<'_>) -> Vec<Entry> {
    let entries = values(bodies(styles(makers(access(renamed(entries))))));
    let entries = lists(sids(statuses(media_types(errors(entries)))), ctx);
    let entries = headers(entries, ctx);
    servers(paging(entries))
}

/// Whether a member has to be there follows from the directions in which it is sent.
fn access(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        position(entries, |at, other| {
            at != index
                && entry.code == ChangeCode::FieldPresenceChanged
                && other.code == ChangeCode::FieldAccessChanged
                && other.spots == entry.spots
        })
    })
}

/// The constants of headers come and go with the operations that have them.
fn headers(mut entries: Vec<Entry>, ctx: &Context<'_>) -> Vec<Entry> {
    let of = |api| -> BTreeMap<String, BTreeSet<String>> {
        let headers = operations(api).map(|(module, operation)| {
            let headers = operation.headers.iter();
            let headers = headers.map(|name| format!("headers::{name}"));
            (path((module, &operation.name)), headers.collect())
        });
        headers.collect()
    };
    let (before, after) = (of(ctx.before.api), of(ctx.after.api));
    let cause = |entries: &[Entry], entry: &Entry| {
        let (code, headers) = match entry.code {
            ChangeCode::HeaderAdded => (ChangeCode::OperationAdded, &after),
            ChangeCode::HeaderRemoved => (ChangeCode::OperationRemoved, &before),
            _ => return None,
        };
        position(entries, |_, other| {
            let has = headers.get(&other.owner);
            other.code == code && has.is_some_and(|headers| headers.contains(&entry.owner))
        })
    };
    let follows: Vec<bool> = entries
        .iter()
        .map(|entry| cause(&entries, entry).is_some())
        .collect();
    for (entry, _) in entries
        .iter_mut()
        .zip(follows)
        .filter(|(_, follows)| *follows)
    {
        // The operations say what it means on the wire.
        entry.wire = Wire::Unseen;
    }
    attach_where(entries, |entries, _, entry| cause(entries, entry))
}

/// Where the records of a list are follows from the type of the response, and from the fields of the page.
fn lists(entries: Vec<Entry>, ctx: &Context<'_>) -> Vec<Entry> {
    let outputs = operations(ctx.after.api).map(|(module, operation)| {
        let output = match &operation.output {
            Some(Type::Named(output)) => Some(path((&output.module, &output.name))),
            _ => None,
        };
        (path((module, &operation.name)), output)
    });
    let outputs: BTreeMap<String, Option<String>> = outputs.collect();
    attach_where(entries, |entries, index, entry| {
        let is_of_list = match entry.code {
            ChangeCode::PagingChanged | ChangeCode::PagingItemChanged => true,
            ChangeCode::StreamAdded | ChangeCode::StreamRemoved | ChangeCode::StreamChanged => {
                entry.wire == Wire::Unseen
            }
            _ => false,
        };
        if !is_of_list {
            return None;
        }
        let page = outputs.get(&entry.owner)?.as_ref();
        position(entries, |at, other| {
            let is_of_page = matches!(
                other.code,
                ChangeCode::FieldAdded
                    | ChangeCode::FieldRemoved
                    | ChangeCode::FieldRenamed
                    | ChangeCode::FieldTypeChanged
                    | ChangeCode::FieldPresenceChanged
            ) && Some(&other.owner) == page;
            let is_of_response =
                other.code == ChangeCode::ResponseTypeChanged && other.owner == entry.owner;
            at != index && (is_of_page || is_of_response)
        })
    })
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

/// The media types of a body come and go with the forms that it can be written in, and its fields with its form.
fn bodies(entries: Vec<Entry>) -> Vec<Entry> {
    attach_where(entries, |entries, index, entry| {
        let is_param = matches!(
            entry.code,
            ChangeCode::ParameterAdded
                | ChangeCode::RequiredParameterAdded
                | ChangeCode::ParameterRemoved
        );
        let cause = match entry.code {
            ChangeCode::RequestMediaTypeAdded | ChangeCode::RequestMediaTypeRemoved => {
                ChangeCode::BodyFormatsChanged
            }
            _ if is_param && entry.what.contains(" body parameter ") => ChangeCode::BodyFormChanged,
            _ => return None,
        };
        position(entries, |at, other| {
            at != index && other.owner == entry.owner && other.code == cause
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
                && matches!(
                    other.code,
                    ChangeCode::ParameterStyleChanged | ChangeCode::ParameterTypeChanged
                )
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
