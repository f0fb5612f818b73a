//! Limits: around the values of parameters, and inside of bodies.

use crate::model::api::{
    Access, Alternative, Limit, LimitedTypes, Model, ModelField, Presence, Rest, Type, Union,
};
use crate::model::names::Name;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Puts a limit around a value.
pub(super) fn limited(limit: &Limit, value: &TokenStream) -> TokenStream {
    let limit = unborrowed(limit, value);
    quote!(&#limit)
}

fn unborrowed(limit: &Limit, value: &TokenStream) -> TokenStream {
    match limit {
        Limit::Length(min, max) => {
            let (min, max) = (count(*min), count(*max));
            quote!(limit::length(#value, #min, #max))
        }
        Limit::Items(min, max) => {
            let (min, max) = (count(*min), count(*max));
            quote!(limit::items(#value, #min, #max))
        }
        Limit::Range(min, max) => {
            let (min, max) = (bound(*min), bound(*max));
            quote!(limit::range(#value, #min, #max))
        }
        Limit::Above(min) => {
            let min = bound(*min);
            quote!(limit::above(#value, #min))
        }
        Limit::Below(max) => {
            let max = bound(*max);
            quote!(limit::below(#value, #max))
        }
        Limit::MultipleOf(step) => {
            let step = bound(*step);
            quote!(limit::multiple_of(#value, #step))
        }
        Limit::Pattern(name, _) => quote!(limit::pattern(#value, &patterns::#name)),
        Limit::Unique => quote!(limit::unique(#value)),
        Limit::Each(limits) => {
            let item = quote!(item);
            let limits = limits.iter().map(|limit| unborrowed(limit, &item));
            let both = limits.reduce(|first, second| quote!((#first, #second)));
            quote!(limit::each(#value, |item| #both))
        }
    }
}

/// Returns what is checked of a value in JSON: its limits, and itself where there are limits inside.
pub(super) fn checked(
    value: &TokenStream,
    limits: &[Limit],
    ty: &Type,
    types: &LimitedTypes<'_>,
) -> Vec<TokenStream> {
    let inside = types.holds(ty).then(|| value.clone());
    let own = limits.iter().map(|limit| limited(limit, value));
    own.chain(inside).collect()
}

/// Returns how a model is checked before it is sent; none where nothing in it has a limit.
pub(super) fn check_of_model(
    model: &Model,
    module: &Name,
    types: &LimitedTypes<'_>,
) -> Option<TokenStream> {
    if !types.contains(module, &model.name) {
        return None;
    }
    let fields = model.fields.iter().flat_map(|field| {
        let ModelField {
            name,
            wire,
            ty,
            limits,
            ..
        } = field;
        let checks = checked(&quote!(&self.#name), limits, ty, types);
        checks
            .into_iter()
            .map(move |check| quote!(.field(#wire, #check)))
    });
    let rest = model.rest.iter().flat_map(|Rest { name, ty, limits }| {
        let each = (!limits.is_empty()).then(|| Limit::Each(limits.clone()));
        let checks = checked(&quote!(&self.#name), each.as_slice(), ty, types);
        checks.into_iter().map(|check| quote!(.value(#check)))
    });
    let members = model.members.map(|(min, max)| members(model, min, max));
    let calls = members.into_iter().chain(fields).chain(rest);
    Some(check_impl(&model.name, &quote!(checks #(#calls)*;)))
}

/// A check of how many members are sent: the constants, and the fields that are not absent.
fn members(model: &Model, min: usize, max: usize) -> TokenStream {
    let (min, max) = (count(min), count(max));
    let constants = model.constants.iter().map(|_| quote!(true));
    let sent = model
        .fields
        .iter()
        .filter(|field| field.access != Access::ReadOnly);
    let fields = sent.map(|ModelField { name, presence, .. }| match presence {
        Presence::Required | Presence::Nullable | Presence::NullOrAbsent => quote!(true),
        Presence::Optional => quote!(self.#name.is_some()),
        Presence::OptionalNullable => quote!(!self.#name.is_absent()),
    });
    let present = constants.chain(fields);
    match &model.rest {
        None => quote!(.members(&[#(#present),*], #min, #max)),
        Some(Rest { name, .. }) => {
            quote!(.members_and_rest(&[#(#present),*], self.#name.len(), #min, #max))
        }
    }
}

/// Returns whether the rules of a place name patterns.
pub(super) fn has_patterns(limits: &[Limit]) -> bool {
    limits.iter().any(|limit| match limit {
        Limit::Pattern(..) => true,
        Limit::Each(inner) => has_patterns(inner),
        Limit::Length(..)
        | Limit::Range(..)
        | Limit::Above(_)
        | Limit::Below(_)
        | Limit::Items(..)
        | Limit::MultipleOf(_)
        | Limit::Unique => false,
    })
}

/// Returns how a union is checked before it is sent; none where nothing in it has a limit.
pub(super) fn check_of_union(
    union: &Union,
    module: &Name,
    types: &LimitedTypes<'_>,
) -> Option<TokenStream> {
    if !types.contains(module, &union.name) {
        return None;
    }
    let mut others = Vec::new();
    let mut arms = Vec::new();
    for Alternative {
        name,
        docs: _,
        ty,
        tags: _,
        written_tag: _,
        shape: _,
        limits,
        pointer: _,
    } in &union.alternatives
    {
        let checks = checked(&quote!(value), limits, ty, types);
        if checks.is_empty() {
            others.push(quote!(Self::#name(_)));
        } else {
            arms.push(quote!(Self::#name(value) => { checks #(.value(#checks))*; }));
        }
    }
    others.push(quote!(Self::Unlisted(_)));
    let body = quote! {
        match self {
            #(#arms)*
            #(#others)|* => {}
        }
    };
    Some(check_impl(&union.name, &body))
}

fn check_impl(name: &Name, body: &TokenStream) -> TokenStream {
    quote! {
        impl limit::Check for #name {
            #[inline]
            fn check(&self, checks: &mut limit::Checks<'_>) {
                #body
            }
        }
    }
}

fn count(count: usize) -> TokenStream {
    if count == usize::MAX {
        return quote!(usize::MAX);
    }
    let count = Literal::usize_unsuffixed(count);
    quote!(#count)
}

fn bound(bound: f64) -> TokenStream {
    if bound == f64::NEG_INFINITY {
        quote!(f64::NEG_INFINITY)
    } else if bound == f64::INFINITY {
        quote!(f64::INFINITY)
    } else {
        format!("{bound:?}")
            .parse()
            .unwrap_or_else(|_| quote!(f64::INFINITY))
    }
}
