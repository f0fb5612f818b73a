//! What the sources of a crate are made of, by their tokens.

use cratewright::output::FileTree;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::Path;

/// What a text could add to a crate if it were not quoted.
#[derive(Default)]
pub(crate) struct Shape {
    /// Every identifier.
    pub(crate) names: BTreeSet<String>,
    /// The first name of every attribute.
    pub(crate) attributes: BTreeSet<String>,
    /// The name before every `!`.
    pub(crate) macros: BTreeSet<String>,
    /// How many of the functions and modules are there that only the payloads have: `fn pwned() {}`, `mod pwned {}`.
    pub(crate) inserted: usize,
}

impl Shape {
    pub(crate) fn of(files: &FileTree) -> Self {
        let mut shape = Self::default();
        for (path, text) in files.iter() {
            if is_rust(path) && !path.starts_with("src/runtime/") {
                // The compiler takes no such character in a literal or a comment.
                let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                assert!(!text.contains(turns), "{path}");
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
                        // A line break would begin a line that nobody has looked at.
                        if let Some(TokenTree::Literal(text)) = group.stream().into_iter().nth(2) {
                            let text = syn::parse_str::<syn::LitStr>(&text.to_string());
                            let is_line = |text: &str| !text.contains(['\n', '\r']);
                            assert!(name != "doc" || is_line(&text.unwrap().value()), "{group}");
                        }
                    }
                    self.inserted += usize::from(is_inserted(&before, group));
                    self.add(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            before = [before[1].take(), Some(token)];
        }
    }
}

fn is_inserted(before: &[Option<TokenTree>; 2], group: &Group) -> bool {
    let is = |token: &Option<TokenTree>, wanted| matches!(token, Some(TokenTree::Ident(name)) if name == wanted);
    let has_no_arguments =
        matches!(&before[1], Some(TokenTree::Group(arguments)) if arguments.stream().is_empty());
    let is_function = is(&before[0], "pwned") && has_no_arguments && group.stream().is_empty();
    let is_module = is(&before[0], "mod") && is(&before[1], "pwned");
    group.delimiter() == Delimiter::Brace && (is_function || is_module)
}

/// Whether `#` or `#!` stands before a group.
fn is_attribute(before: &[Option<TokenTree>; 2]) -> bool {
    let is = |token: &Option<TokenTree>, wanted| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    is(&before[1], '#') || is(&before[1], '!') && is(&before[0], '#')
}

pub(crate) fn is_rust(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}
