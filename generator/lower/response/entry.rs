//! The responses of an operation, each in each of its representations, and which of them are alike.

use super::described::{ALL, Described};
use crate::lower::media::{Representation, essence};
use crate::lower::status::{phrase, representation_name};
use crate::model::api::Reading;

/// A response in one of its representations.
pub(super) struct Entry<'r, 'd> {
    pub described: &'r Described<'d>,
    /// None where it has no body.
    pub representation: Option<&'r Representation<'d>>,
    /// Whether it is for these media types only.
    is_guarded: bool,
}

impl Entry<'_, '_> {
    pub(super) fn reading(&self) -> Reading {
        self.representation
            .map_or(Reading::Empty, |representation| representation.reading)
    }

    /// Whether both are decoded in the same way and into the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let schema = |one: &Self| match one.representation {
            Some(Representation {
                reading: Reading::Json,
                offers,
            }) => offers
                .first()
                .and_then(|offer| offer.content.schema.as_ref()),
            Some(_) | None => None,
        };
        self.reading() == other.reading() && schema(self) == schema(other)
    }

    /// Returns the media types that it is for, where its status has others.
    pub(super) fn media_types(&self) -> Vec<String> {
        let offers = self.representation.map(|one| one.offers.as_slice());
        match offers {
            Some(offers) if self.is_guarded => {
                offers.iter().map(|offer| essence(offer.name)).collect()
            }
            Some(_) | None => Vec::new(),
        }
    }
}

/// Returns each response in each of its representations; the first of several takes the media types that are not listed,
/// and so comes last.
pub(super) fn entries<'r, 'd>(described: &[&'r Described<'d>]) -> Vec<Entry<'r, 'd>> {
    let mut entries = Vec::new();
    for &one in described {
        let entry = |representation, is_guarded| Entry {
            described: one,
            representation,
            is_guarded,
        };
        match one.offers.whole.as_slice() {
            [] => entries.push(entry(None, false)),
            [only] => entries.push(entry(Some(only), false)),
            [first, others @ ..] => {
                entries.push(entry(Some(first), false));
                entries.extend(others.iter().map(|other| entry(Some(other), true)));
            }
        }
    }
    entries
}

/// Returns what each variant is called: the status, the representation, or both.
pub(super) fn phrases(entries: &[Entry<'_, '_>]) -> Vec<String> {
    let first = entries.first().map(|entry| entry.described.statuses);
    let one_status = entries
        .iter()
        .all(|entry| Some(entry.described.statuses) == first);
    let phrases = entries.iter().map(|entry| {
        let status = match entry.described.statuses {
            ALL => "Default".to_owned(),
            statuses => phrase(statuses),
        };
        let several = entry.described.offers.whole.len() > 1;
        match entry.representation {
            Some(representation) if several => {
                let media = representation_name(representation);
                if one_status {
                    media
                } else {
                    format!("{status}{media}")
                }
            }
            Some(_) | None => status,
        }
    });
    phrases.collect()
}
