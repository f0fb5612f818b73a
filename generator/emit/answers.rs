//! Answers that differ by status: an enum, and how it is read.

use super::code::Code;
use super::types::type_of;
use crate::model::api::{Answer, Answers, Reading, Type};
use crate::model::names::Name;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the items of the answers of an operation.
pub(super) fn answers(answers: &Answers, module: &Name, code: &Code) -> Vec<String> {
    let Answers {
        name,
        operation,
        answers,
        pointer: _,
    } = answers;
    let summary = format!("What [`{operation}`] is answered with, by status.");
    let docs = code.docs(vec![summary]);
    let variants = answers.iter().map(|answer| variant(answer, module, code));
    let arms = answers.iter().map(arm);
    let written = answers.iter().map(|Answer { name, ty, .. }| match ty {
        Some(_) => quote!(Self::#name(value) => value.serialize(serializer),),
        None => quote!(Self::#name => serializer.serialize_unit(),),
    });
    let declaration = code.item(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// The JSON of a status that the description does not list; null where it is none.
            Undeclared(Value),
        }
    });
    let reading = code.item(quote! {
        impl body::FromBody for #name {
            fn from_body(body: body::Body<'_>) -> body::Decoded<Self> {
                match body.status() {
                    #(#arms)*
                    _ => body.undeclared(Self::Undeclared),
                }
            }
        }
    });
    let writing = code.item(quote! {
        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#written)*
                    Self::Undeclared(value) => value.serialize(serializer),
                }
            }
        }
    });
    vec![declaration, reading, writing]
}

fn variant(answer: &Answer, module: &Name, code: &Code) -> TokenStream {
    let Answer {
        name,
        docs,
        statuses,
        ty,
        reading: _,
        pointer: _,
    } = answer;
    let status = match statuses {
        (first, last) if first == last => format!("Status {first}."),
        (first, _) => format!("Any other status from {first} on."),
    };
    let mut lines = vec![status];
    if !docs.is_empty() {
        lines.push(String::new());
        lines.extend(docs.lines().iter().cloned());
    }
    let docs = code.docs(lines);
    let holds = ty.as_ref().map(|ty| {
        let written = type_of(ty, module);
        match ty {
            Type::Named(path) if !path.kind.is_enum() => quote!((Box<#written>)),
            _ => quote!((#written)),
        }
    });
    quote!(#docs #name #holds,)
}

fn arm(answer: &Answer) -> TokenStream {
    let name = &answer.name;
    let number = |status: u16| Literal::u16_unsuffixed(status);
    let (first, last) = (number(answer.statuses.0), number(answer.statuses.1));
    let statuses = if answer.statuses.0 == answer.statuses.1 {
        quote!(#first)
    } else {
        quote!(#first..=#last)
    };
    let read = match answer.reading {
        Reading::Empty => quote!(empty),
        Reading::Json => quote!(json),
        Reading::Text => quote!(text),
        Reading::Bytes => quote!(bytes),
    };
    quote!(#statuses => body.#read(Self::#name),)
}
