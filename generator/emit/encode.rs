//! How a request is encoded: one call of the encoder for each parameter, in the order of the URL, the headers and the body.

use super::limits::checked;
use super::multipart;
use super::style::{style_of, style_value};
use super::value::value;
use crate::base::path_template::template_params;
use crate::model::api::{
    Body, BodyFormats, ContentType, LimitedTypes, Location, Operation, Param, Writing,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Returns the statements of `encode`.
pub(super) fn encode(operation: &Operation, limits: &LimitedTypes<'_>) -> Vec<TokenStream> {
    let at = |location: Location| {
        operation
            .params
            .iter()
            .filter(move |param| param.location == location && !is_content_type(operation, param))
    };
    let mut statements = Vec::new();
    let checks = operation
        .params
        .iter()
        .filter(|param| param.location != Location::Body)
        .flat_map(|param| separate_checks(param, limits).map(move |check| (param, check)));
    statements.extend(chained(checks.map(|(param, check)| {
        let wire = &param.wire;
        quote!(.check_param(#wire, #check))
    })));
    let in_path = template_params(&operation.target).filter_map(|name| {
        let mut params = operation.params.iter();
        params.find(|param| {
            param.wire == name && matches!(param.location, Location::Path | Location::Account)
        })
    });
    statements.extend(chained(in_path.map(|param| match param.location {
        Location::Account => call("account", None, param),
        _ => call("path", None, param),
    })));
    for (location, method) in [
        (Location::Query, "query"),
        (Location::Header, "header"),
        (Location::Cookie, "cookie"),
    ] {
        let constants = constants(operation, location, method);
        let params = at(location).map(|param| call(method, Some(&param.wire), param));
        statements.extend(chained(constants.into_iter().chain(params)));
    }
    statements.extend(body(operation, limits));
    statements
}

/// Whether a parameter is the media type of the body.
fn is_content_type(operation: &Operation, param: &Param) -> bool {
    match &operation.body {
        Body::Text(ContentType::Given(name, _)) | Body::Bytes(ContentType::Given(name, _)) => {
            *name == param.name
        }
        _ => false,
    }
}

/// The calls for parameters that always have the same value; those of the path and the query are in the template.
fn constants(operation: &Operation, location: Location, method: &str) -> Vec<TokenStream> {
    let method = Ident::new(method, Span::call_site());
    let constants = operation.constants.iter();
    let sent = constants.filter(|constant| constant.location == location);
    sent.filter(|_| location != Location::Query)
        .map(|one| {
            let (wire, value) = (&one.wire, one.value.to_string());
            quote!(.#method(#wire, &#value))
        })
        .collect()
}

fn chained(calls: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let calls: Vec<TokenStream> = calls.collect();
    (!calls.is_empty()).then(|| quote!(request #(#calls)*;))
}

/// A call of the encoder with one value, in its style.
pub(super) fn call(method: &str, wire: Option<&str>, param: &Param) -> TokenStream {
    let value = value(param);
    let wire = wire.map(|wire| quote!(#wire,));
    match style_of(param) {
        Some(style) => {
            let method = Ident::new(&format!("{method}_styled"), Span::call_site());
            let style = style_value(style, param.reserved);
            quote!(.#method(#wire #style, #value))
        }
        None => {
            let method = Ident::new(method, Span::call_site());
            quote!(.#method(#wire #value))
        }
    }
}

/// The checks of a parameter that are not made where it is written.
fn separate_checks(
    param: &Param,
    limits: &LimitedTypes<'_>,
) -> impl Iterator<Item = TokenStream> + use<> {
    let name = &param.name;
    let is_apart = param.is_structured() || param.sends_default;
    let checks = is_apart.then(|| checked(&quote!(&self.#name), &param.limits, &param.ty, limits));
    checks.into_iter().flatten()
}

fn body(operation: &Operation, limits: &LimitedTypes<'_>) -> Vec<TokenStream> {
    let mut params = operation.params.iter();
    let whole = params.find(|param| param.location == Location::Body);
    match (&operation.body, whole) {
        (Body::Form, _) => vec![form(operation, limits)],
        (Body::Multipart(media_type), _) => multipart::body(operation, media_type, limits),
        (Body::None, _) | (_, None) => Vec::new(),
        (Body::Json(media_type), Some(param)) => {
            vec![json(param, media_type, operation.formats.as_ref(), limits)]
        }
        (Body::JsonLines(media_type), Some(param)) => vec![lines(param, media_type, limits)],
        (Body::Text(content_type), Some(param)) => {
            let (media_type, value) = (media_type(content_type, operation), value(param));
            vec![quote!(request.text(#media_type, #value);)]
        }
        (Body::Bytes(content_type), Some(param)) => {
            let media_type = media_type(content_type, operation);
            let name = &param.name;
            vec![if param.required {
                quote!(request.bytes(#media_type, &self.#name);)
            } else {
                quote!(if let Field::Value(body) = &self.#name { request.bytes(#media_type, body); })
            }]
        }
    }
}

/// The media type of a body of text or bytes, as an expression.
fn media_type(content_type: &ContentType, operation: &Operation) -> TokenStream {
    match content_type {
        ContentType::Fixed(media_type) => quote!(#media_type),
        ContentType::Given(name, default) => {
            let mut params = operation.params.iter();
            let is_required = params.any(|param| param.name == *name && param.required);
            if is_required {
                quote!(&self.#name)
            } else {
                quote!(self.#name.value().map_or(#default, String::as_str))
            }
        }
    }
}

fn form(operation: &Operation, limits: &LimitedTypes<'_>) -> TokenStream {
    let constants = constants(operation, Location::Body, "field");
    let params = operation.params.iter();
    let fields = params
        .filter(|param| param.location == Location::Body)
        .map(|param| {
            let wire = &param.wire;
            let checks = separate_checks(param, limits);
            let field = call("field", Some(wire), param);
            quote!(#(.check(#wire, #checks))* #field)
        });
    quote!(request.form() #(#constants)* #(#fields)*;)
}

fn json(
    param: &Param,
    media_type: &str,
    formats: Option<&BodyFormats>,
    limits: &LimitedTypes<'_>,
) -> TokenStream {
    let Param {
        name,
        ty,
        required,
        limits: own,
        ..
    } = param;
    let body = quote!(&self.#name);
    let checks = checked(&body, own, ty, limits);
    let usual = if media_type == "application/json" {
        quote!(json(#body))
    } else {
        quote!(json_as(#media_type, #body))
    };
    let written = match formats {
        None => quote!(request #(.check(#checks))* .#usual;),
        Some(BodyFormats { field, each }) => {
            let check = (!checks.is_empty()).then(|| quote!(request #(.check(#checks))*;));
            let arms = each.iter().map(|format| {
                let media_type = &format.media_type;
                let written = written(&format.writing, media_type, &body);
                quote!(#media_type => request.#written,)
            });
            quote! {
                #check
                match self.#field {
                    #(#arms)*
                    _ => request.#usual,
                };
            }
        }
    };
    if *required {
        written
    } else {
        quote!(if !self.#name.is_absent() { #written })
    }
}

/// A call that writes a JSON value in another format.
fn written(writing: &Writing, media_type: &str, body: &TokenStream) -> TokenStream {
    match writing {
        Writing::Json => quote!(json_as(#media_type, #body)),
        Writing::Form(styles) => {
            let styles = styles.iter().map(|(wire, style)| {
                let style = style_value(style, false);
                quote!((#wire, #style))
            });
            quote!(form_of(#body, &[#(#styles),*]))
        }
        Writing::Multipart(types) => {
            let types = types
                .iter()
                .map(|(wire, media_type)| quote!((#wire, #media_type)));
            quote!(multipart_of(#body, &[#(#types),*]))
        }
    }
}

fn lines(param: &Param, media_type: &str, limits: &LimitedTypes<'_>) -> TokenStream {
    let Param {
        name,
        ty,
        required,
        limits: own,
        ..
    } = param;
    let checks = checked(&quote!(&self.#name), own, ty, limits);
    if *required {
        quote!(request #(.check(#checks))* .json_lines(#media_type, &self.#name);)
    } else {
        quote! {
            if let Field::Value(lines) = &self.#name {
                request #(.check(#checks))* .json_lines(#media_type, lines);
            }
        }
    }
}

/// Whether `encode` uses the module for styles.
pub(super) fn uses_structures(operation: &Operation) -> bool {
    operation.params.iter().any(|param| {
        let is_whole = param.location == Location::Body && !operation.body.has_fields();
        let is_part = param.part.is_some();
        !is_whole && ((param.is_structured() && !is_part) || param.sends_default)
    })
}

/// Whether `encode` names styles.
pub(super) fn uses_styles(operation: &Operation) -> bool {
    let in_formats = operation.formats.iter().flat_map(|formats| &formats.each);
    let mut in_formats = in_formats.filter_map(|format| match &format.writing {
        Writing::Form(styles) => Some(styles),
        Writing::Json | Writing::Multipart(_) => None,
    });
    in_formats.any(|styles| !styles.is_empty())
        || operation.params.iter().any(|param| {
            let is_whole = param.location == Location::Body && !operation.body.has_fields();
            !is_whole && param.part.is_none() && style_of(param).is_some()
        })
}
