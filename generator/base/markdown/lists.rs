//! Lists and quotations: how their lines begin.

use super::{Edit, apply, options};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// How far lines are set in, at most: a few words could ask for any number of spaces and marks.
const DEEPEST: usize = 128;

/// What a line is inside of, which says how it begins.
enum Container {
    /// An entry of a list, whose text is set in by its mark.
    Item(usize),
    Quote,
}

/// The lists and quotations that an event is in, from the outside.
#[derive(Default)]
struct Containers(Vec<Container>);

/// Sets in each line of an entry as far as the text of the entry, and gives each line of a quotation its marks: rustdoc shows
/// it in the same way, but clippy finds fault with anything else.
pub(super) fn set_in(markdown: &str) -> String {
    let mut containers = Containers::default();
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
                let mark = text.saturating_sub(range.start);
                containers.0.push(Container::Item(mark));
            }
            Event::Start(Tag::BlockQuote(_)) => containers.0.push(Container::Quote),
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => drop(containers.0.pop()),
            Event::SoftBreak | Event::HardBreak => {
                edits.extend(containers.next_line(markdown, &range));
            }
            _ => {}
        }
    }
    apply(markdown, edits)
}

impl Containers {
    fn next_line(&self, markdown: &str, line_end: &Range<usize>) -> Option<Edit> {
        let start = line_end.start + markdown[line_end.start..].find('\n')? + 1;
        let mut line = &markdown[start..];
        let mut before = String::new();
        for container in &self.0 {
            line = line.trim_start_matches(' ');
            match container {
                Container::Item(mark) => before.push_str(&" ".repeat(*mark)),
                Container::Quote => {
                    line = line.strip_prefix('>').unwrap_or(line);
                    before.push_str("> ");
                }
            }
        }
        let line = line.trim_start_matches(' ');
        let end = markdown.len() - line.len();
        if line.starts_with('|') {
            return self.before_table(markdown, start, end - start < before.len());
        }
        let is_changed = markdown[start..end] != before && (1..=DEEPEST).contains(&before.len());
        (is_changed && is_prose(line)).then_some(Edit {
            range: start..end,
            text: before,
        })
    }

    /// Puts an empty line before a table that begins right after an entry of a list, whose text it would be.
    fn before_table(&self, markdown: &str, start: usize, is_outside: bool) -> Option<Edit> {
        let is_in_list = self.0.iter().all(|one| matches!(one, Container::Item(_)));
        let previous = markdown[..start].trim_end_matches('\n').rsplit('\n').next();
        let is_first = !previous.is_some_and(|line| line.trim_start().starts_with('|'));
        (is_in_list && is_outside && is_first).then(|| Edit {
            range: start..start,
            text: "\n".to_owned(),
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
        '>' | '|' => false,
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
        assert_eq!(
            set_in("- first\n| a |\n|---|\n| b |"),
            "- first\n\n| a |\n|---|\n| b |"
        );
        assert_eq!(set_in("> > first\nmore"), "> > first\n> > more");
        assert_eq!(set_in("> > first\n> more"), "> > first\n> > more");
        assert_eq!(set_in("> * first\nmore"), "> * first\n>   more");
        assert_eq!(set_in("> * first\n> more"), "> * first\n>   more");
        assert_eq!(set_in("- > first\n  more"), "- > first\n  > more");
    }

    #[test]
    fn lines_that_begin_like_blocks_are_text() {
        for text in [
            "<https://example.com>",
            "** two",
            "-- two",
            "-2",
            "+2",
            "#2",
            "=2",
            "__two__",
            "~2",
        ] {
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
