//! Types as a generated module writes them.

use super::code::Imports;
use crate::model::api::{SidUse, Type, TypePath};
use crate::model::names::Name;
use crate::model::settings::RustPath;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Returns a type, written in the module `module`.
pub(super) fn type_of(ty: &Type, module: &Name) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Bool => quote!(bool),
        Type::Integer(integer) => {
            let integer = quote::format_ident!("{}", integer.as_str());
            quote!(#integer)
        }
        Type::F64 => quote!(f64),
        Type::DateTime => quote!(DateTime<FixedOffset>),
        Type::Rfc2822 => quote!(Rfc2822),
        Type::Date => quote!(NaiveDate),
        Type::Time => quote!(runtime::Time),
        Type::Duration => quote!(runtime::Duration),
        Type::Uuid => quote!(Uuid),
        Type::Base64 => quote!(Base64),
        Type::Json => quote!(Value),
        Type::Sid(SidUse {
            kind: _,
            alias: Some(alias),
        }) => quote!(#alias),
        Type::Sid(SidUse { kind, alias: None }) => quote!(Sid<#kind>),
        Type::Named(TypePath {
            module: own,
            name,
            kind: _,
        }) if own == module => quote!(#name),
        Type::Named(TypePath {
            module: other,
            name,
            kind: _,
        }) => quote!(#other::#name),
        Type::List(items) => {
            let items = type_of(items, module);
            quote!(Vec<#items>)
        }
        Type::Map(values) => {
            let values = type_of(values, module);
            quote!(BTreeMap<String, #values>)
        }
        Type::Tuple(positions) => {
            let positions = positions.iter().map(|position| type_of(position, module));
            quote!((#(#positions,)*))
        }
        Type::Nullable(inner) => {
            let inner = type_of(inner, module);
            quote!(Option<#inner>)
        }
        Type::PageMeta => quote!(PageMeta),
        Type::File => quote!(FilePart),
        Type::Bytes => quote!(Bytes),
        Type::Custom(custom) => path_of(&custom.path),
    }
}

/// Returns a path of the user's.
pub(super) fn path_of(path: &RustPath) -> TokenStream {
    // It was parsed as a path, so it is made of tokens.
    path.as_str().parse().unwrap_or_default()
}

/// Returns the derives of a type: its own, and those that the user wants besides; what is written by hand is not among them.
pub(super) fn derives(own: &[&str], by_hand: &[&str], more: &[RustPath]) -> TokenStream {
    let own_paths = own.iter().map(|name| format_ident!("{name}"));
    let more = more
        .iter()
        .filter(|path| !path.is_one_of(own) && !path.is_one_of(by_hand));
    let more = more.map(path_of);
    quote!(#[derive(#(#own_paths,)* #(#more),*)])
}

/// Adds what a type needs in the imports of the module `module`.
pub(super) fn import(ty: &Type, module: &Name, imports: &mut Imports<'_>) {
    match ty {
        Type::String | Type::Bool | Type::Integer(_) | Type::F64 | Type::Custom(_) => {}
        Type::Time | Type::Duration => imports.add("super::runtime", "self"),
        Type::Base64 => imports.add("super::runtime", "Base64"),
        Type::Uuid => imports.add("uuid", "Uuid"),
        Type::DateTime => {
            imports.add("chrono", "DateTime");
            imports.add("chrono", "FixedOffset");
        }
        Type::Rfc2822 => imports.add("super::runtime", "Rfc2822"),
        Type::Date => imports.add("chrono", "NaiveDate"),
        Type::Json => imports.add("serde_json", "Value"),
        Type::PageMeta => imports.add("super::runtime", "PageMeta"),
        Type::File => imports.add("super::runtime", "FilePart"),
        Type::Bytes => imports.add("bytes", "Bytes"),
        Type::Sid(SidUse { kind, alias }) => match alias {
            Some(alias) => imports.add("super::sids", alias.as_str()),
            None => {
                imports.add("super::runtime", "Sid");
                imports.add("super::sids", kind.as_str());
            }
        },
        Type::Named(path) if path.module == *module => {}
        Type::Named(path) => imports.add("super", path.module.as_str()),
        Type::List(inner) | Type::Nullable(inner) => import(inner, module, imports),
        Type::Tuple(positions) => {
            for position in positions {
                import(position, module, imports);
            }
        }
        Type::Map(values) => {
            imports.add("std::collections", "BTreeMap");
            import(values, module, imports);
        }
    }
}
