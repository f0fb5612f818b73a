//! Examples as Rust: in documentation, in the generated tests, and in the example program.

use super::arguments::has_headers;
use super::code::item;
use super::expression::{Slot, Writer, is_for_json_macro, json};
use super::root::Root;
use crate::model::api::{Api, Constructor, NamedKind, Operation, RequestExample, Type};
use crate::model::names::Name;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use std::collections::BTreeSet;

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
