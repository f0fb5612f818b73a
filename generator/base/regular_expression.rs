//! The regular expressions of JSON Schema (ECMA-262), read by a parser of another dialect.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{Ast, Error};

/// Parses a regular expression.
///
/// # Errors
///
/// Returns what the parser does not take: mistakes, and what only ECMA-262 has.
pub(crate) fn parse(pattern: &str) -> Result<Ast, Error> {
    Parser::new().parse(&without_inner_brackets(pattern))
}

/// In the patterns of JSON Schema, a bracket in brackets stands for itself.
fn without_inner_brackets(pattern: &str) -> String {
    let (mut text, mut is_inside) = (String::with_capacity(pattern.len()), false);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                text.push(c);
                text.extend(chars.next());
                continue;
            }
            '[' if is_inside => text.push('\\'),
            '[' => is_inside = true,
            ']' => is_inside = false,
            _ => {}
        }
        text.push(c);
    }
    text
}
