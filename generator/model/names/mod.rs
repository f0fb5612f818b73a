//! Rust names: the only place that turns the spellings of a description into identifiers.
//!
//! A [`Name`] can only come out of a [`Scope`], so two items of one scope cannot share a name. A name follows from the
//! spelling of its own item, never from the order of appearance: of two spellings that lead to the same identifier,
//! the one that is already written like it keeps it, and the others carry a suffix made from their own spelling.

mod kind;
mod scope;
mod spelling;
mod words;

use heck::ToUpperCamelCase;
pub use kind::Kind;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
pub use scope::Scope;
use spelling::is_snake_case;
use std::fmt;

/// A Rust identifier that is unique in the scope it was claimed in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Returns the name of a module. Modules need no scope: what has the same name is the same module.
    #[must_use]
    pub fn module(spelling: &str) -> Self {
        Self(Kind::Module.avoid_reserved(Kind::Module.convert(spelling), ""))
    }

    /// Returns the name of a module that an API stands in.
    #[must_use]
    pub fn api_module(spelling: &str) -> Self {
        let name = Kind::Module.convert(spelling);
        if Kind::Module.is_reserved(&name) {
            Self(format!("{name}_api"))
        } else {
            Self(name)
        }
    }

    /// Returns the name of the module for schemas that belong to no resource.
    #[must_use]
    pub fn models_module() -> Self {
        Self("models".to_owned())
    }

    /// Returns the name of the marker type of a kind of SID. What has the same name is the same kind.
    #[must_use]
    pub(crate) fn sid_kind(words: &str) -> Self {
        Self(words.to_upper_camel_case())
    }

    /// Returns a name as the user chose it.
    ///
    /// # Errors
    ///
    /// Returns why it cannot be one of this kind, in words.
    pub fn chosen(kind: Kind, name: &str) -> Result<Self, String> {
        let (is_of_case, case) = match kind {
            Kind::Type | Kind::Variant | Kind::Params => (
                name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_'),
                "UpperCamelCase",
            ),
            Kind::Field | Kind::Setter | Kind::Clear | Kind::Rest | Kind::Module => {
                (is_snake_case(name), "snake_case")
            }
            Kind::Constant => (name == name.to_ascii_uppercase(), "upper case"),
        };
        if !is_of_case {
            return Err(format!("it is not in {case}"));
        }
        if kind.is_reserved(name) {
            return Err("it is taken by the language or by every generated crate".to_owned());
        }
        Ok(Self(name.to_owned()))
    }

    /// Returns the identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Ident::new(&self.0, Span::call_site()));
    }
}
