//! How structs are decoded from JSON and written as JSON.

use super::literal::constant;
use crate::model::api::{Access, Constant, Model, ModelField, Presence, Rest};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the implementation of `Decode` for a struct.
pub(super) fn decode(model: &Model) -> TokenStream {
    let Model {
        name,
        docs: _,
        fields,
        constants,
        rest,
        members: _,
        constructor: _,
        derives: _,
        rules: _,
        pointer: _,
    } = model;
    let variables = constants.iter().map(|constant| &constant.name);
    let variables = variables.chain(fields.iter().map(|field| &field.name));
    let wires = constants.iter().map(|constant| constant.wire.as_str());
    let wires = wires.chain(fields.iter().map(|field| field.wire.as_str()));
    let members = match rest {
        None => quote!(let [#(#variables),*] = node.members(&[#(#wires),*])?;),
        Some(Rest { name: rest, .. }) => quote! {
            let ([#(#variables),*], #rest) = node.members_and_rest(&[#(#wires),*])?;
        },
    };
    let checks = constants.iter().map(|Constant { name, value, .. }| {
        let value = constant(value);
        quote!(#name.constant(#value);)
    });
    let fields = fields.iter().map(|field| {
        let name = &field.name;
        let value = decoded(field);
        quote!(#name: #value,)
    });
    let rest = rest
        .iter()
        .map(|Rest { name, .. }| quote!(#name: #name.values(),));
    quote! {
        impl Decode for #name {
            #[inline]
            fn decode(node: decode::Node<'_>) -> Result<Self, Mismatch> {
                #members
                #(#checks)*
                Ok(Self {
                    #(#fields)*
                    #(#rest)*
                })
            }
        }
    }
}

/// How a field is made of its member.
fn decoded(field: &ModelField) -> TokenStream {
    let name = &field.name;
    // A response has no member that is for requests only.
    let presence = match (field.access, field.presence) {
        (Access::WriteOnly, Presence::Nullable) => Presence::NullOrAbsent,
        (_, presence) => presence,
    };
    match presence {
        Presence::Required => quote!(#name.required()?),
        Presence::Nullable => quote!(#name.nullable()),
        Presence::Optional if field.required && field.access == Access::ReadOnly => {
            quote!(#name.expected())
        }
        Presence::Optional => quote!(#name.optional()),
        Presence::OptionalNullable => quote!(#name.tristate()),
        Presence::NullOrAbsent => quote!(#name.optional_or_null()),
    }
}

/// Returns the implementation of `Encode` for a struct.
pub(super) fn encode(model: &Model) -> TokenStream {
    let Model {
        name,
        docs: _,
        fields,
        constants,
        rest,
        members: _,
        constructor: _,
        derives: _,
        rules: _,
        pointer: _,
    } = model;
    let constants = constants.iter().map(|Constant { wire, value, .. }| {
        let value = constant(value);
        quote!(object.constant(#wire, #value);)
    });
    let fields = fields.iter().map(|field| {
        let ModelField { name, wire, .. } = field;
        let read_only = (field.access == Access::ReadOnly).then(|| quote!(.read_only()));
        let method = match field.presence {
            Presence::Required => quote!(required),
            Presence::Nullable | Presence::NullOrAbsent => quote!(nullable),
            Presence::Optional | Presence::OptionalNullable => quote!(optional),
        };
        quote!(object #read_only .#method(#wire, &self.#name);)
    });
    let rest = rest
        .iter()
        .map(|Rest { name, .. }| quote!(object.rest(&self.#name);));
    quote! {
        impl Encode for #name {
            #[inline]
            fn encode(&self, json: &mut JsonWriter) {
                let mut object = json.object();
                #(#constants)*
                #(#fields)*
                #(#rest)*
                object.end();
            }
        }
    }
}
