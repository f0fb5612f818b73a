//! The styles of parameters as the runtime names them.

use crate::model::api::{Location, Param, Style, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the style of a parameter where it is not that of its place, or makes a difference for its type.
pub(super) fn style_of(param: &Param) -> Option<&Style> {
    let Param {
        style,
        ty,
        location,
        reserved,
        ..
    } = param;
    let has_parts = param.is_structured() || matches!(ty, Type::List(_));
    let differs = match style {
        Style::Label { .. }
        | Style::Matrix { .. }
        | Style::Json
        | Style::TextOrJson
        | Style::EachTextOrJson => true,
        Style::Simple { explode: false } | Style::Form { explode: true } => false,
        Style::Simple { explode: true }
        | Style::Form { explode: false }
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::Prefixed(_) => has_parts,
    };
    // A list in a path or a header is written in the same way whether or not it is exploded.
    let is_list = matches!(ty, Type::List(_)) && !param.is_structured();
    let is_same = is_list
        && matches!(style, Style::Simple { .. })
        && matches!(location, Location::Path | Location::Header);
    ((differs && !is_same) || *reserved).then_some(style)
}

/// Returns a style as an expression.
pub(super) fn style_value(style: &Style, reserved: bool) -> TokenStream {
    let value = match style {
        Style::Simple { explode: false } => quote!(Style::SIMPLE),
        Style::Simple { explode: true } => quote!(Style::SIMPLE_EXPLODED),
        Style::Label { explode: false } => quote!(Style::LABEL),
        Style::Label { explode: true } => quote!(Style::LABEL_EXPLODED),
        Style::Matrix { explode: false } => quote!(Style::MATRIX),
        Style::Matrix { explode: true } => quote!(Style::MATRIX_EXPLODED),
        Style::Form { explode: false } => quote!(Style::FORM),
        Style::Form { explode: true } => quote!(Style::FORM_EXPLODED),
        Style::SpaceDelimited => quote!(Style::SPACE_DELIMITED),
        Style::PipeDelimited => quote!(Style::PIPE_DELIMITED),
        Style::DeepObject => quote!(Style::DEEP_OBJECT),
        Style::Prefixed(prefix) => quote!(Style::prefixed(#prefix)),
        Style::Json => quote!(Style::JSON),
        Style::TextOrJson => quote!(Style::TEXT_OR_JSON),
        Style::EachTextOrJson => quote!(Style::EACH_TEXT_OR_JSON),
    };
    if reserved {
        quote!(#value.reserved())
    } else {
        value
    }
}
