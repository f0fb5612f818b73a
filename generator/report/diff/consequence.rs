//! Types that come and go because of something else: with an operation, or with a field.

use super::catalogue::{Catalogue, Key, named, path};
use super::change::Wire;
use super::code::ChangeCode;
use super::collector::{Entry, Noun};
use super::context::Context;
use super::fold::{attach, new_paths};
use std::collections::{BTreeMap, BTreeSet};

/// Makes what only follows from other differences a part of them.
pub(super) fn attach_all(entries: Vec<Entry>, ctx: &Context<'_>) -> Vec<Entry> {
    let paths = new_paths(ctx);
    let to_new = |path: &str| paths.get(path).cloned().unwrap_or_else(|| path.to_owned());
    let entries = types(entries, ChangeCode::TypeRemoved, &ctx.before, &to_new);
    let entries = types(entries, ChangeCode::TypeAdded, &ctx.after, &str::to_owned);
    servers(sids(media_types(errors(makers(renamed(entries))))))
}

/// Attaches the types that came or went to what made them come or go.
fn types(
    entries: Vec<Entry>,
    code: ChangeCode,
    catalogue: &Catalogue<'_>,
    to_new: &dyn Fn(&str) -> String,
) -> Vec<Entry> {
    let (dependent, mut others): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.code == code);
    let keys: BTreeMap<String, Key<'_>> = catalogue
        .types
        .keys()
        .map(|key| (path(*key), *key))
        .collect();
    let mut by_owner: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, entry) in others.iter().enumerate() {
        if is_structural(entry.code) {
            by_owner.entry(&entry.owner).or_default().push(index);
        }
    }
    let search = Search {
        catalogue,
        keys: &keys,
        dependent: dependent.iter().map(|entry| entry.owner.as_str()).collect(),
        by_owner: &by_owner,
        entries: &others,
        to_new,
    };
    let causes: Vec<Option<usize>> = dependent
        .iter()
        .map(|entry| search.cause(&entry.owner))
        .collect();
    let mut left = Vec::new();
    for (entry, cause) in dependent.into_iter().zip(causes) {
        match cause.and_then(|cause| others.get_mut(cause)) {
            Some(cause) => attach(cause, entry),
            None => left.push(entry),
        }
    }
    others.extend(left);
    others
}

/// What looks for the difference that made a type come or go.
struct Search<'s> {
    catalogue: &'s Catalogue<'s>,
    keys: &'s BTreeMap<String, Key<'s>>,
    /// The types that came or went, by their paths.
    dependent: BTreeSet<&'s str>,
    /// The differences that may be causes, by operation or type.
    by_owner: &'s BTreeMap<&'s str, Vec<usize>>,
    entries: &'s [Entry],
    to_new: &'s dyn Fn(&str) -> String,
}

impl Search<'_> {
    /// Returns the first difference of an operation or a type that uses this one, by way of others that came or went with it.
    fn cause(&self, of: &str) -> Option<usize> {
        let mut seen = BTreeSet::from([of.to_owned()]);
        let mut open = vec![of.to_owned()];
        let mut found: Vec<usize> = Vec::new();
        while let Some(path) = open.pop() {
            let Some(key) = self.keys.get(&path) else {
                continue;
            };
            for user in self.catalogue.users(*key) {
                if self.dependent.contains(user) {
                    if seen.insert(user.to_owned()) {
                        open.push(user.to_owned());
                    }
                } else {
                    found.extend(self.of_user(user, &path));
                }
            }
        }
        // What comes or goes as a whole explains more than what only changed.
        let weight = |index: &usize| {
            let code = self.entries.get(*index).map(|entry| entry.code);
            let is_whole = matches!(
                code,
                Some(
                    ChangeCode::OperationAdded
                        | ChangeCode::OperationRemoved
                        | ChangeCode::WebhookAdded
                        | ChangeCode::WebhookRemoved
                )
            );
            (!is_whole, *index)
        };
        found.into_iter().min_by_key(weight)
    }

    /// The difference of a user: the one of the part that has the type, or the first of any.
    fn of_user(&self, user: &str, path: &str) -> Option<usize> {
        let owner = (self.to_new)(user);
        let candidates = self.by_owner.get(owner.as_str());
        let candidates = candidates.or_else(|| self.by_owner.get(user))?;
        let parts = self
            .keys
            .get(user)
            .and_then(|key| self.catalogue.types.get(key));
        let parts = parts.into_iter().flat_map(|item| item.parts());
        let parts = parts.filter(|(_, ty)| {
            let mut inside = named(ty).into_iter();
            inside.any(|inside| format!("{}::{}", inside.module, inside.name) == path)
        });
        let parts: Vec<&str> = parts.map(|(name, _)| name).collect();
        let is_of_part = |index: &&usize| {
            let spots = self.entries.get(**index).map(|entry| entry.spots.iter());
            spots.into_iter().flatten().any(|spot| {
                let last = spot.path.rsplit("::").next();
                last.is_some_and(|last| parts.contains(&last))
            })
        };
        let of_part = candidates.iter().find(is_of_part);
        of_part.or_else(|| candidates.first()).copied()
    }
}

/// Whether a difference can bring types, or take them away.
fn is_structural(code: ChangeCode) -> bool {
    matches!(
        code,
        ChangeCode::OperationAdded
            | ChangeCode::OperationRemoved
            | ChangeCode::ParameterAdded
            | ChangeCode::RequiredParameterAdded
            | ChangeCode::ParameterRemoved
            | ChangeCode::ParameterTypeChanged
            | ChangeCode::BodyFormChanged
            | ChangeCode::ResponseTypeChanged
            | ChangeCode::ErrorTypeChanged
            | ChangeCode::StreamAdded
            | ChangeCode::StreamRemoved
            | ChangeCode::StreamEventChanged
            | ChangeCode::WebhookAdded
            | ChangeCode::WebhookRemoved
            | ChangeCode::WebhookChanged
            | ChangeCode::ResponseAdded
            | ChangeCode::ResponseRemoved
            | ChangeCode::TypeKindChanged
            | ChangeCode::FieldAdded
            | ChangeCode::RequiredFieldAdded
            | ChangeCode::FieldRemoved
            | ChangeCode::FieldTypeChanged
            | ChangeCode::ConstantAdded
            | ChangeCode::ConstantRemoved
            | ChangeCode::AdditionalPropertiesAdded
            | ChangeCode::AdditionalPropertiesRemoved
            | ChangeCode::AlternativeAdded
            | ChangeCode::AlternativeRemoved
            | ChangeCode::AlternativeTypeChanged
    )
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
