//! How a request is made: `new` and the setters.

use super::arguments::{param_stored, param_type, required};
use super::code::{Code, allowance};
use super::request_docs::param_docs;
use crate::base::markdown;
use crate::model::api::{Body, BodyFormat, BodyFormats, Constructor, Location, Operation, Param};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns `new`.
pub(super) fn constructor(operation: &Operation, module: &Name, code: &Code) -> TokenStream {
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
                #[inline]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#fields),* }
                }
            }
        }
        Constructor::Named(params) => {
            let names: Vec<&Name> = required(operation).map(|param| &param.name).collect();
            quote! {
                /// Creates the request.
                #[inline]
                pub fn new(params: #params) -> Self {
                    let #params { #(#names),* } = params;
                    Self { #(#fields),* }
                }
            }
        }
    }
}

/// Returns the methods that set what is not required.
pub(super) fn setters(operation: &Operation, module: &Name, code: &Code) -> Vec<TokenStream> {
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
            #[inline]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = Field::Value(#value);
                self
            }
        });
        if let Some(clear) = clear {
            let docs = code.docs(vec![clear_docs(operation, param)]);
            setters.push(quote! {
                #docs
                #[inline]
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
        #[inline]
        pub fn #method(mut self) -> Self {
            self.#field = #media_type;
            self
        }
    }
}
