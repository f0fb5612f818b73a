//! Responses that differ by status or media type: an enum, and how it is read.

use super::code::Code;
use super::types::type_of;
use crate::base::markdown;
use crate::model::api::{Reading, ResponseVariant, Responses, Role, Type, is_default};
use crate::model::names::Name;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the items of the responses of an operation.
pub(super) fn responses(responses: &Responses, module: &Name, code: &Code) -> Vec<String> {
    vec![
        code.item(declaration(responses, module, code)),
        code.item(reading(responses)),
        code.item(writing(responses)),
    ]
}

fn declaration(responses: &Responses, module: &Name, code: &Code) -> TokenStream {
    let Responses {
        name,
        operation,
        role,
        variants,
        pointer: _,
    } = responses;
    let summary = match role {
        Role::Success => format!("The responses to [`{operation}`]."),
        Role::Error => format!("The errors of [`{operation}`]."),
    };
    let docs = code.docs(vec![summary]);
    let declared = variants.iter().map(|one| variant(one, module, code));
    let undeclared = (!responses.is_exhaustive()).then(|| {
        quote! {
            /// A status that the description does not list: its JSON, or null for anything else.
            Undeclared(Value),
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared)*
            #undeclared
        }
    }
}

fn reading(responses: &Responses) -> TokenStream {
    let Responses { name, variants, .. } = responses;
    let mut in_order: Vec<&ResponseVariant> = variants.iter().collect();
    // Of one status, the variant for any media type comes last.
    in_order.sort_by_key(|one| {
        (
            one.statuses.1 - one.statuses.0,
            one.statuses.0,
            one.media_types.is_empty(),
        )
    });
    let taken: Vec<u16> = in_order
        .iter()
        .filter(|one| one.statuses.0 == one.statuses.1 && one.media_types.is_empty())
        .map(|one| one.statuses.0)
        .collect();
    let arms = in_order.into_iter().map(|one| arm(one, &taken));
    let otherwise =
        (!responses.is_exhaustive()).then(|| quote!(_ => body.undeclared(Self::Undeclared),));
    quote! {
        impl FromBody for #name {
            #[inline]
            fn from_body(body: decode::Body<'_>) -> Result<Decoded<Self>, Undecodable> {
                match body.status() {
                    #(#arms)*
                    #otherwise
                }
            }
        }
    }
}

fn writing(responses: &Responses) -> TokenStream {
    let Responses { name, variants, .. } = responses;
    let written = variants
        .iter()
        .map(|ResponseVariant { name, ty, .. }| match ty {
            Some(_) => quote!(Self::#name(value) => value.serialize(serializer),),
            None => quote!(Self::#name => serializer.serialize_unit(),),
        });
    let undeclared = (!responses.is_exhaustive())
        .then(|| quote!(Self::Undeclared(value) => value.serialize(serializer),));
    quote! {
        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#written)*
                    #undeclared
                }
            }
        }
    }
}

fn variant(variant: &ResponseVariant, module: &Name, code: &Code) -> TokenStream {
    let ResponseVariant {
        name,
        docs,
        statuses,
        media_types,
        ty,
        reading: _,
        pointer: _,
    } = variant;
    let mut status = match statuses {
        (first, last) if first == last => format!("Status {first}"),
        statuses if is_default(*statuses) => "Any other status".to_owned(),
        (first, _) => format!("Any other status from {first} on"),
    };
    if !media_types.is_empty() {
        let media_types: Vec<String> = media_types.iter().map(|one| markdown::code(one)).collect();
        status.push_str(&format!(", {}", media_types.join(" or ")));
    }
    status.push('.');
    let mut lines = vec![status];
    if !docs.is_empty() {
        lines.push(String::new());
        lines.extend(docs.lines().iter().cloned());
    }
    let docs = code.docs(lines);
    let payload = ty.as_ref().map(|ty| {
        let written = type_of(ty, module);
        match ty {
            Type::Named(path) if !path.kind.is_enum() => quote!((Box<#written>)),
            _ => quote!((#written)),
        }
    });
    quote!(#docs #name #payload,)
}

/// Returns the arm of a variant; a range leaves out the statuses that are taken, which have arms of their own.
fn arm(variant: &ResponseVariant, taken: &[u16]) -> TokenStream {
    let ResponseVariant {
        name,
        docs: _,
        statuses,
        media_types,
        ty: _,
        reading,
        pointer: _,
    } = variant;
    let statuses = if statuses.0 == statuses.1 {
        let status = Literal::u16_unsuffixed(statuses.0);
        quote!(#status)
    } else if is_default(*statuses) {
        quote!(_)
    } else {
        let ranges = ranges_without(*statuses, taken).into_iter();
        let ranges = ranges.map(|(first, last)| {
            let number = Literal::u16_unsuffixed;
            let (start, end) = (number(first), number(last));
            if first == last {
                quote!(#start)
            } else {
                quote!(#start..=#end)
            }
        });
        quote!(#(#ranges)|*)
    };
    let guard = (!media_types.is_empty()).then(|| quote!(if body.is_of(&[#(#media_types),*])));
    let read = match reading {
        Reading::Empty => quote!(empty),
        Reading::Json => quote!(json),
        Reading::Text => quote!(text),
        Reading::Bytes => quote!(bytes),
        Reading::Form => quote!(form),
    };
    quote!(#statuses #guard => body.#read(Self::#name),)
}

/// Returns a range of statuses without those that are taken.
fn ranges_without((first, last): (u16, u16), taken: &[u16]) -> Vec<(u16, u16)> {
    let mut taken = taken.to_vec();
    taken.retain(|status| (first..=last).contains(status));
    taken.sort_unstable();
    taken.dedup();
    let starts = std::iter::once(first).chain(taken.iter().map(|status| status + 1));
    let ends = taken.iter().map(|status| status - 1).chain([last]);
    starts
        .zip(ends)
        .filter(|(start, end)| start <= end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ranges_without;

    #[test]
    fn a_range_leaves_out_what_is_taken() {
        assert_eq!(ranges_without((200, 299), &[404]), [(200, 299)]);
        assert_eq!(ranges_without((200, 299), &[200, 299]), [(201, 298)]);
        assert_eq!(
            ranges_without((200, 299), &[205, 204, 201]),
            [(200, 200), (202, 203), (206, 299)]
        );
    }
}
