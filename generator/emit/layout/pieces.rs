//! Tokens that can be looked at before they are taken.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// A token, or what stands in brackets.
pub(super) enum Piece {
    Token(TokenTree),
    Group(Delimiter, Vec<Piece>),
}

pub(super) fn pieces(tokens: TokenStream) -> Vec<Piece> {
    let piece = |token| match token {
        TokenTree::Group(group) => {
            let inside = group.stream();
            let delimiter = group.delimiter();
            // What only one owns is not copied.
            drop(group);
            Piece::Group(delimiter, pieces(inside))
        }
        token => Piece::Token(token),
    };
    tokens.into_iter().map(piece).collect()
}

pub(super) fn tokens(pieces: Vec<Piece>) -> TokenStream {
    let token = |piece| match piece {
        Piece::Group(delimiter, inside) => Group::new(delimiter, tokens(inside)).into(),
        Piece::Token(token) => token,
    };
    pieces.into_iter().map(token).collect()
}

impl Piece {
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Token(TokenTree::Ident(ident)) if ident == word)
    }

    pub(super) fn is_ident(&self) -> bool {
        matches!(self, Self::Token(TokenTree::Ident(_)))
    }

    pub(super) fn is_punct(&self, wanted: char) -> bool {
        self.punct().is_some_and(|(punct, _)| punct == wanted)
    }

    fn punct(&self) -> Option<(char, Spacing)> {
        match self {
            Self::Token(TokenTree::Punct(punct)) => Some((punct.as_char(), punct.spacing())),
            _ => None,
        }
    }

    pub(super) fn group(&self, wanted: Delimiter) -> Option<&[Piece]> {
        match self {
            Self::Group(delimiter, inside) if *delimiter == wanted => Some(inside),
            _ => None,
        }
    }
}

/// What is left to lay out.
pub(super) struct Rest<'p>(pub(super) &'p [Piece]);

impl<'p> Rest<'p> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the next piece if it is as wanted.
    pub(super) fn take(&mut self, is_wanted: impl Fn(&Piece) -> bool) -> Option<&'p Piece> {
        let (first, rest) = self.0.split_first()?;
        is_wanted(first).then(|| {
            self.0 = rest;
            first
        })
    }

    pub(super) fn word(&mut self, word: &str) -> Option<&'p Piece> {
        self.take(|piece| piece.is_word(word))
    }

    pub(super) fn group(&mut self, delimiter: Delimiter) -> Option<&'p [Piece]> {
        self.take(|piece| piece.group(delimiter).is_some())?
            .group(delimiter)
    }

    /// Takes everything before the first piece of that kind.
    pub(super) fn before(&mut self, ends: impl Fn(&Piece) -> bool) -> &'p [Piece] {
        let end = self.0.iter().position(ends).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    /// Takes everything before a comma that is not among the arguments of a type, and the comma.
    pub(super) fn before_comma(&mut self) -> &'p [Piece] {
        let mut depth = 0_usize;
        let mut is_arrow = false;
        let end = self.0.iter().position(|piece| {
            match piece.punct() {
                Some((',', _)) if depth == 0 => return true,
                Some(('<', _)) => depth += 1,
                Some(('>', _)) if !is_arrow => depth = depth.saturating_sub(1),
                _ => {}
            }
            is_arrow = piece.is_punct('-') || piece.is_punct('=');
            false
        });
        let end = end.unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        taken
    }
}

/// The parts between commas.
pub(super) fn parts(pieces: &[Piece]) -> Vec<&[Piece]> {
    let mut rest = Rest(pieces);
    let mut parts = Vec::new();
    while !rest.is_empty() {
        parts.push(rest.before_comma());
    }
    parts
}

/// Whether this is a path without the arguments of a type.
pub(super) fn is_path(pieces: &[Piece]) -> bool {
    let is_next = |next: &[Piece]| {
        matches!(next, [first, second, name]
            if first.is_punct(':') && second.is_punct(':') && name.is_ident())
    };
    match pieces {
        [first, rest @ ..] => first.is_ident() && rest.chunks(3).all(is_next),
        [] => false,
    }
}
