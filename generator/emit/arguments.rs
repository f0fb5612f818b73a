//! How setters and `new` take values, and what they store.

use super::types::type_of;
use crate::model::api::{Operation, Param, Type};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// The parameters that `new` takes.
pub(super) fn required(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| param.required)
}

/// What a setter or `new` of a request takes: as for an object, and for text also JSON values.
pub(super) fn param_type(param: &Param, module: &Name) -> TokenStream {
    match &param.ty {
        _ if has_headers(param) => stored_type(param, module),
        Type::String => quote!(impl Into<Text>),
        Type::List(items) if **items == Type::String => {
            quote!(impl IntoIterator<Item = impl Into<Text>>)
        }
        ty => argument_type(ty, module),
    }
}

/// How an argument of a request becomes the value that is stored.
pub(super) fn param_stored(param: &Param) -> TokenStream {
    let name = &param.name;
    match &param.ty {
        _ if has_headers(param) => quote!(#name),
        Type::String => quote!(#name.into().into_string()),
        Type::List(items) if **items == Type::String => {
            quote!(#name.into_iter().map(|item| item.into().into_string()).collect())
        }
        ty => stored(name, ty),
    }
}

/// The type of the field of a request.
pub(super) fn stored_type(param: &Param, module: &Name) -> TokenStream {
    let ty = type_of(&param.ty, module);
    if has_headers(param) {
        quote!(Part<#ty>)
    } else {
        ty
    }
}

/// Whether a parameter takes anything that turns into text.
pub(super) fn takes_text(param: &Param) -> bool {
    let is_text = match &param.ty {
        Type::String => true,
        Type::List(items) => **items == Type::String,
        _ => false,
    };
    is_text && !has_headers(param)
}

/// Whether a parameter is a part of a multipart body with headers of its own.
pub(super) fn has_headers(param: &Param) -> bool {
    param.part.as_ref().is_some_and(|part| part.has_headers)
}

/// What a setter or `new` takes: text by anything that turns into it, lists by anything that iterates.
pub(super) fn argument_type(ty: &Type, module: &Name) -> TokenStream {
    match ty {
        Type::String | Type::Json | Type::File | Type::Base64 | Type::Bytes => {
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
        Type::String | Type::Json | Type::File | Type::Base64 | Type::Bytes => {
            quote!(#value.into())
        }
        Type::List(items) => match items.as_ref() {
            Type::String | Type::Json | Type::File | Type::Base64 | Type::Bytes => {
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
