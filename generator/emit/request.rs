//! Requests: the struct, its constructor and setters, and how it is encoded.

use super::arguments::{argument_type, stored};
use super::code::{Code, allowance, or_else_line, wrapped};
use super::encode::encode;
use super::example::doc_example;
use super::model::redacting_debug;
use super::paging::paged;
use super::root::Root;
use super::streaming::{described_errors, streamed};
use super::types::type_of;
use crate::base::markdown;
use crate::model::api::{Api, Constructor, LimitedTypes, Location, Operation, Param, Reading};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of a request.
pub(super) fn request(
    api: &Api,
    operation: &Operation,
    module: &Name,
    (root, limits): (&Root, &LimitedTypes<'_>),
    code: &Code,
) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    if let Constructor::Named(params) = &operation.constructor {
        items.extend(
            params_struct(operation, params, module, code)
                .into_iter()
                .map(|item| code.item(item)),
        );
    }
    items.extend(
        request_struct(api, operation, module, (root, code))
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
    or_else_line(&param.docs, || {
        format!("The parameter {}.", markdown::code(&param.wire))
    })
}

fn params_struct(
    operation: &Operation,
    params: &Name,
    module: &Name,
    code: &Code,
) -> Vec<TokenStream> {
    let members = required(operation).map(|param| {
        let Param { name, ty, .. } = param;
        let ty = type_of(ty, module);
        let docs = code.docs(param_docs(param));
        quote!(#docs pub #name: #ty,)
    });
    let summary = format!("The required parameters of [`{}`].", operation.name);
    let docs = code.docs(vec![summary]);
    let hides = required(operation).any(|param| param.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let mut items = vec![quote! {
        #docs
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
    (root, code): (&Root, &Code),
) -> Vec<TokenStream> {
    let name = &operation.name;
    let mut docs = request_docs(api, operation, module, root);
    if operation.deprecated {
        docs.extend([
            String::new(),
            "The description marks this operation as deprecated.".to_owned(),
        ]);
    }
    let docs = code.docs(docs);
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
    // Private fields keep a struct literal from compiling, and so from breaking when a parameter is added.
    let growing = operation
        .params
        .is_empty()
        .then(|| quote!(#[non_exhaustive]));
    let mut items = vec![quote! {
        #docs
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
        format!("The operation {}.", markdown::code(&operation.id))
    });
    lines.extend([
        String::new(),
        markdown::code(&format!("{} {}", operation.method, operation.path)),
    ]);
    if !operation.headers.is_empty() {
        let headers = operation
            .headers
            .iter()
            .filter_map(|name| api.headers.get(name));
        let headers: Vec<String> = headers.map(|header| markdown::code(&header.wire)).collect();
        lines.push(String::new());
        lines.extend(wrapped(&format!(
            "Typed response [headers](super::headers): {}.",
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

fn constructor(operation: &Operation, module: &Name, code: &Code) -> TokenStream {
    let fields = operation.params.iter().map(
        |Param {
             name, required, ty, ..
         }| match (&operation.constructor, required) {
            (_, false) => quote!(#name: Field::Absent),
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
        let docs = code.docs(lines);
        let argument = argument_type(ty, module);
        let value = stored(name, ty);
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
            let docs = format!("Sends {} empty, which clears it.", markdown::code(wire));
            let docs = code.docs(vec![docs]);
            setters.push(quote! {
                #docs
                pub fn #clear(mut self) -> Self {
                    self.#name = Field::Null;
                    self
                }
            });
        }
    }
    setters
}

fn operation_impl(operation: &Operation, module: &Name, limits: &LimitedTypes<'_>) -> TokenStream {
    let Operation {
        name,
        id,
        method,
        server,
        path,
        authenticated,
        accepts,
        accept,
        reading,
        ..
    } = operation;
    let output = operation
        .output
        .as_ref()
        .map_or_else(|| quote!(()), |ty| type_of(ty, module));
    let meta = if operation.is_plain() {
        quote!(Meta::new(#id, #method, #server, #path))
    } else {
        let auth = if *authenticated {
            quote!(Auth::Client)
        } else {
            quote!(Auth::None)
        };
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
                server: #server,
                path: #path,
                auth: #auth,
                accepts: &[#(#accepts),*],
                accept: #accept,
                decoding: #decoding,
            }
        }
    };
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
