//! How a list goes on from page to page.

use super::types::type_of;
use crate::model::api::{More, NextPage, Operation, PagePlace, PageSize, Paging};
use crate::model::names::Name;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the `impl` that lets a client follow the pages of a list.
pub(super) fn paged(operation: &Operation, paging: &Paging, module: &Name) -> TokenStream {
    let name = &operation.name;
    let Paging {
        items,
        items_may_be_absent,
        item,
        size,
        next,
        place,
        more,
        total,
        pages,
    } = paging;
    let item = type_of(item, module);
    let mut rule = first(next);
    if !items.is_empty() {
        rule = quote!(#rule.items(&[#(#items),*]));
    }
    if *items_may_be_absent {
        rule = quote!(#rule.items_may_be_absent());
    }
    if let Some(More { path, value }) = more {
        rule = quote!(#rule.more(&[#(#path),*], #value));
    }
    if let Some(total) = total {
        rule = quote!(#rule.total(&[#(#total),*]));
    }
    if let Some(pages) = pages {
        rule = quote!(#rule.pages(&[#(#pages),*]));
    }
    if let Some(PageSize { param, range }) = size {
        let bound = |bound: &Option<i64>| match bound {
            Some(bound) => {
                let bound = Literal::i64_unsuffixed(*bound);
                quote!(Some(#bound))
            }
            None => quote!(None),
        };
        let (least, most) = (bound(&range.0), bound(&range.1));
        rule = quote!(#rule.size(#param, #least, #most));
    }
    match place {
        PagePlace::Query => {}
        PagePlace::Body => rule = quote!(#rule.in_body()),
        PagePlace::BodyAsString => rule = quote!(#rule.in_body_as_string()),
        PagePlace::BodyAsNumber => rule = quote!(#rule.in_body_as_number()),
    }
    quote! {
        impl Paged for #name {
            type Item = #item;

            const PAGING: runtime::Paging = #rule;
        }
    }
}

/// Where the next page is.
fn first(next: &NextPage) -> TokenStream {
    match next {
        NextPage::Url(path) => quote!(runtime::Paging::url(&[#(#path),*])),
        NextPage::Link => quote!(runtime::Paging::link()),
        NextPage::Token { param, token } => quote!(runtime::Paging::token(#param, &[#(#token),*])),
        NextPage::Header { param, header } => quote!(runtime::Paging::header(#param, #header)),
        NextPage::LastItem { param, field } => {
            quote!(runtime::Paging::last_item(#param, &[#(#field),*]))
        }
        NextPage::Number { param, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(runtime::Paging::number(#param, #first))
        }
        NextPage::Offset { param, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(runtime::Paging::offset(#param, #first))
        }
    }
}
