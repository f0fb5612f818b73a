//! What a project decides about changes: which it ignores, and which count as more or less than their classes say.

use super::change::Level;
use super::code::ChangeCode;
use super::collector::Entry;

/// A decision about some changes (`[[crate.report]]` in cratewright.toml). The last one that matches a change counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRule {
    /// The kind of the changes; any where there is none.
    pub code: Option<ChangeCode>,
    /// The items in the crate, with `*` for any characters: `channel::*`; any where there is none.
    pub at: Option<String>,
    /// What becomes of them.
    pub action: RuleAction,
}

/// What becomes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleAction {
    /// It is left out, of the version that follows, too.
    Ignore,
    /// It counts as this.
    Count(Level),
}

impl ReportRule {
    fn matches(&self, entry: &Entry, prefix: &str) -> bool {
        let Self {
            code,
            at,
            action: _,
        } = self;
        let is_there = |pattern: &String| {
            let mut spots = entry.spots.iter();
            spots.all(|spot| matches(pattern, &format!("{prefix}{}", spot.path)))
        };
        code.is_none_or(|code| code == entry.code) && at.as_ref().is_none_or(is_there)
    }
}

/// Applies rules to differences, and returns what is left with the number of those that are ignored.
pub(super) fn apply(
    rules: &[ReportRule],
    entries: Vec<Entry>,
    prefix: &str,
) -> (Vec<Entry>, usize) {
    let total = entries.len();
    let mut kept = Vec::new();
    for mut entry in entries {
        let rule = rules.iter().rev().find(|rule| rule.matches(&entry, prefix));
        match rule.map(|rule| rule.action) {
            Some(RuleAction::Ignore) => continue,
            Some(RuleAction::Count(level)) => entry.level = Some(level),
            None => {}
        }
        kept.push(entry);
    }
    let ignored = total - kept.len();
    (kept, ignored)
}

/// Whether a text is of this pattern, in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_any_characters() {
        assert!(matches("channel::*", "channel::Channel::sid"));
        assert!(matches("*::sid", "channel::Channel::sid"));
        assert!(matches("channel::*::sid", "channel::Channel::sid"));
        assert!(matches("channel::Channel", "channel::Channel"));
        assert!(!matches("channel::Channel", "channel::Channels"));
        assert!(!matches("channel::*::user", "channel::Channel::sid"));
        assert!(!matches("flex::*", "channel::Channel"));
    }
}
