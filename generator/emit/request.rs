//! The items of a request, and its structs.

use super::arguments::{required, stored_type};
use super::code::Code;
use super::facts::Facts;
use super::model::{Shown, redacting_debug};
use super::operation_impl::operation_impl;
use super::paging::paged;
use super::request_docs::{field_docs, param_docs, request_docs};
use super::setters::{constructor, setters};
use super::streaming::{described_errors, streamed};
use crate::model::api::{Api, BodyFormats, Constructor, Hashable, Operation, Param};
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
    let is_hashable = params.all(|param| hashable.contains_param(param));
    is_hashable.then(|| quote!(Eq, Hash,))
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
        if operation.is_unnamed(param) {
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
