//! Requests: the struct, its constructor and setters, and how it is encoded.

use super::code::{doc_attributes, impl_item, item, or_else_line, wrapped};
use super::example::doc_example;
use super::model::redacting_debug;
use super::root::Root;
use super::paging::paged;
use super::types::type_of;
use crate::api::{Api, Body, Constructor, Limit, Location, Operation, Param, Style, Type};
use crate::markdown;
use crate::names::Name;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// Returns the items of a request.
pub(super) fn request(api: &Api, operation: &Operation, module: &Name, root: &Root) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    if let Constructor::Named(params) = &operation.constructor {
        items.extend(
            params_struct(operation, params, module)
                .into_iter()
                .map(item),
        );
    }
    items.extend(
        request_struct(api, operation, module, root)
            .into_iter()
            .map(item),
    );
    let setters = setters(operation, module);
    let new = constructor(operation, module);
    let name = &operation.name;
    items.push(impl_item(quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }));
    items.push(impl_item(operation_impl(operation, module)));
    let paging = operation.paging.as_ref();
    items.extend(paging.and_then(|paging| paged(operation, paging, module)).map(impl_item));
    items
}

fn required(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| param.required)
}

fn param_docs(param: &Param) -> Vec<String> {
    or_else_line(&param.docs, || format!("The parameter `{}`.", param.wire))
}

