//! How multipart bodies are encoded: one call for each part.

use super::limits::{checked, limited};
use super::value::{for_each, value};
use crate::model::api::{
    ConstantParam, LimitedTypes, Location, Operation, Param, Part, PartKind, Type,
};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the statements that write the parts.
pub(super) fn body(
    operation: &Operation,
    media_type: &str,
    limits: &LimitedTypes<'_>,
) -> Vec<TokenStream> {
    let mut statements = vec![quote!(let mut parts = request.multipart(#media_type);)];
    let constants = operation.constants.iter();
    let constants = constants.filter(|constant| constant.location == Location::Body);
    statements.extend(constants.map(|ConstantParam { wire, value, .. }| {
        let value = value.to_string();
        quote!(parts.text(#wire, None, &#value);)
    }));
    let params = operation.params.iter();
    let params = params.filter(|param| param.location == Location::Body);
    statements.extend(params.filter_map(|param| Some(part(param, param.part.as_ref()?, limits))));
    statements
}

fn part(param: &Param, part: &Part, limits: &LimitedTypes<'_>) -> TokenStream {
    let Param { name, wire, ty, .. } = param;
    let Part {
        kind,
        content_type,
        has_headers,
    } = part;
    let content_type = match content_type {
        Some(content_type) => quote!(Some(#content_type)),
        None => quote!(None),
    };
    let is_list = matches!(ty, Type::List(_));
    let is_checked_apart = matches!(kind, PartKind::Json | PartKind::Value) || is_list;
    let checks = is_checked_apart.then(|| checked(&quote!(&self.#name), &param.limits, ty, limits));
    let checks: Vec<TokenStream> = checks.into_iter().flatten().collect();
    // A part with headers checks its value, not itself.
    let checks = if *has_headers { Vec::new() } else { checks };
    let check = (!checks.is_empty()).then(|| quote!(parts #(.check(#wire, #checks))*;));
    let one = |value: &TokenStream| match kind {
        PartKind::File | PartKind::Files => quote!(parts.file(#wire, #content_type, #value);),
        PartKind::Text | PartKind::Joined => quote!(parts.text(#wire, #content_type, #value);),
        PartKind::Value => quote!(parts.value(#wire, #content_type, #value);),
        PartKind::Json => quote!(parts.json(#wire, #content_type, #value);),
    };
    let written = if *has_headers {
        with_headers(param, *kind, &content_type)
    } else if matches!(kind, PartKind::Files) {
        let statement = quote!(parts.file(name, #content_type, file););
        for_each(param, &quote!((name, file)), &statement)
    } else if *kind == PartKind::Joined {
        one(&quote!(&self.#name))
    } else if is_list {
        let item = quote!(item);
        for_each(param, &item, &one(&item))
    } else if *kind == PartKind::Text {
        one(&text(param))
    } else if param.required {
        one(&quote!(&self.#name))
    } else {
        let statement = one(&quote!(value));
        quote!(if let Field::Value(value) = &self.#name { #statement })
    };
    quote!(#check #written)
}

/// The text of a single part, within its limits.
fn text(param: &Param) -> TokenStream {
    if param.sends_default {
        return value(param);
    }
    let name = &param.name;
    let limits = param.limits.iter();
    limits.fold(quote!(&self.#name), |value, limit| limited(limit, &value))
}

fn with_headers(param: &Param, kind: PartKind, content_type: &TokenStream) -> TokenStream {
    let Param {
        name,
        wire,
        required,
        ..
    } = param;
    let method = match kind {
        PartKind::Json => quote!(json),
        PartKind::Value => quote!(value),
        PartKind::File | PartKind::Files | PartKind::Text | PartKind::Joined => quote!(text),
    };
    let statement = |part: &TokenStream| quote!(parts.headers(#part.headers()).#method(#wire, #content_type, #part.value()););
    if *required {
        statement(&quote!(self.#name))
    } else {
        let statement = statement(&quote!(part));
        quote!(if let Field::Value(part) = &self.#name { #statement })
    }
}
