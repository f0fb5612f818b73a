//! YAML to JSON values: the only module that knows which library reads YAML.

mod reader;

use reader::{Findings, KEY, NO_KEY, Reader};
use serde::de::DeserializeSeed as _;
use serde_json::Value;
use std::fmt;

/// The key of a mapping that another is merged into (<https://yaml.org/type/merge.html>).
const MERGE: &str = "<<";

/// Brackets within brackets beyond which a text is refused: the library takes time that grows with their square before it
/// refuses them itself.
const BRACKETS: usize = 4096;

/// Nodes that aliases may add. Without aliases there is no more than one for each byte of a text.
const COPIES: usize = 1_000_000;

/// What kind of reason keeps a text from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The text is no YAML.
    Syntax,
    /// The text is YAML and holds something that JSON cannot.
    Value,
    /// There are too many brackets within each other.
    Depth,
    /// The aliases lead to too much.
    Aliases,
}

/// Why a text is no YAML, and where.
#[derive(Debug)]
pub(crate) struct YamlError {
    /// What kind of reason it is.
    pub fault: Fault,
    /// The reason.
    pub message: String,
    /// Line and column, both from 1, where the reader knows them.
    pub position: Option<(usize, usize)>,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads one YAML document, keys in their order and merge keys applied.
///
/// # Errors
///
/// Returns the first place where the text is no YAML, or holds something that JSON cannot: a key that is a list or a
/// map, a number that is not finite, a tag.
pub(crate) fn parse(text: &str) -> Result<Value, YamlError> {
    if let Some(position) = too_deep(text) {
        return Err(YamlError {
            fault: Fault::Depth,
            message: format!("more than {BRACKETS} brackets stand within each other here"),
            position: Some(position),
        });
    }
    let findings = Findings::of_nodes(text.len() + COPIES);
    let read = Reader(&findings).deserialize(serde_yaml::Deserializer::from_str(text));
    let mut value = read.map_err(|error| match findings.left.get() {
        0 => too_many_copies(text),
        _ => fault(text, &error, findings.refused.take()),
    })?;
    if findings.merges.get() {
        merge(&mut value);
    }
    Ok(value)
}

/// Reads JSON as YAML is read: a key that is there twice is an error.
pub(crate) fn parse_json(text: &str) -> Result<Value, serde_json::Error> {
    let findings = Findings::of_nodes(usize::MAX);
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Reader(&findings).deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

fn fault(text: &str, error: &serde_yaml::Error, refused: Option<String>) -> YamlError {
    let position = error.location().map(|at| (at.line(), at.column()));
    let message = error.to_string();
    let is_key = message.contains(KEY);
    let refused = refused.or_else(|| is_key.then(|| NO_KEY.to_owned()));
    if let Some(message) = refused {
        return YamlError {
            fault: Fault::Value,
            position: position.map(|place| marked_key(text, place, &message)),
            message,
        };
    }
    if message.contains("repetition limit") {
        return too_many_copies(text);
    }
    if message.contains("recursion limit") {
        return YamlError {
            fault: Fault::Depth,
            message: "this is nested too deeply".to_owned(),
            position,
        };
    }
    if message.contains("more than one document") {
        return YamlError {
            fault: Fault::Syntax,
            message: "there is more than one document in this text".to_owned(),
            position: second_document(text).map(|number| (number, 1)),
        };
    }
    syntax_fault(text, &message, position)
}

/// Returns the line that the second document of a text begins at: after `---`, or after the end of the first one.
fn second_document(text: &str) -> Option<usize> {
    let mut has_ended = false;
    let mut lines = text.lines().zip(1..).skip(1);
    let found = lines.find(|(line, _)| {
        let line = line.trim_end();
        let is_marker = line == "---" || line.starts_with("--- ");
        let is_content = !line.is_empty() && !line.starts_with('#') && line != "...";
        let begins = is_marker || has_ended && is_content;
        has_ended |= line == "...";
        begins
    });
    found.map(|(_, number)| number)
}

/// Explains a message about the syntax, with the place that it is about.
fn syntax_fault(text: &str, message: &str, position: Option<(usize, usize)>) -> YamlError {
    let (reason, context) = match message.split_once(", while ") {
        Some((reason, context)) => (reason, Context::of(context)),
        None => (message, None),
    };
    // Bytes that the library cannot read at all have a position of their own.
    if let Some((reason, offset)) = reason.split_once(" at position ") {
        return YamlError {
            fault: Fault::Syntax,
            message: reason.to_owned(),
            position: offset.parse().ok().map(|offset| line_column(text, offset)),
        };
    }
    let reason = without_position(reason);
    let (message, position) = match context {
        // Where it was opened leads to the mistake, and the end of the text does not.
        Some(Context { what, begins }) if reason.contains("unexpected end of stream") => (
            format!("{what} that begins here does not end"),
            Some(begins),
        ),
        Some(Context {
            what,
            begins: (line, column),
        }) => (
            format!("{reason}, in {what} that begins at line {line}, column {column}"),
            position,
        ),
        None => (reason, position),
    };
    YamlError {
        fault: Fault::Syntax,
        message,
        position,
    }
}

/// A key that is a list or a map is refused at the start of the map that has it; where it begins with `?`, it can be found.
fn marked_key(text: &str, (line, column): (usize, usize), message: &str) -> (usize, usize) {
    let mut rest = text.lines().zip(1..).skip(line.saturating_sub(1));
    let marked = rest.find(|(line, _)| line.trim_start().starts_with("? "));
    match marked {
        Some((found, number)) if message.starts_with(NO_KEY) => {
            (number, found.len() - found.trim_start().len() + 1)
        }
        _ => (line, column),
    }
}

fn too_many_copies(text: &str) -> YamlError {
    YamlError {
        fault: Fault::Aliases,
        message: "the aliases of this text lead to more than can be read".to_owned(),
        position: first_alias(text),
    }
}

/// What the library was reading when it gave up.
struct Context {
    what: &'static str,
    begins: (usize, usize),
}

impl Context {
    /// Reads `parsing a flow mapping at line 3 column 7`.
    fn of(text: &str) -> Option<Self> {
        let (what, place) = text.split_once(" at line ")?;
        let (line, column) = place.split_once(" column ")?;
        let what = match what.rsplit_once(" a ")?.1 {
            "flow mapping" | "block mapping" => "the map",
            "flow sequence" | "block collection" => "the list",
            "quoted scalar" => "the quoted text",
            "simple key" => "the key",
            "block scalar" => "the text",
            _ => "what",
        };
        Some(Self {
            what,
            begins: (line.parse().ok()?, column.parse().ok()?),
        })
    }
}

/// The library puts ` at line 1 column 2` into the message, which the diagnostic says in its own way.
fn without_position(message: &str) -> String {
    let before = message.split_once(" at line ");
    let reason = before.map_or(message, |(before, _)| before);
    match reason.strip_prefix("did not find expected ") {
        Some("key") => "a key is expected here".to_owned(),
        Some(what) => format!("{} is expected here", what.replace('\'', "`")),
        None if reason.starts_with("mapping values") => "a `:` cannot stand here".to_owned(),
        None if reason.contains("cannot start any token") => {
            "nothing can begin with this character".to_owned()
        }
        None => reason.to_owned(),
    }
}

/// The first place that looks like an alias.
fn first_alias(text: &str) -> Option<(usize, usize)> {
    text.lines().zip(1..).find_map(|(line, number)| {
        let is_alias = |at: &usize| {
            let (before, after) = (&line[..*at], &line[at + 1..]);
            before.ends_with([' ', '[', ',', ':'])
                && after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        };
        let at = line.match_indices('*').map(|(at, _)| at).find(is_alias)?;
        Some((number, line[..at].chars().count() + 1))
    })
}

/// Finds the first of too many brackets, with those in quotes and in text counted as well: nobody opens that many for nothing.
fn too_deep(text: &str) -> Option<(usize, usize)> {
    let opens = |byte: &&u8| matches!(byte, b'[' | b'{');
    if text.as_bytes().iter().filter(opens).count() <= BRACKETS {
        return None;
    }
    let mut depth = 0_usize;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > BRACKETS {
            return Some(line_column(text, offset));
        }
    }
    None
}

fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[line_start..].chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// Puts what stands under merge keys in the place of the keys; what a mapping has of its own, and what comes first, wins.
fn merge(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.values_mut().for_each(merge);
            if !matches!(entries.get(MERGE), Some(Value::Object(_) | Value::Array(_))) {
                return;
            }
            let parts = match entries.shift_remove(MERGE) {
                Some(Value::Array(parts)) => parts,
                part => part.into_iter().collect(),
            };
            for part in parts {
                if let Value::Object(part) = part {
                    for (key, value) in part {
                        entries.entry(key).or_insert(value);
                    }
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(merge),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
