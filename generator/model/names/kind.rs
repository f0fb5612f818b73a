//! What names are for: the case of each kind, and the words that are taken.

use super::spelling::{is_snake_case, spell_out};
use super::words::{
    CLEAR, MODULE_WORDS, SETTER_WORDS, TYPE_WORDS, VARIANT_WORDS, is_device, is_keyword, is_params,
    is_placeholder, is_sid_kind,
};
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::borrow::Cow;

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

impl Kind {
    pub(super) fn convert(self, spelling: &str) -> String {
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

    pub(super) fn is_reserved(self, name: &str) -> bool {
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
    pub(super) fn avoid_reserved(self, name: String, context: &str) -> String {
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

    pub(super) fn with_suffix(self, name: &str, suffix: &str) -> String {
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

/// Takes `OAuth` for one word, and `IPs` for another, which their capitals do not.
fn one_word(spelled: &str) -> Cow<'_, str> {
    let has_plural = (0..spelled.len()).any(|at| is_plural_of_capitals(spelled, at));
    if !has_plural && !spelled.contains("OAuth") {
        return spelled.into();
    }
    let letters = spelled.char_indices().map(|(at, letter)| {
        if is_plural_of_capitals(spelled, at) {
            'S'
        } else {
            letter
        }
    });
    letters.collect::<String>().replace("OAuth", "Oauth").into()
}

/// Whether the letter at a byte is the `s` of `IPs`.
fn is_plural_of_capitals(spelled: &str, at: usize) -> bool {
    match spelled.as_bytes().get(at.saturating_sub(2)..) {
        Some([first, second, b's', rest @ ..]) if at >= 2 => {
            let is_end = !rest.first().is_some_and(u8::is_ascii_lowercase);
            first.is_ascii_uppercase() && second.is_ascii_uppercase() && is_end
        }
        _ => false,
    }
}

fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
