//! Where each node of a YAML or JSON text stands, by its parent and its key.

use super::line_column;
use crate::base::span::Place;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Nesting beyond which nodes are not told apart; YAML and JSON parsers stop long before it.
const DEPTH_LIMIT: usize = 1024;
/// Distance, in characters, of the byte offsets that are kept for a text that is not ASCII.
const STRIDE: usize = 1024;
/// The key of what is merged into a mapping (<https://yaml.org/type/merge.html>).
const MERGE: &str = "<<";
/// Merge keys in merged mappings that are looked into.
const MERGE_DEPTH: usize = 8;
/// Lines that are joined for the scanner; each costs a scan of the text.
const JOINED_LINES: usize = 64;

/// The nodes of a text, found once.
///
/// A text that does not parse to its end is indexed as far as it does.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    nodes: Vec<Node>,
    children: BTreeMap<(usize, Box<str>), usize>,
    /// The byte offset of every [`STRIDE`]th character; empty for ASCII.
    offsets: Vec<usize>,
    /// Whether lines were joined for the scanner, so that its line numbers are not those of the text.
    is_joined: bool,
}

#[derive(Debug, Clone)]
struct Node {
    span: Span,
    /// The key of the entry, when the node is the value of one.
    key: Option<Span>,
    shape: Shape,
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    /// A scalar or a flow collection: its own text shows where it is.
    Visible,
    /// A block collection or an absent value: what shows is the key.
    Implied,
    /// Stands for another node.
    Alias(usize),
}

impl Index {
    pub(super) fn new(text: &str) -> Self {
        let mut scanned = without_marks(without_surrogates(text));
        let mut joined = 0;
        loop {
            let (mut index, fault) = Self::scan(&scanned);
            let line = fault.filter(|_| joined < JOINED_LINES);
            match line.and_then(|at| joined_before(&scanned, at)) {
                Some(text) => scanned = Cow::Owned(text),
                None => {
                    index.offsets = stride_offsets(text);
                    index.is_joined = joined > 0;
                    return index;
                }
            }
            joined += 1;
        }
    }

    /// Indexes a text as far as it can be scanned; returns the character where the scanner gave up over indentation.
    fn scan(text: &str) -> (Self, Option<usize>) {
        let mut builder = Builder::default();
        for event in Parser::new_from_str(text) {
            match event {
                Ok((event, span)) => {
                    if !builder.accept(event, span) {
                        break;
                    }
                }
                Err(error) if error.info().contains("indentation") => {
                    return (builder.index, Some(error.marker().index()));
                }
                Err(_) => break,
            }
        }
        (builder.index, None)
    }

    pub(super) fn value(&self, text: &str, pointer: &str) -> Option<Place> {
        let (node, _) = self.find(pointer)?;
        let span = match (node.shape, node.key) {
            (Shape::Implied, Some(key)) => key,
            (Shape::Visible | Shape::Alias(_), _) | (Shape::Implied, None) => node.span,
        };
        Some(self.place(text, span))
    }

    pub(super) fn key(&self, text: &str, pointer: &str) -> Option<Place> {
        match self.find(pointer)? {
            (Node { key: Some(key), .. }, true) => Some(self.place(text, *key)),
            (_, _) => self.value(text, pointer),
        }
    }

    /// Returns the node, or the nearest parent there is, and whether it is the node itself.
    fn find(&self, pointer: &str) -> Option<(&Node, bool)> {
        let mut at = 0;
        let pointer = without_marks(pointer.into());
        for token in pointer.split('/').skip(1) {
            let parent = self.target(at)?;
            match self.child(parent, &unescape(token), MERGE_DEPTH) {
                Some(child) => at = child,
                None => return Some((self.nodes.get(at)?, false)),
            }
        }
        Some((self.nodes.get(at)?, true))
    }

