//! Types as a generated module writes them.

use super::code::Imports;
use crate::api::{SidUse, Type, TypePath};
use crate::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns a type, written in the module `module`.
pub(super) fn type_of(ty: &Type, module: &Name) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::F64 => quote!(f64),
        Type::DateTime | Type::Rfc2822 => quote!(DateTime<Utc>),
        Type::Date => quote!(NaiveDate),
        Type::Json => quote!(Value),
        Type::JsonText => quote!(JsonText),
        Type::JsonString => quote!(JsonString),
        Type::Sid(SidUse {
            kind: _,
            alias: Some(alias),
        }) => quote!(#alias),
        Type::Sid(SidUse { kind, alias: None }) => quote!(Sid<#kind>),
        Type::Named(TypePath {
            module: own,
            name,
            is_enum: _,
        }) if own == module => quote!(#name),
        Type::Named(TypePath {
            module: other,
            name,
            is_enum: _,
        }) => quote!(#other::#name),
        Type::List(items) => {
            let items = type_of(items, module);
            quote!(Vec<#items>)
        }
        Type::Map(values) => {
            let values = type_of(values, module);
            quote!(BTreeMap<String, #values>)
        }
        Type::PageMeta => quote!(PageMeta),
        Type::File => quote!(FilePart),
        Type::Bytes => quote!(Bytes),
    }
}

/// Adds what a type needs in the imports of the module `module`.
pub(super) fn import(ty: &Type, module: &Name, imports: &mut Imports<'_>) {
    match ty {
        Type::String | Type::Bool | Type::I32 | Type::I64 | Type::F64 => {}
        Type::DateTime | Type::Rfc2822 => {
            imports.add("chrono", "DateTime");
            imports.add("chrono", "Utc");
        }
        Type::Date => imports.add("chrono", "NaiveDate"),
        Type::Json => imports.add("serde_json", "Value"),
        Type::JsonText => imports.add("super::runtime", "JsonText"),
        Type::JsonString => imports.add("super::runtime", "JsonString"),
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
        Type::List(items) => import(items, module, imports),
        Type::Map(values) => {
            imports.add("std::collections", "BTreeMap");
            import(values, module, imports);
        }
    }
}
