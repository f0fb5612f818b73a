//! Diagnostics for people and for machines.

use super::{Diagnostic, Diagnostics, Severity};
use crate::base::source::{Place, Source};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// Bytes of a line that are shown on either side of the place; a whole JSON document can be one line.
const LINE_MARGIN: usize = 400;

/// A diagnostic as machines read it; the names of the fields are stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report<'a> {
    /// `error` or `warning`.
    pub severity: Severity,
    /// The stable code.
    pub code: &'a str,
    /// The label of the source.
    pub file: Option<&'a str>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The column, counted from 1, in characters.
    pub column: Option<usize>,
    /// The line where the place ends.
    pub end_line: Option<usize>,
    /// The column behind its last character; that of the start where only the start is known.
    pub end_column: Option<usize>,
    /// The JSON pointer.
    pub pointer: Option<&'a str>,
    /// What is wrong and why.
    pub message: &'a str,
    /// A way out.
    pub help: Option<&'a str>,
}

impl Diagnostics {
    /// Renders all of them for people: place, reason, the line with the place marked, JSON pointer and help.
    ///
    /// Control characters, also those of the sources, are shown and not sent; `colour` adds ANSI colours.
    #[must_use]
    pub fn render(&self, sources: &[Source], colour: bool) -> String {
        let mut out = String::new();
        for diagnostic in self {
            diagnostic.render(sources, colour, &mut out);
        }
        out
    }

    /// Returns all of them in the form for machines.
    #[must_use]
    pub fn reports<'a>(&'a self, sources: &'a [Source]) -> Vec<Report<'a>> {
        self.iter()
            .map(|diagnostic| diagnostic.report(sources))
            .collect()
    }
}

impl Diagnostic {
    fn render(&self, sources: &[Source], colour: bool, out: &mut String) {
        let source = self.source(sources);
        let place = source.and_then(|source| source.place(&self.at));
        if let Some(file) = source
            .map(|source| &**source.label())
            .or(self.file.as_deref())
        {
            out.push_str(&printable(file));
            if let Some(Place { line, column, .. }) = &place {
                let _ = write!(out, ":{line}:{column}");
            }
            out.push_str(": ");
        }
        let (start, end) = match (colour, self.severity) {
            (false, _) => ("", ""),
            (true, Severity::Error) => ("\x1b[1;31m", "\x1b[0m"),
            (true, Severity::Warning) => ("\x1b[1;33m", "\x1b[0m"),
        };
        let _ = writeln!(
            out,
            "{start}{}[{}]{end}: {}",
            self.severity,
            self.code,
            printable(&self.message)
        );
        let shown = source
            .zip(place)
            .map(|(source, place)| (excerpt(source.text(), &place), place.line));
        let body = self.body(
            shown
                .as_ref()
                .map(|((line, marked), number)| (*line, marked.clone(), *number)),
            colour,
        );
        if !body.is_empty() {
            out.push_str(&body);
            out.push_str("\n\n");
        }
    }

    fn body(&self, shown: Option<(&str, Range<usize>, usize)>, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_level(level);
        if let Some((line, marked, number)) = shown {
            let annotation = AnnotationKind::Primary.span(marked);
            group = group.element(
                Snippet::source(line)
                    .line_start(number)
                    .annotation(annotation),
            );
        }
        if let Some(pointer) = self.pointer() {
            let shown = if pointer.is_empty() {
                "the top of the document".into()
            } else {
                printable(pointer)
            };
            group = group.element(Level::NOTE.with_name("at").message(shown));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        if group.is_empty() {
            return String::new();
        }
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }

    fn report<'a>(&'a self, sources: &'a [Source]) -> Report<'a> {
        let source = self.source(sources);
        let place = source.and_then(|source| source.place(&self.at));
        let end = source.zip(place.as_ref()).map(|(source, place)| {
            if place.span.is_empty() {
                (place.line, place.column)
            } else {
                source.line_column(place.span.end)
            }
        });
        Report {
            severity: self.severity,
            code: self.code,
            file: source
                .map(|source| &**source.label())
                .or(self.file.as_deref()),
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            end_line: end.map(|(line, _)| line),
            end_column: end.map(|(_, column)| column),
            pointer: self.pointer(),
            message: &self.message,
            help: self.help.as_deref(),
        }
    }

    /// Returns the source that the diagnostic is about: its own, the one it names, or the only one.
    fn source<'a>(&'a self, sources: &'a [Source]) -> Option<&'a Source> {
        match (&self.file, sources) {
            _ if self.source.is_some() => self.source.as_deref(),
            (Some(file), _) => sources.iter().find(|source| source.label() == file),
            (None, [only]) if self.at != super::At::Nowhere => Some(only),
            (None, _) => None,
        }
    }
}

/// Returns the line of a place, or what of it is near the place, and the bytes to mark in it.
fn excerpt<'a>(text: &'a str, place: &Place) -> (&'a str, Range<usize>) {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let bytes = text.as_bytes();
    let at = place.span.start.min(bytes.len());
    let line_start = bytes[..at]
        .iter()
        .rposition(is_break)
        .map_or(0, |newline| newline + 1);
    let line_end = bytes[at..]
        .iter()
        .position(is_break)
        .map_or(bytes.len(), |newline| at + newline);
    let start = text.ceil_char_boundary(line_start.max(at.saturating_sub(LINE_MARGIN)));
    let end = text.floor_char_boundary(line_end.min(at + LINE_MARGIN));
    let marked = at - start..place.span.end.clamp(at, end.max(at)) - start;
    (text.get(start..end.max(start)).unwrap_or_default(), marked)
}

/// Returns a text with every control character that a terminal or a reader could be misled by written as an escape.
///
/// Line breaks stay.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_safe = |c: char| {
        c == '\n'
            || !(c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
    };
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            _ if is_safe(c) => escaped.push(c),
            '\t' => escaped.push_str("\\t"),
            _ => escaped.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(escaped)
}
