//! What an operation requires: as the runtime has it, and in words.

use super::code::wrapped;
use crate::base::markdown;
use crate::model::api::{Credential, RequiredScheme, Requirement, Security};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the credentials that an operation sends.
pub(super) fn auth(security: &Security) -> TokenStream {
    match security {
        Security::Client => quote!(Auth::Client),
        Security::None => quote!(Auth::None),
        Security::AnyOf(requirements) => {
            let alternatives = requirements.iter().map(|Requirement { schemes }| {
                let schemes = schemes
                    .iter()
                    .map(|scheme| self::scheme(&scheme.credential));
                quote!(&[#(#schemes),*])
            });
            quote!(Auth::AnyOf(&[#(#alternatives),*]))
        }
    }
}

fn scheme(credential: &Credential) -> TokenStream {
    match credential {
        Credential::Account | Credential::Basic => quote!(Scheme::Basic),
        Credential::Bearer | Credential::ClientCredentials(_) => quote!(Scheme::Bearer),
        Credential::Authorization(scheme) => quote!(Scheme::Authorization(#scheme)),
        Credential::Header(name) => quote!(Scheme::Header(#name)),
        Credential::Query(name) => quote!(Scheme::Query(#name)),
        Credential::Cookie(name) => quote!(Scheme::Cookie(#name)),
        Credential::Certificate => quote!(Scheme::Certificate),
    }
}

/// Returns a paragraph that says what an operation requires, where it is not what all do.
pub(super) fn lines(security: &Security) -> Vec<String> {
    let requirements = match security {
        Security::Client => return Vec::new(),
        Security::None => {
            return vec![String::new(), "No credential is sent.".to_owned()];
        }
        Security::AnyOf(requirements) => requirements,
    };
    let required = requirements.iter().map(in_words);
    let required: Vec<String> = required.collect();
    let mut lines = vec![String::new()];
    lines.extend(wrapped(&format!(
        "Credentials: {}.",
        required.join(", or ")
    )));
    lines
}

/// The schemes of an alternative, with their scopes.
pub(super) fn in_words(requirement: &Requirement) -> String {
    let schemes = requirement.schemes.iter().map(|scheme| {
        let RequiredScheme {
            name,
            credential: _,
            scopes,
        } = scheme;
        let name = markdown::code(name);
        match scopes.as_slice() {
            [] => name,
            [only] => format!("{name} with the scope {}", markdown::code(only)),
            several => {
                let scopes: Vec<String> = several.iter().map(|one| markdown::code(one)).collect();
                format!("{name} with the scopes {}", scopes.join(", "))
            }
        }
    });
    let schemes: Vec<String> = schemes.collect();
    if schemes.is_empty() {
        "none".to_owned()
    } else {
        schemes.join(" and ")
    }
}
