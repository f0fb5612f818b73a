//! What the sources of a crate are made of, by their tokens.

use flexgen::tree::FileTree;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;

/// What a text could add to a crate if it were not quoted.
#[derive(Default)]
pub(crate) struct Shape {
    /// Every identifier.
    pub(crate) names: BTreeSet<String>,
    /// The first name of every attribute.
    pub(crate) attributes: BTreeSet<String>,
    /// The name before every `!`.
    pub(crate) macros: BTreeSet<String>,
}

impl Shape {
    pub(crate) fn of(files: &FileTree) -> Self {
        let mut shape = Self::default();
        for (path, text) in files.iter() {
            if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
                let file = syn::parse_file(text);
                assert!(file.is_ok(), "{path}: {:?}\n{text}", file.err());
                shape.add(text.parse().unwrap());
            }
        }
        shape
    }

    fn add(&mut self, tokens: TokenStream) {
        let mut before: [Option<TokenTree>; 2] = [None, None];
        for token in tokens {
            match &token {
                TokenTree::Ident(name) => {
                    self.names.insert(name.to_string());
                }
                TokenTree::Punct(mark) if mark.as_char() == '!' => {
                    if let Some(TokenTree::Ident(name)) = &before[1] {
                        self.macros.insert(name.to_string());
                    }
                }
                TokenTree::Group(group) => {
                    if is_attribute(&before)
                        && let Some(TokenTree::Ident(name)) = group.stream().into_iter().next()
                    {
                        self.attributes.insert(name.to_string());
                    }
                    self.add(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            before = [before[1].take(), Some(token)];
        }
    }
}

/// Whether `#` or `#!` stands before a group.
fn is_attribute(before: &[Option<TokenTree>; 2]) -> bool {
    let is = |token: &Option<TokenTree>, wanted| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    is(&before[1], '#') || is(&before[1], '!') && is(&before[0], '#')
}
