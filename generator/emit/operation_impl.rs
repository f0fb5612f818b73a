//! How a request is sent and its response read: the implementation of `Operation`.

use super::encode::encode;
use super::security;
use super::types::type_of;
use crate::model::api::{LimitedTypes, Operation, OperationServer, Reading};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the implementation of `Operation`.
pub(super) fn operation_impl(
    operation: &Operation,
    module: &Name,
    limits: &LimitedTypes<'_>,
) -> TokenStream {
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
            #[inline]
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
