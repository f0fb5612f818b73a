//! Webhooks and callbacks: a type for each, which decodes its requests.

use super::code::{Code, or_else_line};
use super::types::type_of;
use crate::base::markdown;
use crate::model::api::{Reading, Webhook};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of a webhook or callback.
pub(super) fn webhook(webhook: &Webhook, module: &Name, code: &Code) -> Vec<String> {
    let Webhook {
        name,
        id,
        callback: _,
        docs: _,
        deprecated: _,
        method,
        payload,
        reading,
        pointer: _,
    } = webhook;
    let docs = code.docs(docs(webhook));
    let payload = payload
        .as_ref()
        .map_or_else(|| quote!(()), |ty| type_of(ty, module));
    let decoding = decoding(*reading).map(|decoding| {
        quote! {
            const DECODING: Decoding = #decoding;
        }
    });
    let declaration = code.item(quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct #name;
    });
    let implementation = code.impl_item(quote! {
        impl runtime::Webhook for #name {
            type Payload = #payload;

            const NAME: &'static str = #id;

            const METHOD: &'static str = #method;

            #decoding
        }
    });
    vec![declaration, implementation]
}

fn docs(webhook: &Webhook) -> Vec<String> {
    let Webhook {
        id,
        callback,
        docs,
        deprecated,
        method,
        ..
    } = webhook;
    let (summary, to) = match callback {
        Some((operation, expression)) => (
            format!("The callback {} of [`{operation}`].", markdown::code(id)),
            markdown::code(&format!("{method} {expression}")),
        ),
        None => (
            format!("The webhook {}.", markdown::code(id)),
            markdown::code(method),
        ),
    };
    let mut lines = or_else_line(docs, || summary.clone());
    if !docs.is_empty() {
        lines.extend([String::new(), summary]);
    }
    lines.extend([String::new(), to]);
    if *deprecated {
        lines.extend([
            String::new(),
            "The description marks it as deprecated.".to_owned(),
        ]);
    }
    lines
}

/// Returns how a body is decoded; none where it is JSON.
pub(super) fn decoding(reading: Reading) -> Option<TokenStream> {
    match reading {
        Reading::Json => None,
        Reading::Empty => Some(quote!(Decoding::Empty)),
        Reading::Text => Some(quote!(Decoding::Text)),
        Reading::Bytes => Some(quote!(Decoding::Bytes)),
        Reading::Form => Some(quote!(Decoding::Form)),
    }
}
