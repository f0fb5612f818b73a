//! Texts that match a regular expression.

use crate::random::Random;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// How often more than the least number of times something is repeated.
const REPEATED: u32 = 3;

/// Returns a text that a pattern of a schema matches; none for a pattern that only ECMAScript has. Whoever asks checks it.
pub fn text(pattern: &str, random: &mut Random) -> Option<String> {
    // In ECMAScript these are of ASCII.
    let ascii = pattern
        .replace("\\d", "[0-9]")
        .replace("\\w", "[A-Za-z0-9_]")
        .replace("\\s", " ")
        .replace("\\/", "/");
    let parsed = regex_syntax::parse(&ascii).ok()?;
    let mut text = String::new();
    write(&parsed, random, &mut text);
    Some(text)
}

fn write(part: &Hir, random: &mut Random, text: &mut String) {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, random)),
        HirKind::Repetition(Repetition { min, max, sub, .. }) => {
            let most = max.unwrap_or(min + REPEATED).min(min + REPEATED);
            let more = usize::try_from(most - min).unwrap_or_default();
            let more = u32::try_from(random.below(more + 1)).unwrap_or_default();
            (0..min + more).for_each(|_| write(sub, random, text));
        }
        HirKind::Capture(capture) => write(&capture.sub, random, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, random, text)),
        HirKind::Alternation(parts) => write(random.choose(parts), random, text),
    }
}

/// Returns a character of a class: of the first ranges, which are printable as a rule.
fn character(class: &Class, random: &mut Random) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let ranges: Vec<_> = class.iter().take(4).collect();
    if ranges.is_empty() {
        return None;
    }
    let range = random.choose(&ranges);
    let (start, end) = (u32::from(range.start()), u32::from(range.end()));
    // Of a range that begins with control characters, a letter is taken.
    let start = if start < 0x20 && end > 0x7e {
        0x61
    } else {
        start
    };
    let width = usize::try_from((end - start).min(25)).unwrap_or_default();
    let offset = u32::try_from(random.below(width + 1)).unwrap_or_default();
    char::from_u32(start + offset)
}
