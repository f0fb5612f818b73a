//! Structs that JSON is decoded into, and made of.

use super::arguments::{argument_type, stored};
use super::code::{Code, allowance, or_else_line, with_default};
use super::json;
use super::limits::check_of_model;
use super::types::{derives, type_of};
use crate::base::markdown;
use crate::model::api::{
    Access, Constructor, Docs, Hashable, LimitedTypes, Model, ModelField, Presence, Rest, Type,
};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// What the items of a resource are written with.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub module: &'c Name,
    pub limits: &'c LimitedTypes<'c>,
    pub hashable: &'c Hashable<'c>,
    pub code: &'c Code,
}

/// Returns the items of a model.
pub(super) fn model(model: &Model, context: Context<'_>) -> Vec<String> {
    let Context {
        module,
        limits,
        hashable,
        code,
    } = context;
    let Model {
        name,
        docs,
        fields,
        constants: _,
        rest,
        members: _,
        constructor,
        derives,
        rules: _,
        pointer: _,
    } = model;
    let docs = code.docs(docs.lines().to_vec());
    let redacted = redacted(model);
    let debug: &[&str] = &["Debug"];
    let (debug, by_hand) = match redacted {
        Some(_) => (&[][..], debug),
        None => (debug, &[][..]),
    };
    let mut own = [debug, &["Clone", "PartialEq"]].concat();
    if hashable.has(module, name) {
        own.extend(["Eq", "Hash"]);
    }
    if fields.iter().all(ModelField::is_optional) {
        own.push("Default");
    }
    let derives = self::derives(&own, by_hand, derives);
    let members = fields.iter().map(|field| member(field, module, code));
    let rest_member = rest.iter().map(|Rest { name, ty, .. }| {
        let ty = type_of(ty, module);
        quote! {
            /// Additional properties.
            pub #name: BTreeMap<String, #ty>,
        }
    });
    let mut items: Vec<String> = fields
        .iter()
        .filter_map(|field| alias(name, field, context))
        .collect();
    items.extend([
        code.item(quote! {
            #docs
            #derives
            #[non_exhaustive]
            pub struct #name {
                #(#members)*
                #(#rest_member)*
            }
        }),
        code.item(json::decode(model)),
        code.item(json::encode(model)),
    ]);
    items.extend(redacted.map(|debug| code.item(debug)));
    if let Some(constructor) = constructor {
        items.extend(make(model, constructor, module, code));
    }
    items.extend(check_of_model(model, module, limits).map(|check| code.item(check)));
    items
}

/// Returns `Debug` for a model that has something to hide.
fn redacted(model: &Model) -> Option<TokenStream> {
    let Model {
        name, fields, rest, ..
    } = model;
    let hides = fields.iter().any(|field| field.sensitive);
    let rest = rest.iter().map(|rest| (&rest.name, Shown::Value));
    let fields = fields.iter().map(|field| (&field.name, Shown::of(field)));
    hides.then(|| redacting_debug(name, fields.chain(rest)))
}

