//! Single values as code.

use crate::model::api::Literal;
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

/// Returns text as a string literal.
pub(super) fn literal(text: &str) -> String {
    Token::string(text).to_string()
}

/// Returns a value as what turns into the runtime's `Constant`.
pub(super) fn constant(value: &Literal) -> TokenStream {
    match value {
        Literal::Text(text) => quote!(#text),
        Literal::Integer(number) => {
            let number = Token::i64_unsuffixed(*number);
            quote!(#number)
        }
        Literal::Bool(value) => quote!(#value),
    }
}

/// Returns a value as the runtime's `Constant`.
pub(super) fn constant_value(value: &Literal) -> TokenStream {
    let inner = constant(value);
    match value {
        Literal::Text(_) => quote!(decode::Constant::Text(#inner)),
        Literal::Integer(_) => quote!(decode::Constant::Integer(#inner)),
        Literal::Bool(_) => quote!(decode::Constant::Bool(#inner)),
    }
}

/// Returns the pattern that matches tags of one of several values.
pub(super) fn tag_pattern(values: &[Literal]) -> TokenStream {
    let of_kind = |is: fn(&Literal) -> bool| -> Vec<TokenStream> {
        values
            .iter()
            .filter(|value| is(value))
            .map(constant)
            .collect()
    };
    let texts = of_kind(|value| matches!(value, Literal::Text(_)));
    let integers = integers(values);
    let booleans = of_kind(|value| matches!(value, Literal::Bool(_)));
    let patterns = [
        (!texts.is_empty()).then(|| quote!(decode::Tag::Text(#(#texts)|*))),
        (!integers.is_empty()).then(|| quote!(decode::Tag::Integer(#(#integers)|*))),
        (!booleans.is_empty()).then(|| quote!(decode::Tag::Bool(#(#booleans)|*))),
    ];
    let patterns = patterns.into_iter().flatten();
    quote!(#(#patterns)|*)
}

/// The integers among several values as patterns: three or more in a row are a range, as clippy asks for.
fn integers(values: &[Literal]) -> Vec<TokenStream> {
    let mut numbers: Vec<i64> = values
        .iter()
        .filter_map(|value| match value {
            Literal::Integer(number) => Some(*number),
            Literal::Text(_) | Literal::Bool(_) => None,
        })
        .collect();
    numbers.sort_unstable();
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let token = |number: i64| constant(&Literal::Integer(number));
    let patterns = runs.into_iter().flat_map(|(first, last)| {
        let (from, to) = (token(first), token(last));
        match last - first {
            0 => vec![from],
            1 => vec![from, to],
            _ => vec![quote!(#from..=#to)],
        }
    });
    patterns.collect()
}
