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
        Literal::Text(_) => quote!(Constant::Text(#inner)),
        Literal::Integer(_) => quote!(Constant::Integer(#inner)),
        Literal::Bool(_) => quote!(Constant::Bool(#inner)),
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
    let integers = of_kind(|value| matches!(value, Literal::Integer(_)));
    let booleans = of_kind(|value| matches!(value, Literal::Bool(_)));
    let patterns = [
        (!texts.is_empty()).then(|| quote!(Tag::Text(#(#texts)|*))),
        (!integers.is_empty()).then(|| quote!(Tag::Integer(#(#integers)|*))),
        (!booleans.is_empty()).then(|| quote!(Tag::Bool(#(#booleans)|*))),
    ];
    let patterns = patterns.into_iter().flatten();
    quote!(#(#patterns)|*)
}
