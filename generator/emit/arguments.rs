//! How setters and `new` take values, and what they store.

use super::types::type_of;
use crate::model::api::Type;
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// What a setter or `new` takes: text by anything that turns into it, lists by anything that iterates.
pub(super) fn argument_type(ty: &Type, module: &Name) -> TokenStream {
    match ty {
        Type::String
        | Type::JsonText
        | Type::JsonString
        | Type::Json
        | Type::File
        | Type::Base64
        | Type::Bytes => {
            let ty = type_of(ty, module);
            quote!(impl Into<#ty>)
        }
        Type::List(items) => {
            let items = argument_type(items, module);
            quote!(impl IntoIterator<Item = #items>)
        }
        Type::Bool
        | Type::Integer(_)
        | Type::F64
        | Type::DateTime
        | Type::Rfc2822
        | Type::Date
        | Type::Time
        | Type::Duration
        | Type::Uuid
        | Type::Sid(_)
        | Type::Named(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Nullable(_)
        | Type::PageMeta
        | Type::Custom(_) => type_of(ty, module),
    }
}

/// How an argument becomes the value that is stored.
pub(super) fn stored(name: &Name, ty: &Type) -> TokenStream {
    stored_value(&quote!(#name), ty)
}

fn stored_value(value: &TokenStream, ty: &Type) -> TokenStream {
    match ty {
        Type::String
        | Type::JsonText
        | Type::JsonString
        | Type::Json
        | Type::File
        | Type::Base64
        | Type::Bytes => quote!(#value.into()),
        Type::List(items) => match items.as_ref() {
            Type::String
            | Type::JsonText
            | Type::JsonString
            | Type::Json
            | Type::File
            | Type::Base64
            | Type::Bytes => {
                quote!(#value.into_iter().map(Into::into).collect())
            }
            Type::List(_) => {
                let items = stored_value(&quote!(items), items);
                quote!(#value.into_iter().map(|items| #items).collect())
            }
            _ => quote!(#value.into_iter().collect()),
        },
        _ => value.clone(),
    }
}
