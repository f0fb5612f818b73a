//! Requests: the struct, its constructor and setters, and how it is encoded.

use super::arguments::{has_headers, param_stored, param_type, stored_type};
use super::code::{Code, allowance, or_else_line, with_default, wrapped};
use super::encode::encode;
use super::example::doc_example;
use super::facts::Facts;
use super::hashable::Hashable;
use super::model::{Shown, redacting_debug};
use super::paging::paged;
use super::security;
use super::streaming::{described_errors, streamed};
use super::types::type_of;
use crate::base::markdown;
use crate::model::api::{
    Api, Body, BodyFormat, BodyFormats, Constructor, LimitedTypes, Location, Operation,
    OperationServer, Param, Reading,
};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of a request.
pub(super) fn request(
    api: &Api,
    operation: &Operation,
    module: &Name,
    facts: &Facts<'_>,
    code: &Code,
) -> Vec<String> {
    let Facts {
        limits, hashable, ..
    } = facts;
    let mut items: Vec<String> = Vec::new();
    if let Constructor::Named(params) = &operation.constructor {
        items.extend(
            params_struct(operation, params, module, (hashable, code))
                .into_iter()
                .map(|item| code.item(item)),
        );
    }
    items.extend(
        request_struct(api, operation, module, (facts, code))
            .into_iter()
            .map(|item| code.item(item)),
    );
    let setters = setters(operation, module, code);
    let new = constructor(operation, module, code);
    let name = &operation.name;
    items.push(code.impl_item(quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }));
    items.push(code.impl_item(operation_impl(operation, module, limits)));
    let paging = operation.paging.as_ref();
    items.extend(
        paging
            .map(|paging| paged(operation, paging, module))
            .map(|item| code.impl_item(item)),
    );
    let streaming = operation.streaming.as_ref();
    let streaming =
        streaming.map(|streaming| streamed(operation, streaming, module, &api.resources));
    let errors = described_errors(operation, module);
    let more = streaming.into_iter().chain(errors);
    items.extend(more.map(|item| code.impl_item(item)));
    items
}

fn required(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| param.required)
}

fn param_docs(param: &Param) -> Vec<String> {
    let docs = if param.docs.is_empty() && param.wire == param.name.as_str() {
        Vec::new()
    } else {
        or_else_line(&param.docs, || {
            format!("The parameter {}.", markdown::code(&param.wire))
        })
    };
    let mut lines = with_default(docs, param.default.as_ref());
    if param.reserved {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push("Reserved characters are sent as they are: what separates parameters has to be percent-encoded.".to_owned());
    }
    lines
}

