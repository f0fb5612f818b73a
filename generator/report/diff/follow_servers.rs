//! Differences that follow from others of servers.

use super::cause::{attach_where, quoted};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{Entry, Noun};

/// A server that comes, goes or has another URL shows in the operations that are sent to it.
pub(super) fn servers(mut entries: Vec<Entry>) -> Vec<Entry> {
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
            let is_of_choice = matches!(
                of.code,
                ChangeCode::ServerAdded
                    | ChangeCode::ServerRemoved
                    | ChangeCode::ServerVariableChanged
            );
            // A variable comes with the URL that has it.
            let is_of_url = entry.code == ChangeCode::ServerVariableChanged
                && of.code == ChangeCode::ServerChanged
                && of.noun == Noun::Place
                && entry
                    .labels
                    .first()
                    .and_then(|label| label.strip_prefix("server "))
                    .is_some_and(|url| of.what.ends_with(&format!(" to {url}")));
            shown(entry, of) || is_choice && is_of_choice || is_of_url
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