    /// Returns the node under a key, or else the one that a merge key brings in.
    fn child(&self, parent: usize, name: &str, depth: usize) -> Option<usize> {
        let own = |parent: usize, name: &str| {
            let name: Box<str> = name.into();
            self.children.get(&(parent, name)).copied()
        };
        if let Some(child) = own(parent, name) {
            return Some(child);
        }
        let depth = depth.checked_sub(1)?;
        let merged = self.target(own(parent, MERGE)?)?;
        let is_entry = |child: &usize| {
            self.nodes
                .get(*child)
                .is_some_and(|node| node.key.is_some())
        };
        let listed = (0..).map_while(|index: usize| own(merged, &index.to_string()));
        let listed = listed.take_while(|child| !is_entry(child));
        let mappings = std::iter::once(merged).chain(listed);
        mappings
            .filter_map(|mapping| self.child(self.target(mapping)?, name, depth))
            .find(is_entry)
    }

    fn target(&self, at: usize) -> Option<usize> {
        match self.nodes.get(at)?.shape {
            Shape::Alias(target) => Some(target),
            Shape::Visible | Shape::Implied => Some(at),
        }
    }

    fn place(&self, text: &str, span: Span) -> Place {
        let start = self.offset(text, &span.start);
        let end = self.offset(text, &span.end).max(start);
        let (line, column) = if self.is_joined {
            line_column(text, start)
        } else {
            (span.start.line(), span.start.col() + 1)
        };
        Place {
            line,
            column,
            span: trimmed(text, start..end),
        }
    }

    /// Converts the scanner's character count to a byte offset.
    fn offset(&self, text: &str, mark: &Marker) -> usize {
        if self.offsets.is_empty() {
            return mark.index().min(text.len());
        }
        let stride = (mark.index() / STRIDE).min(self.offsets.len() - 1);
        let base = self.offsets.get(stride).copied().unwrap_or_default();
        let rest = text.get(base..).unwrap_or_default();
        let within = rest.char_indices().nth(mark.index() - stride * STRIDE);
        within.map_or(text.len(), |(offset, _)| base + offset)
    }
}

/// A collection whose end has not come yet.
enum Frame {
    Sequence {
        node: usize,
        next: usize,
    },
    Mapping {
        node: usize,
        key: Option<Key>,
    },
    /// A collection that stands as a key: nothing in it can be named by a pointer.
    ComplexKey,
}

struct Key {
    span: Span,
    /// `None` for a key that is no scalar.
    text: Option<Box<str>>,
}

#[derive(Default)]
struct Builder {
    index: Index,
    open: Vec<Frame>,
    anchors: BTreeMap<usize, usize>,
}

impl Builder {
    /// Takes one event in; returns whether more are wanted.
    fn accept(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd | Event::DocumentEnd => return false,
            Event::Scalar(value, style, anchor, _) => self.scalar(value, style, anchor, span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, _) => {
                let node = self.collection(anchor, span);
                self.open
                    .push(node.map_or(Frame::ComplexKey, |node| Frame::Sequence { node, next: 0 }));
            }
            Event::MappingStart(anchor, _) => {
                let node = self.collection(anchor, span);
                self.open.push(
                    node.map_or(Frame::ComplexKey, |node| Frame::Mapping { node, key: None }),
                );
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
        }
        self.open.len() <= DEPTH_LIMIT
    }

    fn scalar(&mut self, value: Cow<'_, str>, style: ScalarStyle, anchor: usize, span: Span) {
        if self.takes_key() {
            self.set_key(Key {
                span,
                text: Some(value.into()),
            });
            return;
        }
        let absent = value.is_empty() && style == ScalarStyle::Plain;
        self.add(
            anchor,
            span,
            if absent {
                Shape::Implied
            } else {
                Shape::Visible
            },
        );
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        if self.takes_key() {
            self.set_key(Key { span, text: None });
            return;
        }
        let target = self.anchors.get(&anchor).copied();
        self.add(0, span, target.map_or(Shape::Visible, Shape::Alias));
    }

    fn collection(&mut self, anchor: usize, span: Span) -> Option<usize> {
        if self.takes_key() {
            self.set_key(Key { span, text: None });
            return None;
        }
        // The span of a flow collection is its bracket; that of a block collection is empty.
        self.add(
            anchor,
            span,
            if span.is_empty() {
                Shape::Implied
            } else {
                Shape::Visible
            },
        )
    }

