//! The layout of plain code.
//!
//! prettyplease lays out any code, but must take it apart into a syntax tree first, and the two take most of the time that
//! an item takes. Most items are plain: structs, and functions of single statements that are calls, chains of calls and
//! struct literals. These are laid out here, token by token, in the same way; whatever else there is in an item leaves all
//! of it to prettyplease.

mod inline;
mod pieces;
#[cfg(test)]
mod tests;

use inline::inline;
use pieces::{Piece, Rest, is_path, parts, pieces, tokens};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Columns of a line.
const WIDTH: usize = 89;
/// Columns that a struct literal on one line has at most, up to its last brace.
const LITERAL: usize = 34;
/// Letters of a variable that a chain of calls does not leave alone on a line.
const SHORT: usize = 4;
const INDENT: usize = 4;

/// Lays out items; gives their tokens back where they are not plain.
pub(super) fn lay_out(items: TokenStream) -> Result<String, TokenStream> {
    let pieces = pieces(items);
    let mut page = Page::default();
    match page.items(&mut Rest(&pieces)) {
        Some(()) => Ok(page.text),
        None => Err(tokens(pieces)),
    }
}

/// The lines so far. Every method gives up with `None` where the code is not plain.
#[derive(Default)]
struct Page {
    text: String,
    /// Where the last line begins.
    line: usize,
}