fn params_struct(operation: &Operation, params: &Name, module: &Name) -> Vec<TokenStream> {
    let members = required(operation).map(|param| {
        let Param { name, ty, .. } = param;
        let ty = type_of(ty, module);
        let docs = doc_attributes(param_docs(param).iter().map(String::as_str));
        quote!(#docs pub #name: #ty,)
    });
    let summary = format!(" The required parameters of [`{}`].", operation.name);
    let hides = required(operation).any(|param| param.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let mut items = vec![quote! {
        #[doc = #summary]
        #[derive(#debug Clone, PartialEq)]
        pub struct #params {
            #(#members)*
        }
    }];
    if hides {
        items.push(redacting_debug(
            params,
            required(operation).map(|param| (&param.name, param.sensitive)),
        ));
    }
    items
}

fn request_struct(
    api: &Api,
    operation: &Operation,
    module: &Name,
    root: &Root,
) -> Vec<TokenStream> {
    let name = &operation.name;
    let docs = request_docs(api, operation, module, root);
    let docs = doc_attributes(docs.iter().map(String::as_str));
    let members = operation.params.iter().map(|param| {
        let Param {
            name, ty, required, ..
        } = param;
        let ty = type_of(ty, module);
        if *required {
            quote!(#name: #ty,)
        } else {
            quote!(#name: Field<#ty>,)
        }
    });
    let hides = operation.params.iter().any(|param| param.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let default = (required(operation).next().is_none()).then(|| quote!(Default,));
    let deprecated = operation.deprecated.then(
        || quote!(#[doc = ""] #[doc = " The description marks this operation as deprecated."]),
    );
    // Private fields keep a struct literal from compiling, and so from breaking when a parameter is added.
    let growing = operation
        .params
        .is_empty()
        .then(|| quote!(#[non_exhaustive]));
    let mut items = vec![quote! {
        #docs
        #deprecated
        #[derive(#debug Clone, PartialEq, #default)]
        #[must_use = "a request does nothing until it is sent"]
        #growing
        pub struct #name {
            #(#members)*
        }
    }];
    if hides {
        items.push(redacting_debug(
            name,
            operation
                .params
                .iter()
                .map(|param| (&param.name, param.sensitive)),
        ));
    }
    items
}

fn request_docs(api: &Api, operation: &Operation, module: &Name, root: &Root) -> Vec<String> {
    let mut lines = or_else_line(&operation.docs, || {
        format!("The operation `{}`.", operation.id)
    });
    lines.extend([
        String::new(),
        format!("`{} {}`", operation.method, operation.path),
    ]);
    if !operation.headers.is_empty() {
        let headers = operation
            .headers
            .iter()
            .filter_map(|name| api.headers.get(name));
        let headers: Vec<String> = headers.map(|header| markdown::code(&header.wire)).collect();
        lines.push(String::new());
        lines.extend(wrapped(&format!(
            "Typed response [headers]({}::headers): {}.",
            root.inside,
            headers.join(", ")
        )));
    }
    if let Some(example) = doc_example(api, operation, module, root) {
        lines.extend([
            String::new(),
            "# Example".to_owned(),
            String::new(),
            "```".to_owned(),
        ]);
        lines.extend(example);
        lines.push("```".to_owned());
    }
    lines
}

fn constructor(operation: &Operation, module: &Name) -> TokenStream {
    let fields = operation.params.iter().map(
        |Param {
             name, required, ty, ..
         }| match (&operation.constructor, required) {
            (_, false) => quote!(#name: Field::Unset),
            (Constructor::Named(_), true) => quote!(#name),
            (Constructor::Positional, true) => {
                let value = stored(name, ty);
                if value.to_string() == name.as_str() {
                    quote!(#name)
                } else {
                    quote!(#name: #value)
                }
            }
        },
    );
    match &operation.constructor {
        Constructor::Positional => {
            let arguments = required(operation).map(|Param { name, ty, .. }| {
                let ty = argument_type(ty, module);
                quote!(#name: #ty)
            });
            let mut docs = vec!["Makes the request.".to_owned()];
            for param in required(operation) {
                if docs.len() == 1 {
                    docs.push(String::new());
                }
                let mut paragraph = param
                    .docs
                    .lines()
                    .iter()
                    .take_while(|line| !line.is_empty());
                let text = paragraph
                    .next()
                    .map_or_else(String::new, |line| format!(": {line}"));
                docs.push(format!("- `{}`{text}", param.name));
                docs.extend(paragraph.map(|line| format!("  {line}")));
            }
            let docs = doc_attributes(docs.iter().map(String::as_str));
            quote! {
                #docs
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#fields),* }
                }
            }
        }
        Constructor::Named(params) => {
            let names: Vec<&Name> = required(operation).map(|param| &param.name).collect();
            quote! {
                /// Makes the request.
                pub fn new(params: #params) -> Self {
                    let #params { #(#names),* } = params;
                    Self { #(#fields),* }
                }
            }
        }
    }
}

/// What a setter or `new` takes: text by anything that turns into it, lists by anything that iterates.
pub(super) fn argument_type(ty: &Type, module: &Name) -> TokenStream {
    match ty {
        Type::String | Type::JsonText | Type::JsonString | Type::Json | Type::File | Type::Bytes => {
            let ty = type_of(ty, module);
            quote!(impl Into<#ty>)
        }
        Type::List(items) => {
            let items = argument_type(items, module);
            quote!(impl IntoIterator<Item = #items>)
        }
        Type::Bool
        | Type::I32
        | Type::I64
        | Type::F64
        | Type::DateTime
        | Type::Rfc2822
        | Type::Date
        | Type::Sid(_)
        | Type::Named(_)
        | Type::Map(_)
        | Type::PageMeta => type_of(ty, module),
    }
}

/// How an argument becomes the value that is stored.
pub(super) fn stored(name: &Name, ty: &Type) -> TokenStream {
    match ty {
        Type::String
        | Type::JsonText
        | Type::JsonString
        | Type::Json
        | Type::File
        | Type::Bytes => quote!(#name.into()),
        Type::List(items) => match items.as_ref() {
            Type::String | Type::JsonText | Type::JsonString | Type::Json | Type::File | Type::Bytes => {
                quote!(#name.into_iter().map(Into::into).collect())
            }
            Type::List(_) => {
                quote!(#name.into_iter().map(|items| items.into_iter().map(Into::into).collect()).collect())
            }
            _ => quote!(#name.into_iter().collect()),
        },
        _ => quote!(#name),
    }
}

fn setters(operation: &Operation, module: &Name) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    for param in operation.params.iter().filter(|param| !param.required) {
        let Param {
            name,
            clear,
            wire,
            location,
            docs: _,
            ty,
            required: _,
            sensitive: _,
            ..
        } = param;
        let mut lines = param_docs(param);
        if *location == Location::Account {
            lines.extend([
                String::new(),
                "Without it, the request goes to the client's own account.".to_owned(),
            ]);
        }
        let docs = doc_attributes(lines.iter().map(String::as_str));
        let argument = argument_type(ty, module);
        let value = stored(name, ty);
        setters.push(quote! {
            #docs
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = Field::Value(#value);
                self
            }
        });
        if let Some(clear) = clear {
            let docs = format!(" Sends `{wire}` empty, which clears it.");
            setters.push(quote! {
                #[doc = #docs]
                pub fn #clear(mut self) -> Self {
                    self.#name = Field::Empty;
                    self
                }
            });
        }
    }
    setters
}

fn operation_impl(operation: &Operation, module: &Name) -> TokenStream {
    let Operation {
        name,
        id,
        method,
        server,
        path,
        authenticated,
        accepts,
        ..
    } = operation;
    let output = operation
        .output
        .as_ref()
        .map_or_else(|| quote!(()), |ty| type_of(ty, module));
    let method = Ident::new(method, Span::call_site());
    let meta = if *authenticated && accepts.is_empty() {
        quote!(Meta::new(#id, Method::#method, #server, #path))
    } else {
        let auth = if *authenticated {
            quote!(Auth::Client)
        } else {
            quote!(Auth::None)
        };
        quote! {
            Meta { id: #id, method: Method::#method, server: #server, path: #path, auth: #auth, accepts: &[#(#accepts),*] }
        }
    };
    let statements = encode(operation);
    let request = if statements.is_empty() {
        quote!(_request)
    } else {
        quote!(request)
    };
    quote! {
        impl Operation for #name {
            type Output = #output;

            const META: Meta = #meta;

            fn encode(&self, #request: &mut Encoder<'_>) {
                #(#statements)*
            }
        }
    }
}

fn encode(operation: &Operation) -> Vec<TokenStream> {
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
            let fields = at(Location::Body).map(|param| call("field", Some(&param.wire), param));
            statements.push(quote!(request.form() #(#fields)*;));
        }
        Body::Json => statements.extend(at(Location::Body).map(json_body)),
        Body::Multipart => {
            statements.push(quote!(let mut parts = request.multipart();));
            statements.extend(at(Location::Body).map(part));
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
        value = limited(*limit, &value);
    }
    let wire = wire.map(|wire| quote!(#wire,));
    quote!(.#method(#wire #value))
}

fn limited(limit: Limit, value: &TokenStream) -> TokenStream {
    match limit {
        Limit::Length(min, max) => {
            let (min, max) = (count(min), count(max));
            quote!(&limit::length(#value, #min, #max))
        }
        Limit::Items(min, max) => {
            let (min, max) = (count(min), count(max));
            quote!(&limit::items(#value, #min, #max))
        }
        Limit::Range(min, max) => {
            let (min, max) = (bound(min), bound(max));
            quote!(&limit::range(#value, #min, #max))
        }
    }
}

fn count(count: usize) -> TokenStream {
    if count == usize::MAX {
        return quote!(usize::MAX);
    }
    let count = Literal::usize_unsuffixed(count);
    quote!(#count)
}

fn bound(bound: f64) -> TokenStream {
    if bound == f64::NEG_INFINITY {
        quote!(f64::NEG_INFINITY)
    } else if bound == f64::INFINITY {
        quote!(f64::INFINITY)
    } else {
        format!("{bound:?}")
            .parse()
            .unwrap_or_else(|_| quote!(f64::INFINITY))
    }
}

fn is_one_value(style: &Style) -> bool {
    match style {
        Style::Plain | Style::Joined(_) => true,
        Style::DeepObject | Style::Prefixed(_) | Style::Exploded => false,
    }
}

/// A loop over the entries of a map, each a parameter of its own.
fn query_entries(param: &Param) -> TokenStream {
    let Param {
        name,
        wire,
        style,
        required,
        ..
    } = param;
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
    let each = quote! {
        for (key, value) in entries {
            request.query(#key, value);
        }
    };
    if *required {
        quote!({ let entries = &self.#name; #each })
    } else {
        quote!(if let Field::Value(entries) = &self.#name { #each })
    }
}

fn braces_doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A part of a body: a file, a value as text, or a value as JSON.
fn part(param: &Param) -> TokenStream {
    let Param { name, wire, ty, required, .. } = param;
    match ty {
        Type::File => quote!(parts.file(#wire, &self.#name);),
        Type::List(items) if **items == Type::File => quote!(parts.file(#wire, &self.#name);),
        Type::Named(path) if path.is_enum => quote!(parts.field(#wire, &self.#name);),
        Type::Named(_) | Type::Json | Type::List(_) | Type::Map(_) | Type::PageMeta => {
            if *required {
                quote!(parts.json(#wire, &self.#name);)
            } else {
                quote!(if let Field::Value(value) = &self.#name { parts.json(#wire, value); })
            }
        }
        _ => quote!(parts.field(#wire, &self.#name);),
    }
}

fn bytes_body(param: &Param, media_type: &str) -> TokenStream {
    let Param { name, ty, required, .. } = param;
    let bytes = |value: TokenStream| if *ty == Type::String { quote!(#value.as_bytes()) } else { quote!(&#value) };
    if *required {
        let bytes = bytes(quote!(self.#name));
        quote!(request.bytes(#media_type, #bytes);)
    } else {
        let bytes = if *ty == Type::String { quote!(body.as_bytes()) } else { quote!(body) };
        quote!(if let Field::Value(body) = &self.#name { request.bytes(#media_type, #bytes); })
    }
}

fn json_body(param: &Param) -> TokenStream {
    let name = &param.name;
    if param.required {
        quote!(request.json(&self.#name);)
    } else {
        quote!(if let Field::Value(body) = &self.#name { request.json(body); })
    }
}
