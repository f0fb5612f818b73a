//! The layout of plain code.
//!
//! prettyplease lays out any code, but must take it apart into a syntax tree first, and the two take most of the time that
//! an item takes. Most items are plain: structs, and functions of single statements that are calls, chains of calls and
//! struct literals. These are laid out here, token by token, in the same way; whatever else there is in an item leaves all
//! of it to prettyplease.

mod inline;
mod pieces;
mod statements;
#[cfg(test)]
mod tests;

use inline::inline;
use pieces::{Piece, Rest, parts, pieces, tokens};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Columns of a line.
const WIDTH: usize = 89;
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
            // A literal stands alone on its line, however long it is.
            if self.end_line(",").is_none() && part.len() > 1 {
                return None;
            }
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
            // Without arguments, it is the type that is broken.
            if arguments.is_empty() {
                return None;
            }
            self.text.truncate(before);
            self.text.push('\n');
            self.lines(indent + INDENT, &parts(arguments))?;
            self.begin_line(indent);
            self.text.push(')');
            inline(&mut self.text, output)?;
            self.text.push_str(" {");
            if !self.fits() {
                return None;
            }
        }
        if !body.is_empty() {
            self.text.push('\n');
            self.statements(indent + INDENT, &mut Rest(body))?;
            self.begin_line(indent);
        }
        self.text.push_str("}\n");
        Some(())
    }
}
