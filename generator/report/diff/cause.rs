//! Differences that have a cause in others.

use super::collector::Entry;
use super::fold::attach;

/// Makes each entry for which there is a cause a part of that, or of what that has as its own cause; `cause` returns its index.
pub(super) fn attach_where(
    entries: Vec<Entry>,
    cause: impl Fn(&[Entry], usize, &Entry) -> Option<usize>,
) -> Vec<Entry> {
    let causes: Vec<Option<usize>> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| cause(&entries, index, entry))
        .collect();
    let mut kept: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
    for index in 0..causes.len() {
        let Some(cause) = first_cause(&causes, index) else {
            continue;
        };
        let entry = kept.get_mut(index).and_then(Option::take);
        if let (Some(entry), Some(Some(cause))) = (entry, kept.get_mut(cause)) {
            attach(cause, entry);
        }
    }
    kept.into_iter().flatten().collect()
}

/// The cause at the end of a chain of causes; none where the chain leads back into itself.
fn first_cause(causes: &[Option<usize>], index: usize) -> Option<usize> {
    let mut at = (*causes.get(index)?)?;
    for _ in causes {
        match causes.get(at)? {
            Some(next) => at = *next,
            None => return Some(at),
        }
    }
    None
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