impl Page {
    fn begin_line(&mut self, indent: usize) {
        self.line = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    fn fits(&self) -> bool {
        self.text.len() - self.line <= WIDTH
    }

    /// Ends a line that must not be longer than it may be.
    fn end_line(&mut self, end: &str) -> Option<()> {
        self.text.push_str(end);
        self.text.push('\n');
        (self.text.len() - 1 - self.line <= WIDTH).then_some(())
    }

    /// Puts each part on a line of its own.
    fn lines(&mut self, indent: usize, parts: &[&[Piece]]) -> Option<()> {
        for part in parts {
            self.begin_line(indent);
            inline(&mut self.text, part)?;
            self.end_line(",")?;
        }
        Some(())
    }

    fn items(&mut self, rest: &mut Rest<'_>) -> Option<()> {
        while !rest.is_empty() {
            self.attributes(0, rest)?;
            self.begin_line(0);
            if rest.word("pub").is_some() {
                self.text.push_str("pub ");
            }
            if rest.word("struct").is_some() {
                self.structure(rest)?;
            } else if rest.word("impl").is_some() {
                self.implementation(rest)?;
            } else {
                rest.word("fn")?;
                self.function(0, rest)?;
            }
        }
        Some(())
    }

    fn attributes(&mut self, indent: usize, rest: &mut Rest<'_>) -> Option<()> {
        while rest.take(|piece| piece.is_punct('#')).is_some() {
            let inside = rest.group(Delimiter::Bracket)?;
            self.begin_line(indent);
            match inside {
                [doc, is, Piece::Token(TokenTree::Literal(literal))]
                    if doc.is_word("doc") && is.is_punct('=') =>
                {
                    let literal = literal.to_string();
                    let text = literal.strip_prefix('r').unwrap_or(&literal);
                    let text = text.strip_prefix('"')?.strip_suffix('"')?;
                    if text.contains('\\') || text.starts_with('/') {
                        return None;
                    }
                    self.text.push_str("///");
                    self.text.push_str(text.trim_end_matches(' '));
                    self.text.push('\n');
                }
                _ => {
                    self.text.push_str("#[");
                    inline(&mut self.text, inside)?;
                    self.end_line("]")?;
                }
            }
        }
        Some(())
    }

    fn structure(&mut self, rest: &mut Rest<'_>) -> Option<()> {
        self.text.push_str("struct ");
        let name = rest.before(|piece| matches!(piece, Piece::Group(..)));
        inline(&mut self.text, name)?;
        let mut fields = Rest(rest.group(Delimiter::Brace)?);
        if fields.is_empty() {
            return self.end_line(" {}");
        }
        self.end_line(" {")?;
        while !fields.is_empty() {
            self.attributes(INDENT, &mut fields)?;
            self.begin_line(INDENT);
            inline(&mut self.text, fields.before_comma())?;
            self.end_line(",")?;
        }
        self.text.push_str("}\n");
        Some(())
    }

    fn implementation(&mut self, rest: &mut Rest<'_>) -> Option<()> {
        self.text.push_str("impl ");
        inline(
            &mut self.text,
            rest.before(|piece| matches!(piece, Piece::Group(..))),
        )?;
        self.end_line(" {")?;
        let mut members = Rest(rest.group(Delimiter::Brace)?);
        if members.is_empty() {
            return None;
        }
        while !members.is_empty() {
            self.attributes(INDENT, &mut members)?;
            self.begin_line(INDENT);
            if members.word("pub").is_some() {
                self.text.push_str("pub ");
            }
            if members.word("fn").is_some() {
                self.function(INDENT, &mut members)?;
                continue;
            }
            let member = members.before(|piece| piece.is_punct(';'));
            members.take(|piece| piece.is_punct(';'))?;
            match member.first()? {
                first if first.is_word("type") => {
                    inline(&mut self.text, member)?;
                    self.end_line(";")?;
                }
                first if first.is_word("const") => self.assigned(INDENT, member, ";")?,
                _ => return None,
            }
        }
        self.text.push_str("}\n");
        Some(())
    }

    fn function(&mut self, indent: usize, rest: &mut Rest<'_>) -> Option<()> {
        self.text.push_str("fn ");
        let name = rest.take(Piece::is_ident)?;
        inline(&mut self.text, std::slice::from_ref(name))?;
        self.text.push('(');
        let arguments = rest.group(Delimiter::Parenthesis)?;
        let output = rest.before(|piece| matches!(piece, Piece::Group(..)));
        let body = rest.group(Delimiter::Brace)?;
        let before = self.text.len();
        inline(&mut self.text, arguments)?;
        self.text.push(')');
        inline(&mut self.text, output)?;
        self.text.push_str(" {");
        if !self.fits() {
            // It would be the arguments of the type that go on lines of their own.
            if output.iter().any(|piece| piece.is_punct('<')) {
                return None;
            }
            self.text.truncate(before);
            self.text.push('\n');
            self.lines(indent + INDENT, &parts(arguments))?;
            self.begin_line(indent);
            self.text.push(')');
            inline(&mut self.text, output)?;
            self.text.push_str(" {");
        }
        if !body.is_empty() {
            self.text.push('\n');
            self.statements(indent + INDENT, &mut Rest(body))?;
            self.begin_line(indent);
        }
        self.text.push_str("}\n");
        Some(())
    }

    fn statements(&mut self, indent: usize, rest: &mut Rest<'_>) -> Option<()> {
        while !rest.is_empty() {
            let statement = rest.before(|piece| piece.is_punct(';'));
            let end = match rest.take(|piece| piece.is_punct(';')) {
                Some(_) => ";",
                None => "",
            };
            self.begin_line(indent);
            match statement {
                [
                    first,
                    name,
                    brace @ Piece::Group(Delimiter::Brace, _),
                    is,
                    value @ ..,
                ] if first.is_word("let") && is.is_punct('=') => {
                    self.text.push_str("let ");
                    inline(&mut self.text, std::slice::from_ref(name))?;
                    let fields = brace.group(Delimiter::Brace)?;
                    self.pattern(indent, fields, value)?;
                }
                [first, ..] if first.is_word("let") => self.assigned(indent, statement, end)?,
                _ => self.expression(indent, "", statement, end)?,
            }
        }
        Some(())
    }

    /// The fields of a struct that is taken apart, and the value that it is.
    fn pattern(&mut self, indent: usize, fields: &[Piece], value: &[Piece]) -> Option<()> {
        let before = self.text.len();
        self.text.push_str(" { ");
        inline(&mut self.text, fields)?;
        self.text.push_str(" } = ");
        let is_long = !self.fits();
        if is_long {
            self.text.truncate(before);
            self.text.push_str(" {\n");
            self.lines(indent + INDENT, &parts(fields))?;
            self.begin_line(indent);
            self.text.push_str("} = ");
        }
        inline(&mut self.text, value)?;
        self.end_line(";")
    }

    /// A variable or a constant, and its value.
    fn assigned(&mut self, indent: usize, statement: &[Piece], end: &str) -> Option<()> {
        let is = statement.iter().position(|piece| piece.is_punct('='))?;
        let mut before = String::new();
        inline(&mut before, &statement[..is])?;
        before.push_str(" = ");
        self.expression(indent, &before, &statement[is + 1..], end)
    }

    fn expression(
        &mut self,
        indent: usize,
        before: &str,
        value: &[Piece],
        end: &str,
    ) -> Option<()> {
        self.text.push_str(before);
        if let Some((Piece::Group(Delimiter::Brace, fields), path)) = value.split_last() {
            return self.literal(indent, path, fields, end);
        }
        let start = self.text.len();
        inline(&mut self.text, value)?;
        self.text.push_str(end);
        if !self.fits() {
            self.text.truncate(start);
            return match value {
                [path @ .., Piece::Group(Delimiter::Parenthesis, arguments)] if is_path(path) => {
                    self.call(indent, path, arguments, end)
                }
                _ => self.chain(indent, value, before.is_empty(), end),
            };
        }
        self.text.push('\n');
        Some(())
    }

    fn literal(
        &mut self,
        indent: usize,
        path: &[Piece],
        fields: &[Piece],
        end: &str,
    ) -> Option<()> {
        let is_type = |name: &Piece| match name {
            Piece::Token(TokenTree::Ident(name)) => name
                .to_string()
                .starts_with(|c: char| c.is_ascii_uppercase()),
            _ => false,
        };
        if !is_path(path) || !path.last().is_some_and(is_type) {
            return None;
        }
        let start = self.text.len();
        inline(&mut self.text, path)?;
        self.text.push_str(" {");
        if fields.is_empty() {
            self.text.push('}');
            return self.end_line(end);
        }
        let before = self.text.len();
        self.text.push(' ');
        inline(&mut self.text, fields)?;
        self.text.push(' ');
        let width = self.text.len() - start;
        self.text.push('}');
        self.text.push_str(end);
        if width > LITERAL || !self.fits() {
            self.text.truncate(before);
            self.text.push('\n');
            self.lines(indent + INDENT, &parts(fields))?;
            self.begin_line(indent);
            self.text.push('}');
            self.text.push_str(end);
        }
        self.text.push('\n');
        Some(())
    }

    /// A call with each argument on a line of its own.
    fn call(
        &mut self,
        indent: usize,
        path: &[Piece],
        arguments: &[Piece],
        end: &str,
    ) -> Option<()> {
        let arguments = parts(arguments);
        if let [only] = arguments.as_slice() {
            // A closure, a list, a tuple stays on the line of the call.
            let first = only.first()?;
            if !first.is_ident() && !first.is_punct('&') {
                return None;
            }
        }
        inline(&mut self.text, path)?;
        self.end_line("(")?;
        self.lines(indent + INDENT, &arguments)?;
        self.begin_line(indent);
        self.text.push(')');
        self.end_line(end)
    }

    /// A chain with each call on a line of its own.
    fn chain(
        &mut self,
        indent: usize,
        value: &[Piece],
        begins_line: bool,
        end: &str,
    ) -> Option<()> {
        let mut calls = value.split(|piece| piece.is_punct('.'));
        let first = calls.next()?;
        let is_plain = match first {
            [variable] => variable.is_ident(),
            [path @ .., Piece::Group(Delimiter::Parenthesis, _)] => is_path(path),
            _ => false,
        };
        let is_call = |call: &[Piece]| match call {
            [name, Piece::Group(Delimiter::Parenthesis, _), tries @ ..] => {
                name.is_ident() && tries.iter().all(|piece| piece.is_punct('?'))
            }
            _ => false,
        };
        if !is_plain || !calls.clone().all(is_call) {
            return None;
        }
        let start = self.text.len();
        inline(&mut self.text, first)?;
        if begins_line && first.len() == 1 && self.text.len() - start <= SHORT {
            self.text.push('.');
            inline(&mut self.text, calls.next()?)?;
            // A single call would have its arguments on lines of their own.
            calls.clone().next()?;
        }
        for call in calls {
            self.end_line("")?;
            self.begin_line(indent + INDENT);
            self.text.push('.');
            inline(&mut self.text, call)?;
        }
        self.end_line(end)
    }
}
