//! SIDs: which patterns are one, and what it is called.

use crate::lower::schemas::Facts;
use crate::model::api::{Digits, Prefixes, SidKind};
use crate::model::names::Name;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// How many characters follow the prefix.
const TAIL: u32 = 32;
/// How long a SID is.
const LENGTH: usize = 34;

/// Returns the kind of SID that a schema of type string describes, if its pattern is one.
pub(in crate::lower) fn recognise(facts: &Facts<'_>) -> Option<SidKind> {
    let [pattern] = facts.patterns.as_slice() else {
        return None;
    };
    let fits = |limit: Option<usize>| limit.is_none_or(|length| length == LENGTH);
    if !fits(facts.min_length) || !fits(facts.max_length) {
        return None;
    }
    let (prefixes, digits) = from_pattern(pattern)?;
    Some(SidKind {
        pattern: (*pattern).to_owned(),
        prefixes,
        digits,
        pointer: facts.pointer.clone(),
    })
}

/// Reads a pattern: a prefix of two letters (one, several, or any), then 32 characters of one alphabet.
fn from_pattern(pattern: &str) -> Option<(Prefixes, Digits)> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => return None,
    };
    let parts = without_anchors(parts);
    let (prefix, tail) = parts.split_at(parts.len().checked_sub(1)?);
    let digits = digits_of(tail.first()?)?;
    Some((prefixes_of(prefix)?, digits))
}

/// A pattern of a SID is meant for the whole value, whether or not it is anchored.
fn without_anchors(parts: &[Hir]) -> &[Hir] {
    let is_anchor =
        |part: &Hir, look: Look| matches!(part.kind(), HirKind::Look(found) if *found == look);
    let parts = match parts {
        [first, rest @ ..] if is_anchor(first, Look::Start) => rest,
        _ => parts,
    };
    match parts {
        [rest @ .., last] if is_anchor(last, Look::End) => rest,
        _ => parts,
    }
}

fn digits_of(part: &Hir) -> Option<Digits> {
    let HirKind::Repetition(repetition) = part.kind() else {
        return None;
    };
    if repetition.min != TAIL || repetition.max != Some(TAIL) {
        return None;
    }
    match ranges_of(&repetition.sub)?.as_slice() {
        [('0', '9'), ('A', 'F'), ('a', 'f')] => Some(Digits::Hex),
        [('0', '9'), ('a', 'f')] => Some(Digits::LowerHex),
        [('0', '9'), ('A', 'Z'), ('a', 'z')] => Some(Digits::Alphanumeric),
        _ => None,
    }
}

fn ranges_of(part: &Hir) -> Option<Vec<(char, char)>> {
    match part.kind() {
        HirKind::Class(Class::Unicode(class)) => Some(
            class
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect(),
        ),
        _ => None,
    }
}

fn prefixes_of(parts: &[Hir]) -> Option<Prefixes> {
    match parts {
        [part] => match part.kind() {
            HirKind::Repetition(letters) if letters.min == 2 && letters.max == Some(2) => {
                match ranges_of(&letters.sub)?.as_slice() {
                    [('A', 'Z')] => Some(Prefixes::AnyUpper),
                    [('A', 'Z'), ('a', 'z')] => Some(Prefixes::AnyLetters),
                    _ => None,
                }
            }
            HirKind::Capture(capture) => prefixes_of(std::slice::from_ref(&capture.sub)),
            HirKind::Alternation(choices) => {
                let listed: Option<Vec<String>> = choices
                    .iter()
                    .map(|choice| spelled(std::slice::from_ref(choice)))
                    .collect();
                listed.map(Prefixes::Listed)
            }
            _ => spelled(parts).map(|prefix| Prefixes::Listed(vec![prefix])),
        },
        // The parser factors `(SM|MM)` into a class and a literal.
        [_, _] => two_letters(parts).map(Prefixes::Listed),
        _ => None,
    }
}

fn spelled(parts: &[Hir]) -> Option<String> {
    match parts {
        [part] => match part.kind() {
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()))
                    .then(|| text.to_owned())
            }
            HirKind::Concat(inner) => match two_letters(inner)?.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Every prefix that a letter or class, followed by another, allows; none where there are too many to list.
fn two_letters(parts: &[Hir]) -> Option<Vec<String>> {
    let [first, second] = parts else { return None };
    let (first, second) = (letters_of(first)?, letters_of(second)?);
    if first.len() * second.len() > 8 {
        return None;
    }
    Some(
        first
            .iter()
            .flat_map(|a| second.iter().map(move |b| format!("{a}{b}")))
            .collect(),
    )
}

fn letters_of(part: &Hir) -> Option<Vec<char>> {
    let letters: Vec<char> = match part.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0)
            .ok()?
            .chars()
            .collect::<Vec<_>>(),
        HirKind::Class(Class::Unicode(class)) => {
            if class
                .iter()
                .map(|range| u32::from(range.end()) - u32::from(range.start()))
                .sum::<u32>()
                > 8
            {
                return None;
            }
            class
                .iter()
                .flat_map(|range| range.start()..=range.end())
                .collect()
        }
        HirKind::Capture(capture) => return letters_of(&capture.sub),
        _ => return None,
    };
    let single = !matches!(part.kind(), HirKind::Literal(_)) || letters.len() == 1;
    (single && letters.iter().all(char::is_ascii_alphabetic)).then_some(letters)
}

