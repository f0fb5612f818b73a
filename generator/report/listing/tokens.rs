//! Tokens as a person writes them: types and signatures on one line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Returns the text of some syntax on one line.
pub(super) fn line(syntax: &impl ToTokens) -> String {
    let mut text = String::new();
    write(syntax.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    // The sign that is not complete yet: `:` of `::`, `-` of `->`.
    let mut sign = String::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                if open == "[" && ends_in_lifetime(text) {
                    text.push(' ');
                }
                text.push_str(open);
                write(group.stream(), text);
                while text.ends_with([' ', ',']) && open == "(" {
                    text.pop();
                }
                text.push_str(close);
            }
            TokenTree::Punct(punct) => {
                sign.push(punct.as_char());
                let is_joint = punct.spacing() == Spacing::Joint
                    && matches!(tokens.peek(), Some(TokenTree::Punct(_)))
                    && matches!(sign.as_str(), ":" | "-" | "=");
                if !is_joint {
                    write_sign(&sign, text);
                    sign.clear();
                }
            }
            TokenTree::Ident(word) => {
                space_between_words(text);
                text.push_str(&word.to_string());
            }
            TokenTree::Literal(literal) => {
                space_between_words(text);
                text.push_str(&literal.to_string());
            }
        }
    }
}

fn write_sign(sign: &str, text: &mut String) {
    match sign {
        "," | ":" | ";" => {
            text.push_str(sign);
            text.push(' ');
        }
        "->" | "=" | "+" | "=>" => {
            if !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(sign);
            text.push(' ');
        }
        "&" | "'" => {
            space_between_words(text);
            text.push_str(sign);
        }
        sign => text.push_str(sign),
    }
}

fn ends_in_lifetime(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.trim_end_matches(is_word);
    before.len() < text.len() && before.ends_with('\'')
}

fn space_between_words(text: &mut String) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '"');
    if text.ends_with(is_word) {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn types_and_signatures() {
        for text in [
            "Option<Vec<models::Ship>>",
            "BTreeMap<String, (i64, bool)>",
            "&'static [(&'static str, Self)]",
            "Box<dyn Fn(&str) -> Result<(), Error> + Send>",
            "impl IntoIterator<Item = impl Into<String>>",
        ] {
            let ty: syn::Result<syn::Type> = syn::parse_str(text);
            assert_eq!(ty.map(|ty| line(&ty)).unwrap_or_default(), text);
        }
    }
}