fn params_struct(
    operation: &Operation,
    params: &Name,
    module: &Name,
    (hashable, code): (&Hashable<'_>, &Code),
) -> Vec<TokenStream> {
    let members = required(operation).map(|param| {
        let (name, ty) = (&param.name, stored_type(param, module));
        let docs = code.docs(param_docs(param));
        quote!(#docs pub #name: #ty,)
    });
    let summary = format!("The required parameters of [`{}`].", operation.name);
    let docs = code.docs(vec![summary]);
    let hides = required(operation).any(|param| param.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let hash = hash(required(operation), hashable);
    let mut items = vec![quote! {
        #docs
        #[derive(#debug Clone, PartialEq, #hash)]
        pub struct #params {
            #(#members)*
        }
    }];
    if hides {
        items.push(redacting_debug(
            params,
            required(operation).map(|param| (&param.name, shown(param))),
        ));
    }
    items
}

/// The traits of a struct whose parameters can all be compared and hashed by value.
fn hash<'a>(
    mut params: impl Iterator<Item = &'a Param>,
    hashable: &Hashable<'_>,
) -> Option<TokenStream> {
    let is_hashable = params.all(|param| !has_headers(param) && hashable.contains(&param.ty));
    is_hashable.then(|| quote!(Eq, Hash,))
}

/// Whether callers never name a parameter: it is an argument of `new`, and what a path template calls it means nothing. Its
/// field is private, so that another name breaks nobody.
fn is_unnamed(operation: &Operation, param: &Param) -> bool {
    param.required
        && param.location == Location::Path
        && matches!(operation.constructor, Constructor::Positional)
}

/// The documentation of the field of a parameter: as much as elsewhere, or the first paragraph where a setter says the rest.
fn field_docs(operation: &Operation, param: &Param) -> Vec<String> {
    let docs = param_docs(param);
    if param.required && matches!(operation.constructor, Constructor::Positional) {
        return docs;
    }
    let paragraph = docs.iter().take_while(|line| !line.is_empty());
    let paragraph: Vec<String> = paragraph.cloned().collect();
    if paragraph.iter().any(|line| line.contains("```")) {
        return docs;
    }
    paragraph
}

fn request_struct(
    api: &Api,
    operation: &Operation,
    module: &Name,
    (facts, code): (&Facts<'_>, &Code),
) -> Vec<TokenStream> {
    let name = &operation.name;
    let mut docs = request_docs(api, operation, module, facts);
    if operation.deprecated {
        docs.extend([
            String::new(),
            "The description marks this operation as deprecated.".to_owned(),
        ]);
    }
    let docs = code.docs(docs);
    let members = operation.params.iter().map(|param| {
        let Param { name, required, .. } = param;
        let ty = stored_type(param, module);
        if is_unnamed(operation, param) {
            return quote!(#name: #ty,);
        }
        let docs = code.docs(field_docs(operation, param));
        if *required {
            quote!(#docs pub #name: #ty,)
        } else {
            quote!(#docs pub #name: Field<#ty>,)
        }
    });
    let format = operation
        .formats
        .iter()
        .map(|BodyFormats { field, .. }| quote!(#field: &'static str,));
    let hides = operation.params.iter().any(|param| param.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let default = (required(operation).next().is_none()).then(|| quote!(Default,));
    let hash = hash(operation.params.iter(), facts.hashable);
    let mut items = vec![quote! {
        #docs
        #[derive(#debug Clone, PartialEq, #hash #default)]
        #[must_use = "a request does nothing until it is sent"]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #(#format)*
        }
    }];
    if hides {
        items.push(redacting_debug(
            name,
            operation
                .params
                .iter()
                .map(|param| (&param.name, shown(param))),
        ));
    }
    items
}

/// How `Debug` shows a parameter.
fn shown(param: &Param) -> Shown {
    match (param.sensitive, param.required) {
        (false, _) => Shown::Value,
        (true, true) => Shown::Redacted,
        (true, false) => Shown::RedactedField,
    }
}

fn request_docs(api: &Api, operation: &Operation, module: &Name, facts: &Facts<'_>) -> Vec<String> {
    let mut lines = operation.docs.lines().to_vec();
    if lines.is_empty() && operation.id != operation.name.as_str() {
        lines.push(format!("The operation {}.", markdown::code(&operation.id)));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let request = format!("{} {}", operation.method, operation.path);
    lines.push(markdown::code(&request));
    lines.extend(security::lines(&operation.security));
    let headers = operation.headers.iter();
    let headers = headers.filter(|name| !facts.common_headers.contains(*name));
    let headers = headers.filter_map(|name| api.headers.get(name));
    let headers: Vec<String> = headers.map(|header| markdown::code(&header.wire)).collect();
    if !headers.is_empty() {
        lines.push(String::new());
        lines.extend(wrapped(&format!(
            "Typed response [headers](super::headers): {}.",
            headers.join(", ")
        )));
    }
    if let Some(example) = doc_example(api, operation, module, facts.root) {
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

fn constructor(operation: &Operation, module: &Name, code: &Code) -> TokenStream {
    let fields = operation.params.iter().map(|param| {
        let name = &param.name;
        match (&operation.constructor, param.required) {
            (_, false) => quote!(#name: Field::Absent),
            (Constructor::Named(_), true) => quote!(#name),
            (Constructor::Positional, true) => {
                let value = param_stored(param);
                if value.to_string() == name.as_str() {
                    quote!(#name)
                } else {
                    quote!(#name: #value)
                }
            }
        }
    });
    let format = operation.formats.iter();
    let fields = fields.chain(format.map(|BodyFormats { field, .. }| quote!(#field: "")));
    match &operation.constructor {
        Constructor::Positional => {
            let arguments = required(operation).map(|param| {
                let (name, ty) = (&param.name, param_type(param, module));
                quote!(#name: #ty)
            });
            let mut list = Vec::new();
            for param in required(operation) {
                let mut paragraph = param
                    .docs
                    .lines()
                    .iter()
                    .take_while(|line| !line.is_empty() && !line.contains("```"));
                let text = paragraph
                    .next()
                    .map_or_else(String::new, |line| format!(": {line}"));
                list.push(format!("- `{}`{text}", param.name));
                list.extend(paragraph.map(|line| format!("  {line}")));
            }
            // What was harmless at the beginning of a line, such as the target of a link, is looked at again.
            let list = list.join("\n");
            let docs = markdown::paragraphs(["Creates the request.", &list]);
            let docs = code.docs(docs.lines().to_vec());
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
                /// Creates the request.
                pub fn new(params: #params) -> Self {
                    let #params { #(#names),* } = params;
                    Self { #(#fields),* }
                }
            }
        }
    }
}

fn setters(operation: &Operation, module: &Name, code: &Code) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    for param in operation.params.iter().filter(|param| !param.required) {
        let Param {
            name,
            clear,
            location,
            ..
        } = param;
        let mut lines = param_docs(param);
        if *location == Location::Account {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push("Without it, the request goes to the client's own account.".to_owned());
        }
        let docs = code.docs(lines);
        let argument = param_type(param, module);
        let value = param_stored(param);
        let allowance = allowance(name);
        setters.push(quote! {
            #docs
            #allowance
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = Field::Value(#value);
                self
            }
        });
        if let Some(clear) = clear {
            let docs = code.docs(vec![clear_docs(operation, param)]);
            setters.push(quote! {
                #docs
                pub fn #clear(mut self) -> Self {
                    self.#name = Field::Null;
                    self
                }
            });
        }
    }
    if let Some(BodyFormats { field, each }) = &operation.formats {
        setters.extend(each.iter().map(|format| format_setter(field, format, code)));
    }
    setters
}

/// What a method says that sends a parameter empty.
fn clear_docs(operation: &Operation, param: &Param) -> String {
    let wire = markdown::code(&param.wire);
    match (param.location, &operation.body) {
        (Location::Body, Body::Json(_)) => "Sends `null` as the body.".to_owned(),
        (Location::Body, _) => format!("Sends {wire} empty, which clears it."),
        _ => format!("Sends {wire} without a value."),
    }
}

/// A method that chooses another media type for the body.
fn format_setter(field: &Name, format: &BodyFormat, code: &Code) -> TokenStream {
    let BodyFormat {
        method,
        media_type,
        writing: _,
    } = format;
    let docs = format!("Sends the body as {}.", markdown::code(media_type));
    let docs = code.docs(vec![docs]);
    quote! {
        #docs
        pub fn #method(mut self) -> Self {
            self.#field = #media_type;
            self
        }
    }
}

fn operation_impl(operation: &Operation, module: &Name, limits: &LimitedTypes<'_>) -> TokenStream {
    let name = &operation.name;
    let output = operation
        .output
        .as_ref()
        .map_or_else(|| quote!(()), |ty| type_of(ty, module));
    let meta = meta(operation);
    let statements = encode(operation, limits);
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

/// The facts of an operation, in a few words where it is one of most.
fn meta(operation: &Operation) -> TokenStream {
    let Operation {
        id,
        method,
        server,
        target,
        security,
        accepts,
        accept,
        reading,
        ..
    } = operation;
    let OperationServer { url, is_own } = server;
    if operation.is_plain() {
        return quote!(Meta::new(#id, #method, #url, #target));
    }
    let auth = security::auth(security);
    let decoding = match reading {
        Reading::Empty => quote!(Decoding::Empty),
        Reading::Json | Reading::Form => quote!(Decoding::Json),
        Reading::Text => quote!(Decoding::Text),
        Reading::Bytes => quote!(Decoding::Bytes),
    };
    quote! {
        Meta {
            id: #id,
            method: #method,
            server: #url,
            has_own_server: #is_own,
            path: #target,
            auth: #auth,
            accepts: &[#(#accepts),*],
            accept: #accept,
            decoding: #decoding,
        }
    }
}
