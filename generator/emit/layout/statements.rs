//! What stands in functions: calls, chains of calls, struct literals, and the blocks that hold them.

use super::inline::inline;
use super::pieces::{Piece, Rest, is_path, parts};
use super::{INDENT, Page, WIDTH};
use proc_macro2::{Delimiter, TokenTree};

/// Columns that a struct literal on one line has at most, up to its last brace.
const LITERAL: usize = 34;
/// Letters of a variable that a chain of calls does not leave alone on a line.
const SHORT: usize = 4;

impl Page {
    pub(super) fn statements(&mut self, indent: usize, rest: &mut Rest<'_>) -> Option<()> {
        while let Some(first) = rest.0.first() {
            if first.is_word("if") || first.is_word("for") {
                self.block(indent, rest)?;
                continue;
            }
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
                _ if statement.iter().any(|piece| piece.is_punct('=')) => {
                    self.assigned(indent, statement, end)?;
                }
                _ => self.expression(indent, "", statement, end)?,
            }
        }
        Some(())
    }

    /// A loop, or a condition without an alternative.
    fn block(&mut self, indent: usize, rest: &mut Rest<'_>) -> Option<()> {
        let head = rest.before(|piece| piece.group(Delimiter::Brace).is_some());
        let body = rest.group(Delimiter::Brace)?;
        let is_nested = |first: &Piece| first.is_word("if") || first.is_word("for");
        let is_plain = body.last()?.is_punct(';') || is_nested(body.first()?);
        let goes_on = |next: &Piece| next.is_word("else") || !next.is_ident();
        if !is_plain || rest.0.first().is_some_and(goes_on) {
            return None;
        }
        self.begin_line(indent);
        inline(&mut self.text, head)?;
        self.end_line(" {")?;
        self.statements(indent + INDENT, &mut Rest(body))?;
        self.begin_line(indent);
        self.end_line("}")
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
    pub(super) fn assigned(&mut self, indent: usize, statement: &[Piece], end: &str) -> Option<()> {
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
                [path @ .., Piece::Group(Delimiter::Parenthesis, _)] if is_path(path) => {
                    self.call(indent, value, end)
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

    /// A call, with each argument on a line of its own if it has to be.
    fn call(&mut self, indent: usize, call: &[Piece], end: &str) -> Option<()> {
        let start = self.text.len();
        inline(&mut self.text, call)?;
        if self.text.len() + end.len() - self.line <= WIDTH {
            return self.end_line(end);
        }
        self.text.truncate(start);
        let at = call
            .iter()
            .position(|piece| piece.group(Delimiter::Parenthesis).is_some())?;
        let arguments = parts(call[at].group(Delimiter::Parenthesis)?);
        if let [[only, ..]] = arguments.as_slice()
            && !only.is_ident()
            && !only.is_punct('&')
        {
            // A closure, a list, a tuple stays on the line of the call.
            return None;
        }
        inline(&mut self.text, &call[..at])?;
        self.end_line("(")?;
        self.lines(indent + INDENT, &arguments)?;
        self.begin_line(indent);
        self.text.push(')');
        inline(&mut self.text, &call[at + 1..])?;
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
        if let [_variable] = first {
            let start = self.text.len();
            inline(&mut self.text, first)?;
            if begins_line && self.text.len() - start <= SHORT {
                self.text.push('.');
                inline(&mut self.text, calls.next()?)?;
                // A single call would have its arguments on lines of their own.
                calls.clone().next()?;
            }
            self.end_line("")?;
        } else {
            self.call(indent + INDENT, first, "")?;
        }
        let mut calls = calls.peekable();
        while let Some(call) = calls.next() {
            self.begin_line(indent + INDENT);
            self.text.push('.');
            let end = if calls.peek().is_some() { "" } else { end };
            self.call(indent + INDENT, call, end)?;
        }
        Some(())
    }
}
