//! Rust names: the only place that turns the spellings of a description into identifiers.
//!
//! A [`Name`] can only come out of a [`Scope`], so two items of one scope cannot share a name. A name follows from the
//! spelling of its own item, never from the order of appearance: of two spellings that lead to the same identifier,
//! the one that is already written like it keeps it, and the others carry a suffix made from their own spelling.

mod spelling;
mod words;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use spelling::{is_snake_case, spell_out};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use words::{
    CLEAR, MODULE_WORDS, SETTER_WORDS, TYPE_WORDS, VARIANT_WORDS, is_device, is_keyword, is_params,
    is_placeholder, is_sid_kind,
};

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

/// What a name is for; decides its case and which words are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A struct or an enum.
    Type,
    /// A variant of an enum.
    Variant,
    /// A field of a model or of a parameter struct.
    Field,
    /// A field of a request or of a model, which is also the name of its setter.
    Setter,
    /// A method that sends a field empty or as null; no setter begins like one.
    Clear,
    /// A struct of required parameters; no other type ends like one.
    Params,
    /// The field for what an object holds besides; no setter is called so.
    Rest,
    /// A module, which is also a file.
    Module,
    /// A constant.
    Constant,
}

/// The module of the schemas, which says nothing about a type.
const MODELS: &str = "models";

/// Bytes of a name; what is longer is cut, since some names are those of files, and no file system takes more than 255.
const LONGEST: usize = 160;

/// Takes `OAuth` for one word, which its capitals do not.
fn one_word(spelled: &str) -> Cow<'_, str> {
    if spelled.contains("OAuth") {
        spelled.replace("OAuth", "Oauth").into()
    } else {
        spelled.into()
    }
}

impl Kind {
    fn convert(self, spelling: &str) -> String {
        let spelled = spell_out(spelling);
        let converted = match self {
            Self::Type | Self::Variant | Self::Params => spelled.to_upper_camel_case(),
            Self::Field | Self::Setter | Self::Clear | Self::Rest | Self::Module
                if is_snake_case(&spelled) =>
            {
                spelled.into_owned()
            }
            Self::Field | Self::Setter | Self::Clear | Self::Rest | Self::Module => {
                one_word(&spelled).to_snake_case()
            }
            Self::Constant => one_word(&spelled).to_snake_case().to_ascii_uppercase(),
        };
        let converted = match converted.get(..converted.floor_char_boundary(LONGEST)) {
            Some(start) if start.len() < converted.len() => {
                let suffix = format!("x{:016x}", fnv1a(spelling));
                self.with_suffix(start.trim_end_matches('_'), &suffix)
            }
            Some(_) | None => converted,
        };
        match (converted.chars().next(), self) {
            (Some(first), _) if !first.is_ascii_digit() => converted,
            (_, Self::Type | Self::Params) => format!("T{converted}"),
            (_, Self::Variant) => format!("V{converted}"),
            (_, Self::Field | Self::Setter | Self::Clear | Self::Rest) => format!("n{converted}"),
            (_, Self::Module) => format!("m{converted}"),
            (_, Self::Constant) => format!("N{converted}"),
        }
    }

    fn is_reserved(self, name: &str) -> bool {
        match self {
            Self::Type => TYPE_WORDS.contains(&name) || is_sid_kind(name) || is_params(name),
            Self::Variant => VARIANT_WORDS.contains(&name),
            Self::Field => is_keyword(name) || is_placeholder(name),
            Self::Setter => {
                is_keyword(name)
                    || is_placeholder(name)
                    || SETTER_WORDS.contains(&name)
                    || name.starts_with(CLEAR)
            }
            Self::Module => is_keyword(name) || MODULE_WORDS.contains(&name) || is_device(name),
            Self::Constant | Self::Clear | Self::Params | Self::Rest => false,
        }
    }

    /// Moves a converted name off the words that are taken: always in the same way, whatever else is in the scope.
    fn avoid_reserved(self, name: String, context: &str) -> String {
        if !self.is_reserved(&name) {
            return name;
        }
        match self {
            Self::Type if is_params(&name) => format!("{name}Type"),
            Self::Type if context == MODELS => format!("{name}Model"),
            Self::Type => {
                let prefixed = format!("{}{name}", self.convert(context));
                if self.is_reserved(&prefixed) {
                    format!("{prefixed}Type")
                } else {
                    prefixed
                }
            }
            Self::Module => format!("{name}_resource"),
            Self::Variant
            | Self::Field
            | Self::Setter
            | Self::Clear
            | Self::Params
            | Self::Rest
            | Self::Constant => format!("{name}_"),
        }
    }

