//! The table of a deterministic automaton, by the construction of subsets.

use super::expression::{LAST, Ranges};
use super::nfa::{Nfa, Step};
use crate::model::api::Pattern;
use std::collections::{BTreeSet, HashMap};

/// How many entries a table may have.
const MOST_ENTRIES: usize = 2048;
/// How many ranges of characters beyond ASCII a table may have.
const MOST_RANGES: usize = 1024;

/// The characters that an automaton does not tell apart, as classes.
struct Alphabet {
    ascii: Vec<u8>,
    ranges: Vec<(char, char, u8)>,
    /// Which classes of the automaton each class here is in.
    members: Vec<Vec<bool>>,
}

pub(super) fn table(source: &str, nfa: &Nfa) -> Result<Pattern, &'static str> {
    let too_large = "its table would be too large";
    let Alphabet {
        ascii,
        ranges,
        members,
    } = alphabet(&nfa.classes).ok_or(too_large)?;
    let classes = members.len();
    let first = nfa.closure([nfa.first], true);
    let mut next = Vec::new();
    let mut ends = Vec::new();
    if first.contains(&0) {
        // Whatever follows, it matches.
        ends.push(true);
        next.resize(classes, Pattern::MATCHED);
    } else {
        let mut states = vec![first.clone()];
        let mut numbers = HashMap::from([(first, 0_u16)]);
        let mut index = 0;
        while let Some(state) = states.get(index).cloned() {
            index += 1;
            ends.push(nfa.is_end(&state));
            for class in &members {
                let after = nfa.after(&state, class);
                let number = if after.contains(&0) {
                    Pattern::MATCHED
                } else if after.is_empty() {
                    Pattern::FAILED
                } else if let Some(known) = numbers.get(&after) {
                    *known
                } else {
                    let number = u16::try_from(states.len()).map_err(|_| too_large)?;
                    numbers.insert(after.clone(), number);
                    states.push(after);
                    number
                };
                next.push(number);
            }
            if states.len() * classes > MOST_ENTRIES {
                return Err(too_large);
            }
        }
    }
    // All states can be reached.
    if !ends.contains(&true) && !next.contains(&Pattern::MATCHED) {
        return Err(match source.strip_prefix('/') {
            Some(_) => "no text matches it, because the slashes around it are part of it",
            None => "no text matches it",
        });
    }
    Ok(Pattern {
        source: source.to_owned(),
        ascii,
        ranges,
        classes,
        next,
        ends,
    })
}

impl Nfa {
    /// Returns the steps that some lead to without a character, as far as they wait for one; step 0 is the match.
    fn closure(&self, steps: impl IntoIterator<Item = usize>, at_start: bool) -> BTreeSet<usize> {
        let mut open: Vec<usize> = steps.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(step) = open.pop() {
            if !seen.insert(step) {
                continue;
            }
            match self.steps.get(step) {
                Some(Step::Split(one, other)) => open.extend([*one, *other]),
                Some(Step::Start(next)) if at_start => open.push(*next),
                Some(Step::Start(_) | Step::Class(..) | Step::End(_) | Step::Match) | None => {}
            }
        }
        let waits = |step: &usize| {
            matches!(
                self.steps.get(*step),
                Some(Step::Class(..) | Step::End(_) | Step::Match)
            )
        };
        seen.retain(waits);
        seen
    }

    /// Returns the steps after a character of a class; a match may begin at every character.
    fn after(&self, state: &BTreeSet<usize>, class: &[bool]) -> BTreeSet<usize> {
        let passed = state.iter().filter_map(|step| match self.steps.get(*step) {
            Some(Step::Class(index, next)) => class
                .get(*index)
                .is_some_and(|is_in| *is_in)
                .then_some(*next),
            _ => None,
        });
        self.closure(passed.chain([self.first]), false)
    }

    /// Returns whether a text may end here.
    fn is_end(&self, state: &BTreeSet<usize>) -> bool {
        let mut open: Vec<usize> = state.iter().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(step) = open.pop() {
            if !seen.insert(step) {
                continue;
            }
            match self.steps.get(step) {
                Some(Step::Match) => return true,
                Some(Step::End(next)) => open.push(*next),
                Some(Step::Split(one, other)) => open.extend([*one, *other]),
                Some(Step::Class(..) | Step::Start(_)) | None => {}
            }
        }
        false
    }
}

/// Splits all characters where a class begins or ends.
fn alphabet(classes: &[Ranges]) -> Option<Alphabet> {
    let mut starts: BTreeSet<u32> = BTreeSet::from([0, 0x80]);
    for (first, last) in classes.iter().flatten() {
        starts.insert(*first);
        starts.insert(last + 1);
    }
    starts.retain(|start| *start <= LAST);
    let mut members: Vec<Vec<bool>> = vec![vec![false; classes.len()]];
    let mut ascii = Vec::new();
    let mut ranges: Vec<(char, char, u8)> = Vec::new();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([LAST]);
    for (first, last) in starts.iter().copied().zip(ends) {
        let is_in = |ranges: &Ranges| {
            let after = ranges.partition_point(|(start, _)| *start <= first);
            after > 0 && ranges.get(after - 1).is_some_and(|(_, end)| first <= *end)
        };
        let member: Vec<bool> = classes.iter().map(is_in).collect();
        let known = members.iter().position(|known| *known == member);
        let class = known.unwrap_or_else(|| {
            members.push(member);
            members.len() - 1
        });
        let class = u8::try_from(class).ok()?;
        if last < 0x80 {
            ascii.resize(last as usize + 1, class);
        } else if class != 0 {
            extend(&mut ranges, first, last, class);
        }
    }
    (ranges.len() <= MOST_RANGES).then_some(Alphabet {
        ascii,
        ranges,
        members,
    })
}

/// Adds a range of characters; surrogates are none.
fn extend(ranges: &mut Vec<(char, char, u8)>, first: u32, last: u32, class: u8) {
    let first = if (0xd800..=0xdfff).contains(&first) {
        0xe000
    } else {
        first
    };
    let last = if (0xd800..=0xdfff).contains(&last) {
        0xd7ff
    } else {
        last
    };
    let (Some(first), Some(last)) = (char::from_u32(first), char::from_u32(last)) else {
        return;
    };
    if first > last {
        return;
    }
    match ranges.last_mut() {
        Some((_, end, known)) if *known == class && *end as u32 + 1 == first as u32 => *end = last,
        _ => ranges.push((first, last, class)),
    }
}