/// Returns the alias for the type of a field that would be too long to read.
fn alias(owner: &Name, field: &ModelField, context: Context<'_>) -> Option<String> {
    let alias = field.alias.as_ref()?;
    let ty = type_of(&field.ty, context.module);
    let docs = format!("The type of the field `{}` of [`{owner}`].", field.name);
    let docs = context.code.docs(vec![docs]);
    Some(context.code.item(quote!(#docs pub type #alias = #ty;)))
}

fn member(field: &ModelField, module: &Name, code: &Code) -> TokenStream {
    let ModelField {
        name,
        wire: _,
        docs,
        ty,
        alias,
        presence,
        access,
        required_in_requests: _,
        default,
        clear: _,
        boxed,
        limits: _,
        sensitive: _,
        rules: _,
        required: _,
        pointer: _,
    } = field;
    let docs = code.docs(documented(docs, default.as_ref(), *access));
    let ty = match alias {
        Some(alias) => held(quote!(#alias), *presence, *boxed),
        None => stored_type(ty, *presence, *boxed, module),
    };
    quote! {
        #docs
        pub #name: #ty,
    }
}

fn stored_type(ty: &Type, presence: Presence, boxed: bool, module: &Name) -> TokenStream {
    held(type_of(ty, module), presence, boxed)
}

/// The type of a field for a value that may be absent or null, or is behind a pointer.
fn held(ty: TokenStream, presence: Presence, boxed: bool) -> TokenStream {
    let ty = if boxed { quote!(Box<#ty>) } else { ty };
    match presence {
        Presence::Required => ty,
        Presence::Nullable | Presence::Optional | Presence::NullOrAbsent => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(Field<#ty>),
    }
}

/// Returns how a caller makes a model: `new` with what is asked for, and a method for each other field.
fn make(model: &Model, constructor: &Constructor, module: &Name, code: &Code) -> Vec<String> {
    let Model {
        name,
        docs: _,
        fields,
        constants: _,
        rest,
        members: _,
        constructor: _,
        derives: _,
        rules: _,
        pointer: _,
    } = model;
    let asked: Vec<&ModelField> = fields.iter().filter(|field| field.is_asked_for()).collect();
    let mut items = Vec::new();
    let initial = fields.iter().map(|field| {
        let name = &field.name;
        let value = initial(field, constructor);
        if value.to_string() == name.as_str() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let rest = rest
        .iter()
        .map(|Rest { name, .. }| quote!(#name: BTreeMap::new()));
    let body = quote!(Self { #(#initial,)* #(#rest),* });
    let new = match constructor {
        Constructor::Positional => {
            let arguments = asked.iter().map(|field| {
                let name = &field.name;
                let ty = match field.presence {
                    Presence::Nullable => {
                        stored_type(&field.ty, field.presence, field.boxed, module)
                    }
                    _ => argument_type(&field.ty, module),
                };
                quote!(#name: #ty)
            });
            quote!(pub fn new(#(#arguments),*) -> Self { #body })
        }
        Constructor::Named(params) => {
            items.push(code.item(params_struct(name, params, &asked, (module, code))));
            let names = asked.iter().map(|field| &field.name);
            quote!(pub fn new(params: #params) -> Self { let #params { #(#names),* } = params; #body })
        }
    };
    let setters = fields
        .iter()
        .filter(|field| !field.is_asked_for() && field.access != Access::ReadOnly)
        .map(|field| setter(field, module, code));
    items.push(code.impl_item(quote! {
        impl #name {
            /// Creates the object from its required fields.
            #[inline]
            #new
            #(#setters)*
        }
    }));
    items
}

/// What a field begins with in `new`: the argument, or nothing.
fn initial(field: &ModelField, constructor: &Constructor) -> TokenStream {
    let name = &field.name;
    let stored = match constructor {
        Constructor::Positional => boxed(stored(name, &field.ty), field.boxed),
        Constructor::Named(_) => quote!(#name),
    };
    match (field.required_in_requests, field.presence) {
        (true, Presence::OptionalNullable) => quote!(Field::Value(#stored)),
        (true, Presence::Optional | Presence::NullOrAbsent) => quote!(Some(#stored)),
        (_, Presence::Required) => stored,
        (_, Presence::Nullable) => quote!(#name),
        (false, Presence::Optional | Presence::NullOrAbsent) => quote!(None),
        (false, Presence::OptionalNullable) => quote!(Field::Absent),
    }
}

/// The documentation of a field: its description, its default, and where it is left out.
fn documented(docs: &Docs, default: Option<&Value>, access: Access) -> Vec<String> {
    let mut lines = with_default(docs.lines().to_vec(), default);
    let mut add = |paragraph: &str| {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(paragraph.to_owned());
    };
    match access {
        Access::Both => {}
        Access::ReadOnly => add("Only responses have it; requests leave it out."),
        Access::WriteOnly => add("Only requests have it."),
    }
    lines
}

fn params_struct(
    name: &Name,
    params: &Name,
    asked: &[&ModelField],
    (module, code): (&Name, &Code),
) -> TokenStream {
    let members = asked.iter().map(|field| {
        let name = &field.name;
        let docs = code.docs(documented(&field.docs, None, Access::Both));
        let ty = match field.presence {
            Presence::Nullable => stored_type(&field.ty, field.presence, field.boxed, module),
            _ => stored_type(&field.ty, Presence::Required, field.boxed, module),
        };
        quote!(#docs pub #name: #ty,)
    });
    let docs = code.docs(vec![format!("The required fields of [`{name}`].")]);
    let hides = asked.iter().any(|field| field.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let redacted = hides.then(|| {
        redacting_debug(
            params,
            asked.iter().map(|field| {
                let shown = match (field.sensitive, field.presence) {
                    (false, _) => Shown::Value,
                    (true, Presence::Nullable) => Shown::RedactedOption,
                    (true, _) => Shown::Redacted,
                };
                (&field.name, shown)
            }),
        )
    });
    quote! {
        #docs
        #[derive(#debug Clone, PartialEq)]
        pub struct #params {
            #(#members)*
        }
        #redacted
    }
}

fn setter(field: &ModelField, module: &Name, code: &Code) -> TokenStream {
    let ModelField {
        name,
        wire,
        docs,
        ty,
        alias: _,
        presence,
        access: _,
        required_in_requests: _,
        default: _,
        clear,
        boxed: is_boxed,
        limits: _,
        sensitive: _,
        rules: _,
        required: _,
        pointer: _,
    } = field;
    let docs = or_else_line(docs, || format!("Sets {}.", markdown::code(wire)));
    let docs = code.docs(docs);
    let argument = argument_type(ty, module);
    let value = boxed(stored(name, ty), *is_boxed);
    let value = if *presence == Presence::OptionalNullable {
        quote!(Field::Value(#value))
    } else {
        quote!(Some(#value))
    };
    let clear = clear.as_ref().map(|clear| {
        let docs = code.docs(vec![format!("Sends {} as null.", markdown::code(wire))]);
        quote! {
            #docs
            #[must_use]
            #[inline]
            pub fn #clear(mut self) -> Self {
                self.#name = Field::Null;
                self
            }
        }
    });
    let allowance = allowance(name);
    quote! {
        #docs
        #[must_use]
        #allowance
        #[inline]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
        #clear
    }
}

fn boxed(value: TokenStream, is_boxed: bool) -> TokenStream {
    if is_boxed {
        quote!(Box::new(#value))
    } else {
        value
    }
}

/// Returns a `Debug` that says of personal and secret fields only that they are there.
pub(super) fn redacting_debug<'n>(
    name: &Name,
    fields: impl Iterator<Item = (&'n Name, Shown)>,
) -> TokenStream {
    let text = name.as_str();
    let calls = fields.map(|(field, shown)| {
        let label = field.as_str();
        let value = match shown {
            Shown::Value => quote!(self.#field),
            Shown::Redacted => quote!(runtime::model::Redacted),
            Shown::RedactedOption => {
                quote!(self.#field.as_ref().map(|_| runtime::model::Redacted))
            }
            Shown::RedactedField => quote!(self.#field.redacted()),
        };
        quote!(.field(#label, &#value))
    });
    quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#text)#(#calls)*.finish()
            }
        }
    }
}

/// How `Debug` shows a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is.
    Value,
    /// As a value that is hidden.
    Redacted,
    /// As whether there is one: the field is an `Option`.
    RedactedOption,
    /// As whether there is one: the field is a `Field`.
    RedactedField,
}

impl Shown {
    /// Returns how a field of a model is shown.
    fn of(field: &ModelField) -> Self {
        match field.presence {
            _ if !field.sensitive => Self::Value,
            Presence::Required => Self::Redacted,
            Presence::Nullable | Presence::Optional | Presence::NullOrAbsent => {
                Self::RedactedOption
            }
            Presence::OptionalNullable => Self::RedactedField,
        }
    }
}