    fn with_suffix(self, name: &str, suffix: &str) -> String {
        match self {
            Self::Type | Self::Variant | Self::Params => {
                format!(
                    "{}{}",
                    name.trim_end_matches('_'),
                    suffix.to_ascii_uppercase()
                )
            }
            Self::Field | Self::Setter | Self::Clear | Self::Rest | Self::Module => {
                format!("{}_{suffix}", name.trim_end_matches('_'))
            }
            Self::Constant => format!("{name}_{}", suffix.to_ascii_uppercase()),
        }
    }
}

/// A set of names that must differ: the items of a module, the fields of a struct, the variants of an enum.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    context: String,
}

impl Scope {
    /// Returns an empty scope; `context` is put before a type that would hide one of the language's or the runtime's.
    #[must_use]
    pub fn new(context: impl Into<String>) -> Self {
        Self {
            taken: BTreeSet::new(),
            context: context.into(),
        }
    }

    /// Claims a name for each spelling, in one step, so that the outcome does not depend on their order.
    pub fn claim_all<'s>(
        &mut self,
        kind: Kind,
        spellings: impl IntoIterator<Item = &'s str>,
    ) -> Vec<Name> {
        self.claim_each(
            kind,
            spellings.into_iter().map(|spelling| (spelling, spelling)),
        )
    }

    /// Like [`Scope::claim_all`], for pairs of a spelling and what tells equal spellings apart.
    ///
    /// Of several spellings of one name, the one that is the name, or that has no symbols, keeps it. The others have their
    /// symbols written out (`-created` is `minus_created` beside `created`), or else a number.
    pub fn claim_each<'s>(
        &mut self,
        kind: Kind,
        pairs: impl IntoIterator<Item = (&'s str, &'s str)>,
    ) -> Vec<Name> {
        let pairs: Vec<(&str, &str)> = pairs.into_iter().collect();
        let wanted: Vec<String> = pairs
            .iter()
            .map(|(spelling, _)| self.wanted(kind, spelling))
            .collect();
        let mut rivals: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, (spelling, _)) in wanted.iter().zip(&pairs) {
            rivals.entry(name).or_default().push(spelling);
        }
        let mut names: Vec<Option<Name>> = vec![None; pairs.len()];
        for ((slot, name), (spelling, _)) in names.iter_mut().zip(&wanted).zip(&pairs) {
            let keeps = keeper(name, &rivals[name.as_str()]) == Some(*spelling);
            *slot = (keeps && self.taken.insert(name.clone())).then(|| Name(name.clone()));
        }
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by_key(|index| pairs[*index].1);
        for index in order {
            let (spelling, _) = pairs[index];
            if names[index].is_none() {
                let written_out = self.wanted(kind, &spelling::with_symbols(spelling));
                let is_other = written_out != wanted[index];
                names[index] = Some(if is_other && self.taken.insert(written_out.clone()) {
                    Name(written_out)
                } else {
                    self.claim_numbered(kind, spelling)
                });
            }
        }
        names.into_iter().flatten().collect()
    }

    /// Claims a name as the user chose it; none where it is taken or cannot be one.
    pub fn claim_chosen(&mut self, kind: Kind, name: &str) -> Option<Name> {
        let name = Name::chosen(kind, name).ok()?;
        self.taken.insert(name.0.clone()).then_some(name)
    }

    /// Claims a name for one spelling; when it is taken, tries `fallback`, then a number.
    pub fn claim(&mut self, kind: Kind, spelling: &str, fallback: &str) -> Name {
        for candidate in [spelling, fallback] {
            let name = self.wanted(kind, candidate);
            if self.taken.insert(name.clone()) {
                return Name(name);
            }
        }
        self.claim_numbered(kind, spelling)
    }

    /// Claims a name for one spelling; when it is taken, with the first number from 2 on that makes it another.
    pub fn claim_numbered(&mut self, kind: Kind, spelling: &str) -> Name {
        let plain = self.wanted(kind, spelling);
        let mut name = plain.clone();
        let mut number = 1_usize;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = kind.with_suffix(&plain, &number.to_string());
        }
        Name(name)
    }

    /// Returns whether the name that a spelling leads to is taken.
    #[must_use]
    pub fn has(&self, kind: Kind, spelling: &str) -> bool {
        self.taken.contains(&self.wanted(kind, spelling))
    }

    /// Returns the name that a spelling leads to.
    fn wanted(&self, kind: Kind, spelling: &str) -> String {
        kind.avoid_reserved(kind.convert(spelling), &self.context)
    }
}

