//! The values of parameters, as expressions.

use super::limits::limited;
use crate::model::api::Param;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The value of a parameter as text, within its limits unless they are checked apart.
pub(super) fn value(param: &Param) -> TokenStream {
    let Param { name, limits, .. } = param;
    if param.is_structured() {
        return quote!(&style::structured(&self.#name));
    }
    if let (Some(default), true) = (&param.default, param.sends_default) {
        let default = text_of(default);
        return quote!(&style::or_else(&self.#name, #default));
    }
    limits
        .iter()
        .fold(quote!(&self.#name), |value, limit| limited(limit, &value))
}

/// A value as text.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number
            .as_f64()
            .map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    }
}

/// A loop over what a parameter has, as far as it is set.
pub(super) fn for_each(param: &Param, item: &TokenStream, statement: &TokenStream) -> TokenStream {
    let Param { name, required, .. } = param;
    if *required {
        quote!(for #item in &self.#name { #statement })
    } else {
        quote!(if let Field::Value(items) = &self.#name { for #item in items { #statement } })
    }
}
