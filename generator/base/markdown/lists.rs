//! Lists and quotations: how their lines begin.

use super::{Edit, apply, options};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// How far lines are set in, and how many marks they get, at most: a few words could ask for any number of spaces.
const DEEPEST: usize = 64;

/// The lists and quotations that an event is in.
#[derive(Default)]
struct Lists {
    /// How far the text of each entry is set in: as far as that of the entry around it, and further by its own mark.
    indents: Vec<usize>,
    /// Quotations, whose lines begin with marks.
    quotes: usize,
}

/// Sets in each line of an entry as far as the text of the entry, and gives each line of a quotation its marks: rustdoc shows
/// it in the same way, but clippy finds fault with anything else.
pub(super) fn set_in(markdown: &str) -> String {
    let mut lists = Lists::default();
    let mut edits = Vec::new();
    let mut events = Parser::new_ext(markdown, options())
        .into_offset_iter()
        .peekable();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Item) => {
                let text = events.peek().map_or(range.end, |(_, next)| next.start);
                // A text that begins with an escape begins after the backslash.
                let is_escaped = text > range.start && markdown[..text].ends_with('\\');
                let text = (text - usize::from(is_escaped)).min(range.end);
                lists
                    .indents
                    .push(lists.indent() + text.saturating_sub(range.start));
            }
            Event::End(TagEnd::Item) => {
                lists.indents.pop();
            }
            Event::Start(Tag::BlockQuote(_)) => lists.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => lists.quotes = lists.quotes.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak => edits.extend(lists.next_line(markdown, &range)),
            _ => {}
        }
    }
    apply(markdown, edits)
}

impl Lists {
    fn indent(&self) -> usize {
        self.indents.last().copied().unwrap_or_default()
    }

    fn next_line(&self, markdown: &str, line_end: &Range<usize>) -> Option<Edit> {
        let start = line_end.start + markdown[line_end.start..].find('\n')? + 1;
        let line = markdown[start..].trim_start_matches(' ');
        let is = markdown.len() - start - line.len();
        let before = match (self.quotes, self.indent()) {
            (0, indent @ 1..=DEEPEST) if is != indent => " ".repeat(indent),
            (1..=DEEPEST, 0) => "> ".repeat(self.quotes),
            _ => return None,
        };
        is_prose(line).then(|| Edit {
            range: start..start + is,
            text: before,
        })
    }
}

/// Whether a line is text wherever it begins, and never the beginning of a list, a heading, a rule, a block of code.
fn is_prose(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    let rest = line.trim_start_matches(first);
    let has_text = !rest.trim().is_empty() && line.contains(|c: char| c != first && c != ' ');
    match first {
        '>' | '|' | '<' => false,
        '=' | '_' => has_text,
        '#' => has_text && !rest.starts_with(' '),
        '-' | '+' | '*' => has_text && !line[1..].starts_with(' '),
        '~' => !line.starts_with("~~~"),
        '`' => !line.starts_with("```"),
        '0'..='9' => !line
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['.', ')']),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::set_in;

    #[test]
    fn no_line_grows_without_end() {
        for mark in ["- ", "> "] {
            let text = mark.repeat(1_000) + "first\n" + &"more\n".repeat(1_000);
            assert!(set_in(&text).len() < 100_000, "{mark}");
        }
        assert_eq!(set_in("- first\nmore"), "- first\n  more");
        assert_eq!(set_in("> > first\nmore"), "> > first\n> > more");
    }

    #[test]
    fn lines_that_begin_like_blocks_are_text() {
        for text in ["** two", "-- two", "-2", "+2", "#2", "=2", "__two__", "~2"] {
            assert_eq!(
                set_in(&format!("- one\n{text}")),
                format!("- one\n  {text}")
            );
        }
        for block in [
            "- two", "+ two", "* two", "***", "* * *", "# two", "~~~", "1. two",
        ] {
            let list = format!("- one\n{block}");
            assert_eq!(set_in(&list), list);
        }
        assert_eq!(set_in(" - \\<a>\n    b"), " - \\<a>\n   b");
    }
}
