//! Code blocks of a description, which rustdoc must not take for Rust.

use super::Edit;
use pulldown_cmark::CodeBlockKind;
use std::fmt::Write as _;
use std::ops::Range;

/// A code block in prose is no Rust: rustdoc would compile and run one that is not marked as text.
pub(super) struct Code {
    range: Range<usize>,
    /// What its first line begins with: the marks of the lists and quotations that it is in.
    lead: String,
    pub(super) content: String,
}

impl Code {
    pub(super) fn begin(markdown: &str, range: Range<usize>, kind: &CodeBlockKind<'_>) -> Self {
        let line = markdown[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let lead = &markdown[line..range.start];
        let lead = match kind {
            CodeBlockKind::Fenced(_) => lead,
            CodeBlockKind::Indented => lead.strip_suffix("    ").unwrap_or(lead),
        };
        Self {
            lead: lead.to_owned(),
            range: line..range.end,
            content: String::new(),
        }
    }

    pub(super) fn end(self, markdown: &str) -> Edit {
        let mut text = as_text_block(&self.lead, self.content.lines());
        if markdown[self.range.clone()].ends_with('\n') {
            text.push('\n');
        }
        Edit {
            range: self.range,
            text,
        }
    }
}

/// Fences lines as text, each below what the first line begins with.
pub(super) fn as_text_block<'l>(
    lead: &str,
    lines: impl Iterator<Item = &'l str> + Clone,
) -> String {
    let ticks = |line: &str| line.trim_start().chars().take_while(|&c| c == '`').count();
    let longest = lines.clone().map(ticks).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let below: String = lead
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect();
    let mut text = format!("{lead}{fence}text\n");
    for line in lines {
        let _ = writeln!(text, "{}", format!("{below}{line}").trim_end());
    }
    text + &below + &fence
}