    fn takes_key(&self) -> bool {
        matches!(self.open.last(), Some(Frame::Mapping { key: None, .. }))
    }

    fn set_key(&mut self, new: Key) {
        let Some(Frame::Mapping { node, key }) = self.open.last_mut() else {
            return;
        };
        if let Some(mapping) = self.index.nodes.get_mut(*node)
            && mapping.span.is_empty()
        {
            mapping.span = new.span;
        }
        *key = Some(new);
    }

    /// Adds a value below the innermost open collection; `None` inside a key.
    fn add(&mut self, anchor: usize, span: Span, shape: Shape) -> Option<usize> {
        let new = self.index.nodes.len();
        let (name, key) = match self.open.last_mut() {
            None => (None, None),
            Some(Frame::ComplexKey) => return None,
            Some(Frame::Sequence { node, next }) => {
                let position = *next;
                *next += 1;
                (Some((*node, position.to_string().into())), None)
            }
            Some(Frame::Mapping { node, key }) => match key.take() {
                Some(Key { span, text }) => (text.map(|text| (*node, text)), Some(span)),
                None => (None, None),
            },
        };
        if let Some(name) = name {
            self.index.children.entry(name).or_insert(new);
        }
        self.index.nodes.push(Node { span, key, shape });
        if anchor != 0 {
            self.anchors.insert(anchor, new);
        }
        Some(new)
    }
}

/// Puts a space in place of the line break before a character.
///
/// The scanner wants the lines of a flow collection indented more than what it is in; the reader of YAML does not, and neither
/// do those who write JSON into YAML.
fn joined_before(text: &str, at: usize) -> Option<String> {
    let end = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
    let line_break = text[..end].rfind('\n')?;
    let mut joined = text.to_owned();
    joined.replace_range(line_break..=line_break, " ");
    Some(joined)
}

/// Puts another character in place of each byte order mark: the scanner stops at those that are not at the start.
fn without_marks(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\u{feff}') {
        text.replace('\u{feff}', "?").into()
    } else {
        text
    }
}

/// Puts an escape of the same length in place of each escaped surrogate: JSON pairs them, YAML knows none.
fn without_surrogates(text: &str) -> Cow<'_, str> {
    let is_surrogate = |escape: &[u8]| {
        matches!(
            escape,
            [
                b'\\',
                b'u',
                b'd' | b'D',
                b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F',
                ..,
            ]
        )
    };
    if !text.as_bytes().windows(4).any(is_surrogate) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(backslash) = rest.find('\\') {
        let (before, escape) = rest.split_at(backslash);
        clean.push_str(before);
        let length = match escape.get(..6) {
            Some(six) if is_surrogate(six.as_bytes()) => {
                clean.push_str("\\u003f");
                6
            }
            _ => {
                let length = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
                clean.push_str(&escape[..length]);
                length
            }
        };
        rest = &escape[length..];
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

fn stride_offsets(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    text.char_indices()
        .step_by(STRIDE)
        .map(|(offset, _)| offset)
        .collect()
}

/// Takes off the end what a scanner counts to a scalar: line breaks, spaces, and a comment behind a closing quote.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let marked = text.get(span.clone()).unwrap_or_default();
    let length = quoted_length(marked).unwrap_or_else(|| marked.trim_end().len());
    span.start..span.start + length
}

/// Returns where the closing quote of a quoted scalar ends.
fn quoted_length(scalar: &str) -> Option<usize> {
    let quote = scalar.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut rest = scalar.char_indices().skip(1).peekable();
    while let Some((offset, c)) = rest.next() {
        let escapes = match quote {
            '"' => c == '\\',
            _ => c == '\'' && rest.peek().is_some_and(|&(_, next)| next == '\''),
        };
        if escapes {
            rest.next();
        } else if c == quote {
            return Some(offset + 1);
        }
    }
    None
}

fn unescape(token: &str) -> Box<str> {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}