/// Returns which of several spellings of a name keeps it, if one has more right to it than the others.
fn keeper<'s>(name: &str, spellings: &[&'s str]) -> Option<&'s str> {
    let only = |is_wanted: &dyn Fn(&str) -> bool| {
        let mut found = spellings.iter().filter(|spelling| is_wanted(spelling));
        found.next().copied().filter(|_| found.next().is_none())
    };
    only(&|_| true)
        .or_else(|| only(&|spelling| spelling == name))
        .or_else(|| only(&|spelling| spelling::with_symbols(spelling) == spelling))
}

fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, Name, Scope};

    fn claim(kind: Kind, spelling: &str) -> String {
        Scope::new("web_hook")
            .claim(kind, spelling, spelling)
            .as_str()
            .to_owned()
    }

    #[test]
    fn long_names_are_cut_and_differ() {
        for kind in [Kind::Type, Kind::Module, Kind::Constant] {
            for letter in ["a", "é", "a b "] {
                let long = letter.repeat(1000);
                let (one, other) = (
                    claim(kind, &format!("{long}1")),
                    claim(kind, &format!("{long}2")),
                );
                assert_ne!(one, other);
                assert!(one.len() < 200, "{one}");
                assert!(syn::parse_str::<syn::Ident>(&one).is_ok(), "{one}");
            }
        }
    }

    #[test]
    fn converts_the_spellings_of_descriptions() {
        assert_eq!(
            claim(Kind::Field, "ChatUserFriendlyName"),
            "chat_user_friendly_name"
        );
        assert_eq!(
            claim(Kind::Field, "Integration.FlowSid"),
            "integration_flow_sid"
        );
        assert_eq!(claim(Kind::Setter, "DateCreated<"), "date_created_before");
        assert_eq!(claim(Kind::Setter, "DateCreated>="), "date_created_after");
        assert_eq!(claim(Kind::Field, "+1"), "plus_1");
        assert_eq!(claim(Kind::Field, "-1"), "minus_1");
        assert_eq!(claim(Kind::Field, "2fa"), "n2fa");
        assert_eq!(claim(Kind::Field, "naïve"), "nauef_ve");
        assert_eq!(claim(Kind::Variant, ""), "Empty");
        assert_eq!(claim(Kind::Variant, ">="), "GreaterEqual");
        assert_eq!(
            claim(Kind::Variant, "creation-in-progress"),
            "CreationInProgress"
        );
        assert_eq!(
            claim(Kind::Constant, "Access-Control-Allow-Origin"),
            "ACCESS_CONTROL_ALLOW_ORIGIN"
        );
    }

    #[test]
    fn steps_aside_for_words_that_are_taken() {
        assert_eq!(claim(Kind::Field, "Type"), "type_");
        assert_eq!(claim(Kind::Field, "self"), "self_");
        assert_eq!(claim(Kind::Setter, "New"), "new_");
        assert_eq!(claim(Kind::Type, "method"), "WebHookMethod");
        assert_eq!(claim(Kind::Module, "Serde"), "serde_resource");
        assert_eq!(claim(Kind::Module, "COM1"), "com1_resource");
        assert_eq!(claim(Kind::Variant, "unlisted"), "Unlisted_");
    }

    #[test]
    fn solves_a_collision_the_same_way_in_any_order() {
        let mut spellings = ["DateCreated", "date_created", "date-created"];
        let mut forward = Scope::default().claim_all(Kind::Field, spellings.iter().copied());
        spellings.reverse();
        let backward = Scope::default().claim_all(Kind::Field, spellings.iter().copied());
        forward.reverse();
        assert_eq!(forward, backward);
        let names: Vec<&str> = forward.iter().map(Name::as_str).collect();
        assert_eq!(names, ["date_created_3", "date_created", "date_created_2"]);
    }

    #[test]
    fn symbols_tell_spellings_apart() {
        for (kind, spellings, expected) in [
            (
                Kind::Variant,
                ["-created", "created"],
                ["MinusCreated", "Created"],
            ),
            (Kind::Field, ["@type", "type"], ["at_type", "type_"]),
            (
                Kind::Field,
                ["_links", "links"],
                ["underscore_links", "links"],
            ),
            (Kind::Variant, ["a=", "a!"], ["AEqual", "ANot"]),
        ] {
            let names = Scope::default().claim_all(kind, spellings);
            let names: Vec<&str> = names.iter().map(Name::as_str).collect();
            assert_eq!(names, expected);
        }
    }
}
