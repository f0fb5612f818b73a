//! `base_urls.rs`: the servers that a client can choose, with the variables of their URLs.

use super::code::{Code, HEADER, doc_comments, item, or_else_line, with_default};
use super::open_enum::open_enum;
use crate::base::markdown;
use crate::model::api::{Api, OpenEnum, Server, ServerVariable};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// Returns the file of an API; none where there is nothing to choose.
pub(super) fn servers(api: &Api) -> Option<String> {
    if !has_choice(api) {
        return None;
    }
    let docs = [
        "The servers of the description. [`ClientBuilder::server`](super::runtime::ClientBuilder::server) takes one.",
    ];
    let docs: Vec<String> = docs.map(str::to_owned).to_vec();
    let enums: Vec<&OpenEnum> = api
        .servers
        .iter()
        .flat_map(|server| &server.variables)
        .filter_map(|variable| variable.values.as_ref())
        .collect();
    let imports = if enums.is_empty() {
        "use std::fmt;\n".to_owned()
    } else {
        "use super::runtime::{self, model::open_enum};\nuse std::fmt;\n".to_owned()
    };
    let mut pieces = vec![format!(
        "{HEADER}\n\n{}\n{imports}",
        doc_comments(&docs, "//!", "")
    )];
    let code = Code::default();
    for one in &api.servers {
        pieces.extend(server(one, &code));
    }
    pieces.extend(enums.into_iter().map(open_enum));
    Some(pieces.join("\n"))
}

/// Whether there is more than one server, or one with variables.
pub(super) fn has_choice(api: &Api) -> bool {
    match api.servers.as_slice() {
        [] => false,
        [only] => !only.variables.is_empty(),
        _ => true,
    }
}

/// Whether a variable of a server that can be chosen lists its values.
pub(super) fn has_enum(api: &Api) -> bool {
    let variables = || api.servers.iter().flat_map(|server| &server.variables);
    has_choice(api) && variables().any(|variable| variable.values.is_some())
}

fn server(server: &Server, code: &Code) -> Vec<String> {
    let Server {
        name,
        url,
        docs,
        variables,
        operations,
        pointer: _,
    } = server;
    let mut lines = or_else_line(docs, || markdown::code(url));
    if !docs.is_empty() {
        lines.extend([String::new(), markdown::code(url)]);
    }
    if !operations.is_empty() {
        let operations: Vec<String> = operations.iter().map(|id| markdown::code(id)).collect();
        lines.extend([
            String::new(),
            format!("The server of {} only.", operations.join(", ")),
        ]);
    }
    let docs = code.docs(lines);
    let fields = variables.iter().map(|variable| {
        let (field, ty) = (&variable.name, type_of(variable));
        quote!(#field: #ty,)
    });
    let defaults = variables.iter().map(|variable| {
        let (field, default) = (&variable.name, &variable.default);
        quote!(#field: #default.into())
    });
    let derived = variables.is_empty().then(|| quote!(Default));
    let mut items = vec![code.item(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, #derived)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    })];
    if !variables.is_empty() {
        items.push(item(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self { #(#defaults),* }
                }
            }
        }));
    }
    let setters = variables.iter().map(|variable| setter(variable, code));
    items.push(code.impl_item(quote! {
        impl #name {
            /// Returns the server, with the defaults of its variables.
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
        }
    }));
    items.push(item(display(server)));
    items
}

fn type_of(variable: &ServerVariable) -> TokenStream {
    match &variable.values {
        Some(values) => {
            let name = &values.name;
            quote!(#name)
        }
        None => quote!(String),
    }
}

fn setter(variable: &ServerVariable, code: &Code) -> TokenStream {
    let ServerVariable {
        name,
        wire,
        docs,
        default,
        values,
    } = variable;
    let lines = or_else_line(docs, || {
        format!("Sets the variable {}.", markdown::code(wire))
    });
    let docs = code.docs(with_default(lines, Some(&Value::from(default.as_str()))));
    let ty = match values {
        Some(values) => {
            let name = &values.name;
            quote!(#name)
        }
        None => quote!(impl Into<String>),
    };
    let stored = match values {
        Some(_) => quote!(#name),
        None => quote!(#name.into()),
    };
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #stored;
            self
        }
    }
}

/// Writes the URL.
fn display(server: &Server) -> TokenStream {
    let Server {
        name,
        url,
        variables,
        ..
    } = server;
    let mut format = String::new();
    let mut rest = url.as_str();
    while let Some((before, from)) = rest.split_once('{') {
        format.push_str(before);
        let Some((wire, after)) = from.split_once('}') else {
            break;
        };
        if variables.iter().any(|variable| variable.wire == wire) {
            format.push_str("{}");
        } else {
            format.push_str(&format!("{{{{{wire}}}}}"));
        }
        rest = after;
    }
    format.push_str(rest);
    let in_order = crate::base::path_template::template_params(url).filter_map(|wire| {
        let mut variables = variables.iter();
        let variable = variables.find(|variable| variable.wire == wire)?;
        Some(&variable.name)
    });
    let values = in_order.map(|name| quote!(self.#name));
    quote! {
        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, #format #(, #values)*)
            }
        }
    }
}
