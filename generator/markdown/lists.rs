//! Lists and quotations: how their lines begin.

use super::Edit;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The lists that an event is in.
#[derive(Default)]
pub(super) struct Lists {
    /// How far the text of each entry is from the beginning of the entry.
    indents: Vec<usize>,
    /// Quotations, whose lines begin with marks.
    quotes: usize,
}

impl Lists {
    /// Follows an event. Where it ends a line of an entry, the next one is set in as far as the text of the entry, and where
    /// it ends a line of a quotation, the next one gets its marks: rustdoc shows it in the same way, but clippy finds fault
    /// with anything else.
    pub(super) fn see(
        &mut self,
        markdown: &str,
        event: &Event<'_>,
        range: &Range<usize>,
        next: Option<usize>,
    ) -> Option<Edit> {
        match event {
            Event::Start(Tag::Item) => {
                let text = next.unwrap_or(range.end).min(range.end);
                self.indents.push(text.saturating_sub(range.start));
            }
            Event::End(TagEnd::Item) => {
                self.indents.pop();
            }
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes = self.quotes.saturating_sub(1),
            Event::SoftBreak => return self.next_line(markdown, range),
            _ => {}
        }
        None
    }

    fn next_line(&self, markdown: &str, line_end: &Range<usize>) -> Option<Edit> {
        let start = line_end.start + markdown[line_end.start..].find('\n')? + 1;
        let line = markdown[start..].trim_start_matches(' ');
        let is = markdown.len() - start - line.len();
        let before = match (self.quotes, self.indents.as_slice()) {
            (0, []) => return None,
            (0, indents) => " ".repeat(indents.iter().sum()),
            (quotes, []) => "> ".repeat(quotes),
            (_, _) => return None,
        };
        let differs = self.quotes > 0 || is != before.len();
        (differs && is_prose(line)).then(|| Edit {
            range: start..start + is,
            text: before,
        })
    }
}

/// Whether a line is text wherever it begins, and never the beginning of a list, a heading, a rule, a block of code.
fn is_prose(line: &str) -> bool {
    match line.chars().next() {
        None | Some('-' | '+' | '#' | '>' | '~' | '|' | '=' | '_' | '<') => false,
        Some('*') => line
            .trim_start_matches('*')
            .starts_with(|c: char| !c.is_whitespace()),
        Some('`') => !line.starts_with("```"),
        Some('0'..='9') => !line
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['.', ')']),
        Some(_) => true,
    }
}
