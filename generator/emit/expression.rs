//! Values as Rust expressions.

use crate::model::api::{Api, Literal, NamedKind, Type, TypePath, Variant};
use crate::model::names::Name;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;
use serde_json::Value;

/// Where a value stands: a field of the parameter struct takes the type itself, an argument takes what turns into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Field,
    Argument,
}

/// Writes values as expressions.
pub(super) struct Writer<'a> {
    pub api: &'a Api,
    pub module: &'a Name,
}

impl Writer<'_> {
    /// Returns the expression for a value of a type.
    pub fn expression(&self, ty: &Type, value: &Value, slot: Slot) -> TokenStream {
        let text = value.as_str().unwrap_or_default();
        match ty {
            Type::String => match slot {
                Slot::Field => quote!(#text.to_owned()),
                Slot::Argument => quote!(#text),
            },
            Type::Bool => json_tokens(value),
            Type::Integer(_) => tokens(&value.to_string()),
            Type::F64 => {
                let number = format!("{:?}", value.as_f64().unwrap_or_default());
                number.parse().unwrap_or_else(|_| quote!(0.0))
            }
            Type::DateTime
            | Type::Rfc2822
            | Type::Date
            | Type::Time
            | Type::Duration
            | Type::Uuid
            | Type::Sid(_) => quote!(#text.parse()?),
            Type::Base64 => match slot {
                Slot::Field => quote!(#text.parse()?),
                Slot::Argument => bytes(text),
            },
            Type::Nullable(_) if value.is_null() => quote!(None),
            Type::Nullable(inner) => {
                let inner = self.expression(inner, value, Slot::Field);
                quote!(Some(#inner))
            }
            Type::Json if value.is_string() && slot == Slot::Argument => quote!(#text),
            Type::Json | Type::PageMeta => json(value),
            Type::File => match slot {
                Slot::Field => quote!(Vec::from(#text).into()),
                Slot::Argument => quote!(Vec::from(#text)),
            },
            Type::Bytes => match slot {
                Slot::Field => quote!(#text.into()),
                Slot::Argument => quote!(#text),
            },
            Type::Named(path) if path.kind == NamedKind::TextEnum => self.variant(path, text),
            Type::Map(values) if **values == Type::File => self.map(values, value),
            Type::Named(_) | Type::Map(_) | Type::Tuple(_) | Type::Custom(_) => {
                let value = json(value);
                quote!(serde_json::from_value(#value)?)
            }
            Type::List(items) => {
                let values: &[Value] = value.as_array().map_or(&[], Vec::as_slice);
                let of_items = match slot {
                    Slot::Argument if !are_alike(values) => Slot::Field,
                    _ => slot,
                };
                let items_of = |value| self.expression(items, value, of_items);
                let each = values.iter().map(items_of);
                match (slot, taken(items)) {
                    (Slot::Field, _) => quote!(vec![#(#each),*]),
                    // Nothing else says which of the types that are taken the items have.
                    (Slot::Argument, Some(item)) if values.is_empty() => {
                        quote!(Vec::<#item>::new())
                    }
                    (Slot::Argument, _) => quote!([#(#each),*]),
                }
            }
        }
    }

    fn map(&self, values: &Type, map: &Value) -> TokenStream {
        let entries = map.as_object().into_iter().flatten();
        let entries = entries.map(|(name, value)| {
            let value = self.expression(values, value, Slot::Field);
            quote!((#name.to_owned(), #value))
        });
        quote!(std::collections::BTreeMap::from([#(#entries),*]))
    }

    fn variant(&self, path: &TypePath, text: &str) -> TokenStream {
        let TypePath {
            module,
            name,
            kind: _,
        } = path;
        let prefix = if module == self.module {
            quote!(#name)
        } else {
            quote!(#module::#name)
        };
        let enums = self
            .api
            .resources
            .get(module)
            .map(|resource| resource.enums.as_slice())
            .unwrap_or_default();
        let listed = enums
            .iter()
            .filter(|open_enum| open_enum.name == *name)
            .flat_map(|open_enum| &open_enum.variants)
            .find(|variant| variant.wire == Literal::Text(text.to_owned()));
        match listed {
            Some(Variant { name: variant, .. }) => quote!(#prefix::#variant),
            None => quote!(#prefix::from(#text)),
        }
    }
}

/// Whether values are lists of one length, which arrays of one type are, or no lists.
fn are_alike(values: &[Value]) -> bool {
    let length = |value: &Value| value.as_array().map(Vec::len);
    let mut lengths = values.iter().map(length);
    let first = lengths.next().flatten();
    lengths.all(|length| length == first)
}

/// A type that an argument takes for a type, where it takes several.
fn taken(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::String | Type::Json | Type::Bytes => Some(quote!(&str)),
        Type::File | Type::Base64 => Some(quote!(Vec<u8>)),
        Type::List(items) => {
            let items = taken(items)?;
            Some(quote!(Vec<#items>))
        }
        _ => None,
    }
}

/// The bytes that a text in Base64 stands for, as an expression.
fn bytes(text: &str) -> TokenStream {
    let bytes = STANDARD.decode(text).unwrap_or_default();
    match std::str::from_utf8(&bytes) {
        Ok(text) => quote!(Vec::from(#text)),
        Err(_) => {
            let bytes = Token::byte_string(&bytes);
            quote!(Vec::from(*#bytes))
        }
    }
}

pub(super) fn json(value: &Value) -> TokenStream {
    if !is_for_json_macro(value) {
        let text = value.to_string();
        return quote!(serde_json::from_str::<serde_json::Value>(#text)?);
    }
    let tokens = json_tokens(value);
    quote!(json!(#tokens))
}

/// Whether `json!` can take a value: it calls itself less deep than the compiler's usual limit, which is 128.
pub(super) fn is_for_json_macro(value: &Value) -> bool {
    depth_of_json_macro(value) <= 120
}

/// Returns how deep `json!` calls itself: three times for each member of an object and twice for each element of a list, and
/// from there for what these hold.
fn depth_of_json_macro(value: &Value) -> usize {
    let of_all = |steps: usize, values: &mut dyn Iterator<Item = &Value>| {
        let depth = values.enumerate().fold(0, |depth: usize, (before, value)| {
            let inside = steps * before + depth_of_json_macro(value);
            depth.max(inside).max(steps * (before + 1))
        });
        depth + 4
    };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        Value::Array(values) => of_all(2, &mut values.iter()),
        Value::Object(members) => of_all(3, &mut members.values()),
    }
}

/// Returns the tokens of a number.
fn tokens(number: &str) -> TokenStream {
    number.parse().unwrap_or_else(|_| quote!(0))
}

/// JSON text is a sequence of Rust tokens, except that Rust has other escapes.
fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(flag) => quote!(#flag),
        Value::Number(number) => tokens(&match (number.as_i64(), number.as_u64()) {
            // A number whose type nothing says is an `i32`.
            (Some(long), _) if i32::try_from(long).is_err() => format!("{long}_i64"),
            (None, Some(long)) => format!("{long}_u64"),
            _ => number.to_string(),
        }),
        Value::String(text) => quote!(#text),
        Value::Array(values) => {
            let values = values.iter().map(json_tokens);
            quote!([#(#values),*])
        }
        Value::Object(entries) => {
            let keys = entries.keys();
            let values = entries.values().map(json_tokens);
            quote!({ #(#keys: #values),* })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_for_json_macro;
    use serde_json::{Map, Value, json};

    #[test]
    fn what_is_large_or_deep_is_written_as_text() {
        let members = |count: usize| {
            let members = (0..count).map(|index| (format!("m{index}"), json!(1)));
            Value::from(members.collect::<Map<String, Value>>())
        };
        assert!(is_for_json_macro(&members(38)));
        assert!(!is_for_json_macro(&members(41)));
        let nested = |depth: usize| (0..depth).fold(json!(1), |inside, _| json!({ "in": inside }));
        assert!(is_for_json_macro(&nested(29)));
        assert!(!is_for_json_macro(&nested(30)));
        assert!(is_for_json_macro(&json!([[1, 2], [3, members(30)]])));
        assert!(!is_for_json_macro(&Value::from(vec![members(2); 60])));
    }
}
