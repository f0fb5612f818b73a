//! How a request is encoded: one call of the encoder for each parameter, in the order of the wire.

use super::limits::{checked, limited};
use crate::model::api::{Body, LimitedTypes, Location, Operation, Param, Style, Type};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Returns the statements of `encode`.
pub(super) fn encode(operation: &Operation, limits: &LimitedTypes<'_>) -> Vec<TokenStream> {
    let at = |location: Location| {
        operation
            .params
            .iter()
            .filter(move |param| param.location == location)
    };
    let mut statements = Vec::new();
    let path = operation
        .params
        .iter()
        .filter_map(|param| match param.location {
            Location::Path => Some(call("path", None, param)),
            Location::Account => Some(call("account", None, param)),
            Location::Query | Location::Header | Location::Cookie | Location::Body => None,
        });
    statements.extend(chained(path));
    let (plain, entries): (Vec<&Param>, Vec<&Param>) =
        at(Location::Query).partition(|param| is_one_value(&param.style));
    statements.extend(chained(
        plain
            .into_iter()
            .map(|param| call("query", Some(&param.wire), param)),
    ));
    statements.extend(entries.into_iter().map(query_entries));
    statements.extend(chained(
        at(Location::Header).map(|param| call("header", Some(&param.wire), param)),
    ));
    let cookies: Vec<TokenStream> = at(Location::Cookie)
        .map(|Param { name, wire, .. }| quote!((#wire, &self.#name)))
        .collect();
    if !cookies.is_empty() {
        statements.push(quote!(request.header("Cookie", &style::cookies(&[#(#cookies),*]));));
    }
    match &operation.body {
        Body::None => {}
        Body::Form => {
            let (plain, entries): (Vec<&Param>, Vec<&Param>) =
                at(Location::Body).partition(|param| is_one_value(&param.style));
            let fields = plain
                .into_iter()
                .map(|param| call("field", Some(&param.wire), param));
            if entries.is_empty() {
                statements.push(quote!(request.form() #(#fields)*;));
            } else {
                statements.push(quote!(let mut form = request.form();));
                statements.extend(entries.into_iter().map(form_entries));
            }
        }
        Body::Json(media_type) => {
            statements.extend(at(Location::Body).map(|param| json_body(param, media_type, limits)));
        }
        Body::Multipart => {
            statements.push(quote!(let mut parts = request.multipart();));
            statements.extend(at(Location::Body).map(|param| part(param, limits)));
        }
        Body::Text(media_type) | Body::Bytes(media_type) => {
            statements.extend(at(Location::Body).map(|param| bytes_body(param, media_type)));
        }
    }
    statements
}

fn chained(calls: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let calls: Vec<TokenStream> = calls.collect();
    (!calls.is_empty()).then(|| quote!(request #(#calls)*;))
}

/// A call of the encoder with one value, in its style and within its limits.
fn call(method: &str, wire: Option<&str>, param: &Param) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    let name = &param.name;
    let mut value = quote!(&self.#name);
    if let Style::Joined(separator) = param.style {
        value = quote!(&style::joined(#value, #separator));
    }
    for limit in &param.limits {
        value = limited(limit, &value);
    }
    let wire = wire.map(|wire| quote!(#wire,));
    quote!(.#method(#wire #value))
}

fn is_one_value(style: &Style) -> bool {
    match style {
        Style::Plain | Style::Joined(_) => true,
        Style::DeepObject | Style::Prefixed(_) | Style::Exploded => false,
    }
}

/// A loop over the entries of a map, each a parameter of its own.
fn query_entries(param: &Param) -> TokenStream {
    let Param { wire, style, .. } = param;
    let key = match style {
        Style::DeepObject => {
            let format = format!("{}[{{key}}]", braces_doubled(wire));
            quote!(&format!(#format))
        }
        Style::Prefixed(prefix) => {
            let format = format!("{}.{{key}}", braces_doubled(prefix));
            quote!(&format!(#format))
        }
        Style::Exploded | Style::Plain | Style::Joined(_) => quote!(key),
    };
    for_each(
        param,
        &quote!((key, value)),
        &quote!(request.query(#key, value);),
    )
}

/// A loop over the entries of a map, each a field of a form that names none.
fn form_entries(param: &Param) -> TokenStream {
    for_each(
        param,
        &quote!((key, value)),
        &quote!(form.field(key, value);),
    )
}

/// A loop over what a parameter holds, as far as it is set.
fn for_each(param: &Param, item: &TokenStream, statement: &TokenStream) -> TokenStream {
    let Param { name, required, .. } = param;
    if *required {
        quote!(for #item in &self.#name { #statement })
    } else {
        quote!(if let Field::Value(entries) = &self.#name { for #item in entries { #statement } })
    }
}

fn braces_doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A part of a body: a file, a value as text, or a value as JSON.
fn part(param: &Param, limits: &LimitedTypes<'_>) -> TokenStream {
    let Param {
        name,
        wire,
        ty,
        required,
        limits: own,
        ..
    } = param;
    let text = || {
        let value = own
            .iter()
            .fold(quote!(&self.#name), |value, limit| limited(limit, &value));
        quote!(parts.field(#wire, #value);)
    };
    match ty {
        Type::File => quote!(parts.file(#wire, &self.#name);),
        Type::List(items) if is_files(items) => {
            let checks = checked(&quote!(&self.#name), own, ty, limits);
            quote!(parts #(.check(#wire, #checks))* .file(#wire, &self.#name);)
        }
        Type::Map(values) if **values == Type::File => for_each(
            param,
            &quote!((name, file)),
            &quote!(parts.file(name, file);),
        ),
        // OpenAPI 3.0, 4.8.14.3: single values are parts of text, and a list of them is a part for each.
        Type::List(items) if items.is_scalar() => {
            let checks = checked(&quote!(&self.#name), own, ty, limits);
            let check = (!checks.is_empty()).then(|| quote!(parts #(.check(#wire, #checks))*;));
            let parts = for_each(param, &quote!(value), &quote!(parts.field(#wire, value);));
            quote!(#check #parts)
        }
        Type::Named(path) if path.kind.is_enum() => text(),
        Type::Named(_) | Type::Json | Type::List(_) | Type::Map(_) | Type::PageMeta => {
            let json = |value: &TokenStream| {
                let checks = checked(value, own, ty, limits);
                quote!(parts #(.check(#wire, #checks))* .json(#wire, #value);)
            };
            if *required {
                json(&quote!(&self.#name))
            } else {
                let json = json(&quote!(value));
                quote!(if let Field::Value(value) = &self.#name { #json })
            }
        }
        _ => text(),
    }
}

fn is_files(ty: &Type) -> bool {
    matches!(ty, Type::File) || matches!(ty, Type::List(items) if is_files(items))
}

fn bytes_body(param: &Param, media_type: &str) -> TokenStream {
    let Param {
        name, ty, required, ..
    } = param;
    let bytes = |value: TokenStream| {
        if *ty == Type::String {
            quote!(#value.as_bytes())
        } else {
            quote!(&#value)
        }
    };
    if *required {
        let bytes = bytes(quote!(self.#name));
        quote!(request.bytes(#media_type, #bytes);)
    } else {
        let bytes = if *ty == Type::String {
            quote!(body.as_bytes())
        } else {
            quote!(body)
        };
        quote!(if let Field::Value(body) = &self.#name { request.bytes(#media_type, #bytes); })
    }
}

fn json_body(param: &Param, media_type: &str, limits: &LimitedTypes<'_>) -> TokenStream {
    let Param {
        name,
        ty,
        required,
        limits: own,
        ..
    } = param;
    let json = |body: &TokenStream| {
        let checks = checked(body, own, ty, limits);
        let json = if media_type == "application/json" {
            quote!(json(#body))
        } else {
            quote!(json_as(#media_type, #body))
        };
        quote!(request #(.check(#checks))* .#json;)
    };
    if *required {
        json(&quote!(&self.#name))
    } else {
        let json = json(&quote!(body));
        quote!(if let Field::Value(body) = &self.#name { #json })
    }
}
