//! Examples as Rust: in documentation, in the generated tests, and in the example program.

use super::arguments::has_headers;
use super::code::item;
use super::root::Root;
use crate::model::api::{
    Api, Constructor, Literal, NamedKind, Operation, RequestExample, Type, TypePath, Variant,
};
use crate::model::names::Name;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;
use serde_json::Value;
use std::collections::BTreeSet;

/// Where a value stands: a field of the parameter struct takes the type itself, an argument takes what turns into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Field,
    Argument,
}

/// Returns the lines of a documentation example, if the operation has one.
pub(super) fn doc_example(
    api: &Api,
    operation: &Operation,
    module: &Name,
    root: &Root,
) -> Option<Vec<String>> {
    let example = operation.request_examples.first()?;
    let Construction { statements, value } = construct(api, operation, example, module);
    let body = item(quote! {
        fn main() {
            #statements
            let request = #value;
        }
    });
    let mut lines: Vec<String> = used(operation, example, module)
        .import(root)
        .lines()
        .map(str::to_owned)
        .collect();
    lines.push(String::new());
    lines.push("# fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
    let statement = body.lines().skip(1).take_while(|line| *line != "}");
    // A line that begins with `#` would be hidden: rustdoc shows `##` as `#`.
    lines.extend(
        statement
            .map(|line| line.strip_prefix("    ").unwrap_or(line))
            .map(|line| {
                if line.trim_start().starts_with('#') {
                    line.replacen('#', "##", 1)
                } else {
                    line.to_owned()
                }
            }),
    );
    lines.extend([
        "# let _ = request;".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ]);
    Some(lines)
}

/// What an example names besides the runtime.
#[derive(Debug, Default)]
pub(super) struct Used {
    module: String,
    /// Types of the module.
    pub types: BTreeSet<String>,
    /// Other modules that types are named by.
    pub modules: BTreeSet<String>,
    /// Whether JSON is written out.
    pub json: bool,
}

impl Used {
    /// Returns nothing but the module.
    pub fn of(module: &Name) -> Self {
        Self {
            module: module.to_string(),
            ..Self::default()
        }
    }

    /// Returns the imports.
    pub fn import(&self, root: &Root) -> String {
        let outside = &root.outside;
        let mut text = String::new();
        if self.json {
            text.push_str("use serde_json::json;\n");
        }
        for module in &self.modules {
            text.push_str(&format!("use {outside}::{module};\n"));
        }
        let types: Vec<&str> = self.types.iter().map(String::as_str).collect();
        match types.as_slice() {
            [one] => text.push_str(&format!("use {outside}::{}::{one};\n", self.module)),
            several => text.push_str(&format!(
                "use {outside}::{}::{{{}}};\n",
                self.module,
                several.join(", ")
            )),
        }
        text
    }

    /// Adds what another example names.
    pub fn add(&mut self, other: Self) {
        self.types.extend(other.types);
        self.modules.extend(other.modules);
        self.json |= other.json;
    }
}

/// Returns what an example names.
pub(super) fn used(operation: &Operation, example: &RequestExample, module: &Name) -> Used {
    let mut used = Used::of(module);
    used.types.insert(operation.name.to_string());
    if let Constructor::Named(params) = &operation.constructor {
        used.types.insert(params.to_string());
    }
    for (index, value) in &example.values {
        let param = &operation.params[*index];
        let slot = match &operation.constructor {
            Constructor::Named(_) if param.required => Slot::Field,
            Constructor::Named(_) | Constructor::Positional => Slot::Argument,
        };
        if has_headers(param) {
            used.json |= is_for_json_macro(value);
            continue;
        }
        collect((&param.ty, value), slot, module, &mut used);
    }
    used
}

fn collect((ty, value): (&Type, &Value), slot: Slot, module: &Name, used: &mut Used) {
    match ty {
        Type::Named(path) if path.kind != NamedKind::TextEnum => {
            used.json |= is_for_json_macro(value);
        }
        Type::Named(path) if path.module == *module => {
            used.types.insert(path.name.to_string());
        }
        Type::Named(path) => {
            used.modules.insert(path.module.to_string());
        }
        Type::Nullable(inner) => collect((inner, value), Slot::Field, module, used),
        Type::Tuple(_) | Type::Custom(_) => used.json |= is_for_json_macro(value),
        Type::List(items) => {
            for value in value.as_array().into_iter().flatten() {
                collect((items, value), slot, module, used);
            }
        }
        Type::Map(values) if **values == Type::File => {}
        // A string needs no macro, but where it is the field of a struct.
        Type::Json if value.is_string() && slot == Slot::Argument => {}
        Type::Json | Type::Map(_) | Type::PageMeta => {
            used.json |= is_for_json_macro(value);
        }
        Type::String
        | Type::Bool
        | Type::Integer(_)
        | Type::Time
        | Type::Duration
        | Type::Uuid
        | Type::Base64
        | Type::F64
        | Type::DateTime
        | Type::Rfc2822
        | Type::Date
        | Type::File
        | Type::Bytes
        | Type::Sid(_) => {}
    }
}

/// How a request is made: what comes first, and the request itself.
pub(super) struct Construction {
    /// The struct of the required parameters, where there is one.
    pub statements: TokenStream,
    /// The request.
    pub value: TokenStream,
}

/// Returns the expression that makes the request of an example.
pub(super) fn construct(
    api: &Api,
    operation: &Operation,
    example: &RequestExample,
    module: &Name,
) -> Construction {
    let name = &operation.name;
    let writer = Writer { api, module };
    let value_of = |wanted: usize| {
        example
            .values
            .iter()
            .find(|(index, _)| *index == wanted)
            .map(|(_, value)| value)
    };
    let mut required = Vec::new();
    let mut chained = Vec::new();
    for (index, param) in operation.params.iter().enumerate() {
        let Some(value) = value_of(index) else {
            continue;
        };
        let name = &param.name;
        let written = |slot: Slot| {
            if has_headers(param) {
                let value = json(value);
                quote!(serde_json::from_value(#value)?)
            } else {
                writer.expression(&param.ty, value, slot)
            }
        };
        match (param.required, &operation.constructor) {
            (true, Constructor::Named(_)) => {
                let value = written(Slot::Field);
                required.push(quote!(#name: #value));
            }
            (true, Constructor::Positional) => required.push(written(Slot::Argument)),
            (false, _) => {
                let value = written(Slot::Argument);
                chained.push(quote!(.#name(#value)));
            }
        }
    }
    match &operation.constructor {
        Constructor::Named(params) => Construction {
            statements: quote!(let params = #params { #(#required),* };),
            value: quote!(#name::new(params) #(#chained)*),
        },
        Constructor::Positional => Construction {
            statements: TokenStream::new(),
            value: quote!(#name::new(#(#required),*) #(#chained)*),
        },
    }
}

/// Writes values as expressions.
struct Writer<'a> {
    api: &'a Api,
    module: &'a Name,
}

impl Writer<'_> {
    fn expression(&self, ty: &Type, value: &Value, slot: Slot) -> TokenStream {
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
            Type::Map(values) if **values == Type::File => {
                let entries = value.as_object().into_iter().flatten();
                let files = entries.map(|(name, file)| {
                    let file = self.expression(values, file, Slot::Field);
                    quote!((#name.to_owned(), #file))
                });
                quote!(std::collections::BTreeMap::from([#(#files),*]))
            }
            Type::Named(_) | Type::Map(_) | Type::Tuple(_) | Type::Custom(_) => {
                let value = json(value);
                quote!(serde_json::from_value(#value)?)
            }
            Type::List(items) => {
                let values = value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|value| self.expression(items, value, slot));
                match slot {
                    Slot::Field => quote!(vec![#(#values),*]),
                    Slot::Argument => quote!([#(#values),*]),
                }
            }
        }
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

fn json(value: &Value) -> TokenStream {
    if !is_for_json_macro(value) {
        let text = value.to_string();
        return quote!(serde_json::from_str::<serde_json::Value>(#text)?);
    }
    let tokens = json_tokens(value);
    quote!(json!(#tokens))
}

/// Whether `json!` can take a value: it calls itself less deep than the compiler's usual limit, which is 128.
fn is_for_json_macro(value: &Value) -> bool {
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