/// Names a kind after what its text looks like: `Ch`, `MmSm`, `OrLower`, `AnyUpper`.
pub(in crate::lower) fn name_of(kind: &SidKind) -> Name {
    let prefix = match &kind.prefixes {
        Prefixes::Listed(prefixes) => {
            let mut sorted: Vec<String> =
                prefixes.iter().map(|prefix| capitalised(prefix)).collect();
            sorted.sort();
            sorted.concat()
        }
        Prefixes::AnyUpper => "AnyUpper".to_owned(),
        Prefixes::AnyLetters => "AnyLetters".to_owned(),
    };
    let alphabet = match kind.digits {
        Digits::Hex => "",
        Digits::LowerHex => "Lower",
        Digits::Alphanumeric => "Alphanumeric",
    };
    Name::sid_kind(&format!("{prefix}{alphabet}"))
}

/// `CH` becomes `Ch`; a prefix that is not in upper case says so, since `ch` is another prefix than `CH`.
fn capitalised(prefix: &str) -> String {
    let mut text: String = prefix[..1].to_ascii_uppercase();
    text.push_str(&prefix[1..].to_ascii_lowercase());
    if prefix.bytes().any(|byte| byte.is_ascii_lowercase()) {
        let lower = prefix
            .bytes()
            .map(|byte| if byte.is_ascii_lowercase() { 'l' } else { 'u' });
        text.push_str("Case");
        text.extend(lower);
    }
    text
}

impl SidKind {
    /// Returns whether a text is such a SID.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        if text.len() != LENGTH || !text.is_ascii() {
            return false;
        }
        let (prefix, tail) = text.split_at(2);
        let prefix_fits = match &self.prefixes {
            Prefixes::Listed(listed) => listed.iter().any(|known| known == prefix),
            Prefixes::AnyUpper => prefix.bytes().all(|byte| byte.is_ascii_uppercase()),
            Prefixes::AnyLetters => prefix.bytes().all(|byte| byte.is_ascii_alphabetic()),
        };
        prefix_fits
            && tail.bytes().all(|byte| match self.digits {
                Digits::Hex => byte.is_ascii_hexdigit(),
                Digits::LowerHex => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
                Digits::Alphanumeric => byte.is_ascii_alphanumeric(),
            })
    }

    /// Returns a SID of this kind, for examples.
    #[must_use]
    pub fn sample(&self) -> String {
        let prefix = match &self.prefixes {
            Prefixes::Listed(listed) => listed.first().map_or("XX", String::as_str),
            Prefixes::AnyUpper | Prefixes::AnyLetters => "XX",
        };
        format!("{prefix}{}", "0123456789abcdef".repeat(2))
    }
}

#[cfg(test)]
mod tests {
    use super::{SidKind, from_pattern, name_of};

    fn name(pattern: &str) -> Option<String> {
        from_pattern(pattern).map(|(prefixes, digits)| {
            let kind = SidKind {
                pattern: (*pattern).to_owned(),
                prefixes,
                digits,
                pointer: String::new(),
            };
            assert!(kind.matches(&kind.sample()));
            name_of(&kind).to_string()
        })
    }

    #[test]
    fn names_the_patterns_of_sids() {
        assert_eq!(name("^CH[0-9a-fA-F]{32}$").as_deref(), Some("Ch"));
        assert_eq!(name("^CH[a-fA-F0-9]{32}$").as_deref(), Some("Ch"));
        assert_eq!(name("^(SM|MM)[0-9a-fA-F]{32}$").as_deref(), Some("MmSm"));
        assert_eq!(name("^(AC|PN)[0-9a-fA-F]{32}$").as_deref(), Some("AcPn"));
        assert_eq!(name("OR[0-9a-f]{32}").as_deref(), Some("OrLower"));
        assert_eq!(
            name("^OQ[a-zA-Z0-9]{32}$").as_deref(),
            Some("OqAlphanumeric")
        );
        assert_eq!(
            name("^[A-Z]{2}[0-9a-fA-F]{32}$").as_deref(),
            Some("AnyUpper")
        );
        assert_eq!(
            name("^[a-zA-Z]{2}[0-9a-fA-F]{32}$").as_deref(),
            Some("AnyLetters")
        );
    }

    #[test]
    fn leaves_other_patterns_alone() {
        for pattern in [
            "^BU[0-9a-fA-F]{32}(,BU[0-9a-fA-F]{32}){0,19}$",
            "aia_asst_.+",
            "^CH[0-9a-fA-F]{31}$",
            "^[A-Z0-9]+$",
            "(",
        ] {
            assert_eq!(name(pattern), None, "{pattern}");
        }
    }
}
