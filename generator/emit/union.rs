//! Values that are one of several types.

use super::code::{Code, or_else_line};
use super::limits::check_of_union;
use super::literal::{constant, constant_value, tag_pattern};
use super::model::Context;
use super::types::{derives, type_of};
use crate::base::markdown;
use crate::model::api::{
    Alternative, Format, IntegerType, JsonKind, Literal, Selection, Shape, ShapeMember, Type, Union,
};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of a union: the enum, how it is decoded and written, its conversions, and how it is checked.
pub(super) fn union(union: &Union, context: Context<'_>) -> Vec<String> {
    let Context {
        module,
        limits,
        hashable,
        code,
    } = context;
    let is_hashable = hashable.has(module, &union.name);
    let mut items = vec![
        code.item(declaration(union, module, is_hashable, code)),
        code.item(decode(union)),
        code.item(encode(union)),
    ];
    items.extend(conversions(union, module).map(|conversion| code.item(conversion)));
    items.extend(check_of_union(union, module, limits).map(|check| code.item(check)));
    items
}

fn declaration(union: &Union, module: &Name, is_hashable: bool, code: &Code) -> TokenStream {
    let Union {
        name,
        docs,
        tag: _,
        alternatives,
        selection: _,
        derives,
        pointer: _,
    } = union;
    let mut own = vec!["Debug", "Clone", "PartialEq"];
    if is_hashable {
        own.extend(["Eq", "Hash"]);
    }
    let derives = self::derives(&own, &[], derives);
    let docs = code.docs(or_else_line(docs, || {
        format!("One of several kinds of `{name}`.")
    }));
    let variants = alternatives.iter().map(|alternative| {
        let Alternative {
            name,
            docs,
            ty,
            tags,
            written_tag: _,
            shape: _,
            limits: _,
            pointer: _,
        } = alternative;
        let payload = payload(ty, module);
        let docs = code.docs(or_else_line(docs, || described(tags, ty, module)));
        quote!(#docs #name(#payload),)
    });
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the description does not list.
            Unlisted(Value),
        }
    }
}

/// The documentation of a variant without a description: the tags that stand for it, or its type.
fn described(tags: &[Literal], ty: &Type, module: &Name) -> String {
    let tags: Vec<String> = tags
        .iter()
        .map(|tag| match tag {
            Literal::Text(text) if text.is_empty() => "an empty text".to_owned(),
            tag => markdown::code(&tag.to_string()),
        })
        .collect();
    match (tags.as_slice(), ty) {
        ([], Type::Named(_)) => format!("[`{}`]", type_of(ty, module).to_string().replace(' ', "")),
        ([], _) => format!("`{}`", type_of(ty, module).to_string().replace(' ', "")),
        (tags, _) => tags.join(" or "),
    }
}

/// The type that a variant has inside: what may lead back to the union is behind a pointer.
fn payload(ty: &Type, module: &Name) -> TokenStream {
    let written = type_of(ty, module);
    if is_boxed(ty) {
        quote!(Box<#written>)
    } else {
        written
    }
}

fn is_boxed(ty: &Type) -> bool {
    match ty {
        Type::Named(path) => !path.kind.is_enum(),
        Type::Tuple(_) => true,
        _ => false,
    }
}

fn decode(union: &Union) -> TokenStream {
    let name = &union.name;
    let body = match &union.selection {
        Selection::Kind(arms) => kinds(arms, union),
        other => selected(other, union),
    };
    quote! {
        impl Decode for #name {
            #[inline]
            fn decode(node: decode::Node<'_>) -> Result<Self, Mismatch> {
                #body
            }
        }
    }
}

