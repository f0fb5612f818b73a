//! Operations whose responses are streamed, and those whose errors have a type.

use super::types::type_of;
use super::webhooks::decoding;
use crate::model::api::{
    EventContent, Model, ModelField, Operation, Param, Presence, Resource, StreamFormat, Streaming,
    Switch, Type,
};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// Returns the `impl` that lets a client receive the response event by event, or its list record by record.
pub(super) fn streamed(
    operation: &Operation,
    streaming: &Streaming,
    module: &Name,
    resources: &BTreeMap<Name, Resource>,
) -> TokenStream {
    let name = &operation.name;
    let Streaming {
        format,
        accept,
        event,
        content,
        ends,
        switch,
        records,
        may_be_absent,
    } = streaming;
    let event = type_of(event, module);
    let content = match content {
        EventContent::Json => quote!(EventContent::Json),
        EventContent::Text => quote!(EventContent::Text),
        EventContent::EventOfText => quote!(EventContent::EventOfText),
        EventContent::EventOfJson => quote!(EventContent::EventOfJson),
    };
    let rule = match format {
        StreamFormat::EventStream => {
            quote!(Streaming::event_stream(#accept, #content, &[#(#ends),*]))
        }
        StreamFormat::JsonLines => quote!(Streaming::json_lines(#accept, &[#(#ends),*])),
        StreamFormat::JsonSequence => quote!(Streaming::json_sequence(#accept, &[#(#ends),*])),
        StreamFormat::List => {
            let absent = may_be_absent.then(|| quote!(.may_be_absent()));
            quote!(Streaming::list(#accept, &[#(#records),*])#absent)
        }
    };
    let asking = switch
        .as_ref()
        .and_then(|switch| asking(operation, switch, resources));
    let asking = asking.map(|statement| {
        quote! {
            fn ask_for_stream(&mut self) {
                #statement
            }
        }
    });
    quote! {
        impl Streamed for #name {
            type Event = #event;

            const STREAMING: Streaming = #rule;

            #asking
        }
    }
}

/// The statement that sets what asks for a stream.
fn asking(
    operation: &Operation,
    switch: &Switch,
    resources: &BTreeMap<Name, Resource>,
) -> Option<TokenStream> {
    let of = |name: &Name| operation.params.iter().find(|param| param.name == *name);
    match switch {
        Switch::Param(name) => {
            let Param { required, .. } = of(name)?;
            Some(if *required {
                quote!(self.#name = true;)
            } else {
                quote!(self.#name = Field::Value(true);)
            })
        }
        Switch::Field { param, field } => {
            let Param { required, ty, .. } = of(param)?;
            let Type::Named(path) = ty else { return None };
            let models = &resources.get(&path.module)?.models;
            let model: &Model = models.iter().find(|model| model.name == path.name)?;
            let ModelField { presence, .. } = model.fields.iter().find(|one| one.name == *field)?;
            let value = match presence {
                Presence::Required => quote!(true),
                Presence::Nullable | Presence::Optional | Presence::NullOrAbsent => {
                    quote!(Some(true))
                }
                Presence::OptionalNullable => quote!(Field::Value(true)),
            };
            Some(if *required {
                quote!(self.#param.#field = #value;)
            } else {
                quote! {
                    if let Field::Value(body) = &mut self.#param {
                        body.#field = #value;
                    }
                }
            })
        }
    }
}

/// Returns the `impl` that gives the errors of an operation their type.
pub(super) fn described_errors(operation: &Operation, module: &Name) -> Option<TokenStream> {
    let name = &operation.name;
    let error = operation.error.as_ref()?;
    let decoding = decoding(operation.error_reading).map(|decoding| {
        quote! {
            const ERROR_DECODING: Decoding = #decoding;
        }
    });
    let error = type_of(error, module);
    Some(quote! {
        impl DescribedErrors for #name {
            type Error = #error;

            #decoding
        }
    })
}
