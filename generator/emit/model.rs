//! Structs that JSON is decoded into, and made of.

use super::code::{Code, allowance, or_else_line};
use super::limits::check_of_model;
use super::open_enum::literal;
use super::request::{argument_type, stored};
use super::types::type_of;
use crate::api::{Constructor, LimitedTypes, Model, ModelField, Presence, Rest, Type};
use crate::markdown;
use crate::names::Name;
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write as _;

/// Returns the items of a model.
pub(super) fn model(
    model: &Model,
    module: &Name,
    limits: &LimitedTypes<'_>,
    code: &Code,
) -> Vec<String> {
    let Model {
        name,
        docs,
        fields,
        rest,
        constructor,
        pointer: _,
    } = model;
    let docs = or_else_line(docs, || match constructor {
        Some(_) => format!("`{name}`, as the API takes it."),
        None => format!("`{name}`, as the API sends it."),
    });
    let docs = code.docs(docs);
    let hides = fields.iter().any(|field| field.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let is_empty = fields.iter().all(ModelField::is_optional);
    let default = is_empty.then(|| quote!(Default,));
    let members = fields.iter().map(|field| member(field, module, code));
    let rest_member = rest.iter().map(|Rest { name, ty, .. }| {
        let ty = type_of(ty, module);
        quote! {
            /// What the object holds besides.
            pub #name: BTreeMap<String, #ty>,
        }
    });
    let mut items = vec![code.item(quote! {
        #docs
        #[derive(#debug Clone, PartialEq, #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #(#rest_member)*
        }
    })];
    items.push(json_object(model, is_empty));
    if hides {
        let rest = rest.iter().map(|rest| (&rest.name, false));
        let fields = fields
            .iter()
            .map(|field| (&field.name, field.sensitive))
            .chain(rest);
        items.push(code.item(redacting_debug(name, fields)));
    }
    if let Some(constructor) = constructor {
        items.extend(make(model, constructor, module, code));
    }
    items.extend(check_of_model(model, module, limits).map(|check| code.item(check)));
    items
}

fn member(field: &ModelField, module: &Name, code: &Code) -> TokenStream {
    let ModelField {
        name,
        wire,
        docs,
        ty,
        presence,
        clear: _,
        boxed,
        limits: _,
        sensitive: _,
        pointer: _,
    } = field;
    let docs = or_else_line(docs, || format!("The field {}.", markdown::code(wire)));
    let docs = code.docs(docs);
    let ty = stored_type(ty, *presence, *boxed, module);
    quote! {
        #docs
        pub #name: #ty,
    }
}

/// Returns the declaration of how a model stands in JSON, which the runtime's macro makes serde's implementations of.
fn json_object(model: &Model, is_empty: bool) -> String {
    let is_sent = model.constructor.is_some();
    let bound = if is_empty { ": Default" } else { "" };
    let mut text = format!("json_object! {{\n    {}{bound} {{\n", model.name);
    for field in &model.fields {
        let how = match (field.presence, &field.ty) {
            // Such a text is only ever received.
            (Presence::Required, Type::Rfc2822) => "required_rfc2822",
            (_, Type::Rfc2822) => "nullable_rfc2822",
            (Presence::Required, _) => "required",
            (Presence::Tristate, _) => "optional",
            (Presence::Optional, _) if is_sent => "optional",
            (Presence::Optional | Presence::Nullable, _) => "nullable",
        };
        let ModelField { name, wire, .. } = field;
        let _ = writeln!(text, "        {name}: {how} = {},", literal(wire));
    }
    if let Some(Rest { name, ty, .. }) = &model.rest {
        let kind = if *ty == Type::Json { "any" } else { "typed" };
        let _ = writeln!(text, "        ..{name}: {kind}");
    }
    text.push_str("    }\n}\n");
    text
}

fn stored_type(ty: &Type, presence: Presence, boxed: bool, module: &Name) -> TokenStream {
    let ty = type_of(ty, module);
    let ty = if boxed { quote!(Box<#ty>) } else { ty };
    match presence {
        Presence::Required => ty,
        Presence::Nullable | Presence::Optional => quote!(Option<#ty>),
        Presence::Tristate => quote!(Field<#ty>),
    }
}

/// Returns how a caller makes a model: `new` with what is asked for, and a method for each other field.
fn make(model: &Model, constructor: &Constructor, module: &Name, code: &Code) -> Vec<String> {
    let Model {
        name,
        docs: _,
        fields,
        rest,
        constructor: _,
        pointer: _,
    } = model;
    let asked: Vec<&ModelField> = fields.iter().filter(|field| field.is_asked_for()).collect();
    let mut items = Vec::new();
    let initial = fields.iter().map(|field| {
        let name = &field.name;
        match (field.presence, constructor) {
            (Presence::Required, Constructor::Positional) => {
                let value = boxed(stored(name, &field.ty), field.boxed);
                if value.to_string() == name.as_str() {
                    quote!(#name)
                } else {
                    quote!(#name: #value)
                }
            }
            (Presence::Required | Presence::Nullable, _) => quote!(#name),
            (Presence::Optional, _) => quote!(#name: None),
            (Presence::Tristate, _) => quote!(#name: Field::Unset),
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
                    Presence::Required => argument_type(&field.ty, module),
                    _ => stored_type(&field.ty, field.presence, field.boxed, module),
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
        .filter(|field| !field.is_asked_for())
        .map(|field| setter(field, module, code));
    items.push(code.impl_item(quote! {
        impl #name {
            /// Makes the object with what is required.
            #new
            #(#setters)*
        }
    }));
    items
}

fn params_struct(
    name: &Name,
    params: &Name,
    asked: &[&ModelField],
    (module, code): (&Name, &Code),
) -> TokenStream {
    let members = asked.iter().map(|field| {
        let name = &field.name;
        let docs = or_else_line(&field.docs, || {
            format!("The field {}.", markdown::code(&field.wire))
        });
        let docs = code.docs(docs);
        let ty = stored_type(&field.ty, field.presence, field.boxed, module);
        quote!(#docs pub #name: #ty,)
    });
    let docs = code.docs(vec![format!("The required fields of [`{name}`].")]);
    let hides = asked.iter().any(|field| field.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let redacted = hides.then(|| {
        redacting_debug(
            params,
            asked.iter().map(|field| (&field.name, field.sensitive)),
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
        presence,
        clear,
        boxed: is_boxed,
        limits: _,
        sensitive: _,
        pointer: _,
    } = field;
    let docs = or_else_line(docs, || format!("Sets {}.", markdown::code(wire)));
    let docs = code.docs(docs);
    let argument = argument_type(ty, module);
    let value = boxed(stored(name, ty), *is_boxed);
    let value = if *presence == Presence::Tristate {
        quote!(Field::Value(#value))
    } else {
        quote!(Some(#value))
    };
    let clear = clear.as_ref().map(|clear| {
        let docs = code.docs(vec![format!("Sends {} as null.", markdown::code(wire))]);
        quote! {
            #docs
            #[must_use]
            pub fn #clear(mut self) -> Self {
                self.#name = Field::Empty;
                self
            }
        }
    });
    let allowance = allowance(name);
    quote! {
        #docs
        #[must_use]
        #allowance
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
    fields: impl Iterator<Item = (&'n Name, bool)>,
) -> TokenStream {
    let text = name.as_str();
    let calls = fields.map(|(field, sensitive)| {
        let label = field.as_str();
        let value = if sensitive {
            quote!(format_args!("[redacted]"))
        } else {
            quote!(self.#field)
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