fn kinds(arms: &[(JsonKind, Selection)], union: &Union) -> TokenStream {
    let mut grouped: Vec<(Vec<JsonKind>, &Selection)> = Vec::new();
    for (kind, selection) in arms {
        match grouped.iter_mut().find(|(_, known)| known == &selection) {
            Some((kinds, _)) => kinds.push(*kind),
            None => grouped.push((vec![*kind], selection)),
        }
    }
    let is_complete = arms.len() == JsonKind::ALL.len();
    if let ([(_, only)], true) = (grouped.as_slice(), is_complete) {
        return selected(only, union);
    }
    let arms = grouped.iter().map(|(kinds, selection)| {
        let kinds = kinds.iter().map(|kind| match kind {
            JsonKind::Null => quote!(decode::Kind::Null),
            JsonKind::Bool => quote!(decode::Kind::Bool),
            JsonKind::Number => quote!(decode::Kind::Number),
            JsonKind::String => quote!(decode::Kind::String),
            JsonKind::List => quote!(decode::Kind::List),
            JsonKind::Object => quote!(decode::Kind::Object),
        });
        let selection = selected(selection, union);
        quote!(#(#kinds)|* => #selection,)
    });
    let others = (!is_complete).then(|| quote!(_ => node.no_variant(Self::Unlisted),));
    quote! {
        match node.kind() {
            #(#arms)*
            #others
        }
    }
}

/// Returns the expression that decodes a value as what a selection finds.
fn selected(selection: &Selection, union: &Union) -> TokenStream {
    match selection {
        Selection::Alternative(index) => match union.alternatives.get(*index) {
            Some(Alternative { name, .. }) => quote!(node.variant(Self::#name, Self::Unlisted)),
            None => quote!(node.unlisted(Self::Unlisted)),
        },
        Selection::Kind(arms) => kinds(arms, union),
        Selection::Tag {
            path,
            arms,
            missing,
        } => {
            let arms = arms
                .iter()
                .filter(|(tags, _)| !tags.is_empty())
                .map(|(tags, selection)| {
                    let pattern = tag_pattern(tags);
                    let selection = selected(selection, union);
                    quote!(#pattern => #selection,)
                });
            let missing = missing.as_ref().map(|selection| {
                let selection = selected(selection, union);
                quote!(decode::Tag::Missing => #selection,)
            });
            quote! {
                match node.tag(&[#(#path),*]).get() {
                    #(#arms)*
                    #missing
                    _ => node.unlisted(Self::Unlisted),
                }
            }
        }
        Selection::Shape(candidates) => {
            let found: Vec<&Alternative> = candidates
                .iter()
                .filter_map(|index| union.alternatives.get(*index))
                .collect();
            let shapes = found.iter().map(|one| shape(&one.shape));
            let arms = found.iter().enumerate().map(|(index, one)| {
                let name = &one.name;
                let index = proc_macro2::Literal::usize_unsuffixed(index);
                quote!(Some(#index) => node.variant(Self::#name, Self::Unlisted),)
            });
            quote! {
                match node.best(const { &[#(#shapes),*] }) {
                    #(#arms)*
                    _ => node.no_variant(Self::Unlisted),
                }
            }
        }
    }
}

fn shape(shape: &Shape) -> TokenStream {
    let Shape {
        kinds,
        is_integer,
        values,
        format,
        members,
        closed,
        items,
        any_of,
    } = shape;
    let base = if !any_of.is_empty() {
        let shapes = any_of.iter().map(self::shape);
        let types = types(kinds, *is_integer);
        quote!(decode::Shape::new(#types).any_of(const { &[#(#shapes),*] }))
    } else if !members.is_empty() {
        let members = members.iter().map(shape_member);
        let members = quote!(const { &[#(#members),*] });
        if shape.is_object_of_members() {
            quote!(decode::Shape::object(#members))
        } else {
            let types = types(kinds, *is_integer);
            quote!(decode::Shape::new(#types).members(#members))
        }
    } else {
        let types = types(kinds, *is_integer);
        quote!(decode::Shape::new(#types))
    };
    let listed = listed(values);
    let format = format.map(|format| {
        let name = match format {
            Format::DateTime => quote!(date_time),
            Format::Date => quote!(date),
            Format::Time => quote!(time),
            Format::Duration => quote!(duration),
            Format::Uuid => quote!(uuid),
            Format::Integer(integer) => match integer {
                IntegerType::I8 => quote!(int8),
                IntegerType::I16 => quote!(int16),
                IntegerType::I32 => quote!(int32),
                IntegerType::I64 => quote!(int64),
                IntegerType::U8 => quote!(uint8),
                IntegerType::U16 => quote!(uint16),
                IntegerType::U32 => quote!(uint32),
                IntegerType::U64 => quote!(uint64),
            },
        };
        quote!(.format(format::#name))
    });
    let items = items.as_ref().map(|items| {
        let items = self::shape(items);
        quote!(.items(const { &#items }))
    });
    let closed = closed.then(|| quote!(.closed()));
    quote!(#base #listed #format #items #closed)
}

fn shape_member(member: &ShapeMember) -> TokenStream {
    let ShapeMember {
        wire,
        required,
        shape,
    } = member;
    let shape = self::shape(shape);
    if *required {
        quote!(#shape.required(#wire))
    } else {
        quote!(#shape.optional(#wire))
    }
}

/// One value is the only one; of several, the service may add others.
fn listed(values: &[Literal]) -> Option<TokenStream> {
    let constants = values.iter().map(constant_value);
    let constants = quote!(const { &[#(#constants),*] });
    match values {
        [] => None,
        [_] => Some(quote!(.pinned(#constants))),
        _ => Some(quote!(.listed(#constants))),
    }
}

fn types(kinds: &[JsonKind], is_integer: bool) -> TokenStream {
    let mut found = kinds.iter().map(|kind| match kind {
        JsonKind::Null => quote!(decode::Types::NULL),
        JsonKind::Bool => quote!(decode::Types::BOOL),
        JsonKind::Number if is_integer => quote!(decode::Types::INTEGER),
        JsonKind::Number => quote!(decode::Types::NUMBER),
        JsonKind::String => quote!(decode::Types::STRING),
        JsonKind::List => quote!(decode::Types::LIST),
        JsonKind::Object => quote!(decode::Types::OBJECT),
    });
    match found.next() {
        None => quote!(decode::Types::ANY),
        Some(first) => found.fold(first, |all, one| quote!(#all.or(#one))),
    }
}

fn encode(union: &Union) -> TokenStream {
    let Union {
        name,
        docs: _,
        tag,
        alternatives,
        selection: _,
        derives: _,
        pointer: _,
    } = union;
    let arms = alternatives.iter().map(|alternative| {
        let name = &alternative.name;
        match (tag, &alternative.written_tag) {
            (Some(tag), Some(value)) => {
                let value = constant(value);
                quote!(Self::#name(value) => json.tagged(#tag, #value, value),)
            }
            _ => quote!(Self::#name(value) => value.encode(json),),
        }
    });
    quote! {
        impl Encode for #name {
            #[inline]
            fn encode(&self, json: &mut JsonWriter) {
                match self {
                    #(#arms)*
                    Self::Unlisted(value) => value.encode(json),
                }
            }
        }
    }
}

/// Returns the conversions from what a variant has inside, where no two variants have the same.
fn conversions<'u>(
    union: &'u Union,
    module: &'u Name,
) -> impl Iterator<Item = TokenStream> + use<'u> {
    let name = &union.name;
    let is_itself = |ty: &Type| match ty {
        Type::Named(path) => path.module == *module && path.name == union.name,
        _ => false,
    };
    // `Value` is what `Unlisted` has inside.
    let converts = move |one: &&Alternative| {
        one.ty != Type::Json
            && !is_itself(&one.ty)
            && union
                .alternatives
                .iter()
                .filter(|other| other.ty == one.ty)
                .count()
                == 1
    };
    union
        .alternatives
        .iter()
        .filter(converts)
        .flat_map(move |one| {
            let variant = &one.name;
            let ty = type_of(&one.ty, module);
            let value = if is_boxed(&one.ty) {
                quote!(Box::new(value))
            } else {
                quote!(value)
            };
            let text = (one.ty == Type::String).then(|| {
                quote! {
                    impl From<&str> for #name {
                        #[inline]
                        fn from(value: &str) -> Self {
                            Self::#variant(value.to_owned())
                        }
                    }
                }
            });
            std::iter::once(quote! {
                impl From<#ty> for #name {
                    #[inline]
                    fn from(value: #ty) -> Self {
                        Self::#variant(#value)
                    }
                }
            })
            .chain(text)
        })
}
