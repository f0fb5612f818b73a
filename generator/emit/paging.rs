//! How a list goes on from page to page.

use super::types::type_of;
use crate::model::api::{Member, NextPage, Operation, Paging};
use crate::model::names::Name;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the `impl` that lets a client follow the pages of a list.
pub(super) fn paged(operation: &Operation, paging: &Paging, module: &Name) -> Option<TokenStream> {
    let output = type_of(operation.output.as_ref()?, module);
    let name = &operation.name;
    let Paging {
        items,
        item,
        page_size,
        next,
    } = paging;
    let item = type_of(item, module);
    let bound = page_size.as_ref().map(|(name, min, max)| {
        let (min, max) = (Literal::i64_unsuffixed(*min), Literal::i64_unsuffixed(*max));
        quote! {
            fn bound_page_size(&mut self) {
                self.#name.bound(#min, #max);
            }
        }
    });
    let field = &items.name;
    let records = if items.optional {
        quote!(page.#field.unwrap_or_default())
    } else {
        quote!(page.#field)
    };
    let next = match next {
        NextPage::Url(path) => {
            let url = text(path);
            quote!(NextPage::url(#url))
        }
        NextPage::Token(param, path) => {
            let token = text(path);
            quote!(NextPage::token(#param, #token))
        }
        NextPage::Index(param, total) => {
            let count = if items.optional {
                quote!(page.#field.as_ref().map_or(0, Vec::len))
            } else {
                quote!(page.#field.len())
            };
            let total = number(total);
            quote!(NextPage::index(#param, #count, #total))
        }
    };
    Some(quote! {
        impl Paged for #name {
            type Item = #item;

            #bound

            fn next_page(page: &#output) -> Option<NextPage<'_>> {
                #next
            }

            fn items(page: #output) -> Vec<#item> {
                #records
            }
        }
    })
}

/// The text at the end of a way through optional fields.
fn text(path: &[Member]) -> TokenStream {
    let mut way = quote!(page);
    for (index, Member { name, optional }) in path.iter().enumerate() {
        let is_last = index + 1 == path.len();
        way = match (is_last, optional) {
            (false, true) => quote!(#way.#name.as_ref()?),
            (false, false) => quote!(#way.#name),
            (true, true) => quote!(#way.#name.as_deref()),
            (true, false) => quote!(Some(#way.#name.as_str())),
        };
    }
    way
}

fn number(member: &Member) -> TokenStream {
    let name = &member.name;
    if member.optional {
        quote!(page.#name)
    } else {
        quote!(Some(page.#name))
    }
}
