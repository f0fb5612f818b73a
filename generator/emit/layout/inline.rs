//! Code on one line.

use super::pieces::Piece;
use proc_macro2::{Delimiter, Spacing, TokenTree};
use std::fmt::Write as _;

/// What the next piece stands behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Word,
    /// What ends an expression or a type besides a word.
    End,
    /// What the next piece belongs to.
    Prefix,
    /// What a space follows.
    Gap,
}

/// Writes code on one line.
pub(super) fn inline(out: &mut String, pieces: &[Piece]) -> Option<()> {
    let pieces = match pieces {
        [pieces @ .., comma] if comma.is_punct(',') => pieces,
        pieces => pieces,
    };
    let mut last = Last::Nothing;
    let mut in_parameters = false;
    let mut rest = pieces.iter().enumerate();
    while let Some((index, piece)) = rest.next() {
        if last == Last::Gap {
            out.push(' ');
        }
        last = match piece {
            Piece::Token(TokenTree::Punct(punct)) => {
                let next = &pieces[index + 1..];
                let (text, now) = match (punct.as_char(), punct.spacing()) {
                    ('|', Spacing::Alone) if in_parameters => ("|", Last::Gap),
                    (punct, spacing) => punctuation(punct, spacing, last, next)?,
                };
                in_parameters ^= text == "|";
                if matches!(text, "::" | " ->") {
                    rest.next();
                }
                out.push_str(text);
                now
            }
            Piece::Token(word) => {
                match last {
                    Last::Word => out.push(' '),
                    Last::End if piece.is_word("in") => out.push(' '),
                    Last::End => return None,
                    Last::Nothing | Last::Prefix | Last::Gap => {}
                }
                write!(out, "{word}").ok()?;
                Last::Word
            }
            Piece::Group(Delimiter::Parenthesis, inside) => {
                let is_behind = |word: &&str| index > 0 && pieces[index - 1].is_word(word);
                let is_after_keyword = last == Last::Word && KEYWORDS.iter().any(is_behind);
                if is_after_keyword {
                    out.push(' ');
                }
                let is_call = matches!(last, Last::Word | Last::End) && !is_after_keyword;
                if !is_call && inside.last().is_some_and(|last| last.is_punct(',')) {
                    return None;
                }
                out.push('(');
                inline(out, inside)?;
                out.push(')');
                Last::End
            }
            Piece::Group(Delimiter::Bracket, inside) if last == Last::Prefix => {
                out.push('[');
                inline(out, inside)?;
                out.push(']');
                Last::End
            }
            Piece::Group(..) => return None,
        };
    }
    Some(())
}

/// Words that parentheses behind them make no call of.
const KEYWORDS: [&str; 8] = ["as", "else", "for", "if", "in", "let", "match", "return"];

/// Returns how a sign is written, and what comes next then. The second character of `::` and `->` is written with the first.
fn punctuation(
    sign: char,
    spacing: Spacing,
    last: Last,
    next: &[Piece],
) -> Option<(&'static str, Last)> {
    let begins = matches!(last, Last::Nothing | Last::Gap);
    let ends = matches!(last, Last::Word | Last::End);
    let is_next = |wanted| next.first().is_some_and(|next| next.is_punct(wanted));
    Some(match (sign, spacing) {
        (':', Spacing::Joint) if is_next(':') => ("::", Last::Prefix),
        ('-', Spacing::Joint) if is_next('>') && last != Last::Gap => (" ->", Last::Gap),
        ('\'', Spacing::Joint) => ("'", Last::Prefix),
        (_, Spacing::Joint) => return None,
        (',', _) if ends => (",", Last::Gap),
        (':', _) if ends => (":", Last::Gap),
        ('=', _) if ends => (" =", Last::Gap),
        ('.', _) if ends => (".", Last::Prefix),
        ('?', _) if ends => ("?", Last::End),
        ('<', _) if matches!(last, Last::Word | Last::Prefix) => ("<", Last::Prefix),
        ('>', _) if ends => (">", Last::End),
        ('&', _) if !ends => ("&", Last::Prefix),
        ('-', _) if begins => ("-", Last::Prefix),
        ('|', _) if begins => ("|", Last::Prefix),
        ('!', _) if last == Last::Word && is_one_literal(next) => ("!", Last::Prefix),
        _ => return None,
    })
}

/// Whether the first piece is a literal in parentheses.
fn is_one_literal(pieces: &[Piece]) -> bool {
    match pieces {
        [Piece::Group(Delimiter::Parenthesis, inside), ..] => {
            matches!(inside.as_slice(), [Piece::Token(TokenTree::Literal(_))])
        }
        _ => false,
    }
}
