//! Differences that have a cause in others.

use super::collector::Entry;
use super::fold::attach;

/// Makes each entry for which there is a cause a part of that; `cause` returns its index.
pub(super) fn attach_where(
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

pub(super) fn position(
    entries: &[Entry],
    is_cause: impl Fn(usize, &Entry) -> bool,
) -> Option<usize> {
    let mut others = entries.iter().enumerate();
    others.find_map(|(at, other)| is_cause(at, other).then_some(at))
}

/// The first name in backquotes, with them.
pub(super) fn quoted(what: &str) -> Option<&str> {
    let start = what.find('`')?;
    let rest = what.get(start + 1..)?;
    what.get(start..start + 2 + rest.find('`')?)
}
