//! `runtime/`: the same in every crate.

use super::code::HEADER;

macro_rules! runtime {
    ($($name:literal),+ $(,)?) => {
        /// The files, by name.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/runtime/", $name)))),+];
    };
}

runtime! {
    "answer.rs",
    "api_error.rs",
    "base64.rs",
    "blocking.rs",
    "builder.rs",
    "check.rs",
    "client.rs",
    "config.rs",
    "credentials.rs",
    "decode.rs",
    "encode_value.rs",
    "encoder.rs",
    "environment.rs",
    "error.rs",
    "escape.rs",
    "exchange.rs",
    "fault.rs",
    "field.rs",
    "header.rs",
    "json_text.rs",
    "limit.rs",
    "mod.rs",
    "member.rs",
    "multipart.rs",
    "notes.rs",
    "object.rs",
    "one_of.rs",
    "open_enum.rs",
    "operation.rs",
    "options.rs",
    "page.rs",
    "pages.rs",
    "paging.rs",
    "place.rs",
    "raw.rs",
    "region.rs",
    "repair.rs",
    "reqwest_transport.rs",
    "response.rs",
    "retry.rs",
    "retry_after.rs",
    "rfc2822.rs",
    "salvage.rs",
    "secrets.rs",
    "sent.rs",
    "sid.rs",
    "style.rs",
    "test_util.rs",
    "timer.rs",
    "token.rs",
    "trace.rs",
    "trace_off.rs",
    "transport.rs",
    "ureq_transport.rs",
    "usual_headers.rs",
}

/// Returns the files of the runtime, by name.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    FILES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), format!("{HEADER}\n\n{text}")))
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::collections::BTreeSet;
    use syn::{Attribute, FnArg, GenericParam, Generics, ImplItem, Item, Signature, Type};

    /// What only tests of callers turn on.
    const FOR_TESTS: [&str; 2] = ["sent.rs", "test_util.rs"];

    #[test]
    fn embeds_every_file_of_the_runtime() -> std::io::Result<()> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let mut there = BTreeSet::new();
        for entry in std::fs::read_dir(folder)? {
            there.insert(entry?.file_name().to_string_lossy().into_owned());
        }
        let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(embedded, there);
        Ok(())
    }

    /// A function that is neither is compiled with each crate, whether anybody calls it or not.
    #[test]
    fn every_function_is_generic_or_inline() -> syn::Result<()> {
        let mut compiled = Vec::new();
        for (name, text) in FILES {
            if !FOR_TESTS.contains(name) {
                of_items(&syn::parse_file(text)?.items, name, &mut compiled);
            }
        }
        assert_eq!(compiled, [""; 0]);
        Ok(())
    }

    fn of_items(items: &[Item], file: &str, compiled: &mut Vec<String>) {
        let mut look = |attributes: &[Attribute], signature: &Signature| {
            let inline = attributes.iter().any(|one| one.path().is_ident("inline"));
            if !inline && !takes_types(&signature.generics) && !takes_any(signature) {
                compiled.push(format!("{file}: {}", signature.ident));
            }
        };
        for item in items {
            match item {
                Item::Fn(function) => look(&function.attrs, &function.sig),
                Item::Impl(block) if !takes_types(&block.generics) => {
                    for member in &block.items {
                        if let ImplItem::Fn(function) = member {
                            look(&function.attrs, &function.sig);
                        }
                    }
                }
                _ => {}
            }
        }
        for item in items {
            if let Item::Mod(module) = item {
                let content = module.content.as_ref();
                of_items(content.map_or(&[], |(_, items)| items), file, compiled);
            }
        }
    }

    fn takes_types(generics: &Generics) -> bool {
        let is_lifetime = |one: &GenericParam| matches!(one, GenericParam::Lifetime(_));
        !generics.params.iter().all(is_lifetime)
    }

    fn takes_any(signature: &Signature) -> bool {
        signature.inputs.iter().any(|input| match input {
            FnArg::Typed(input) => matches!(*input.ty, Type::ImplTrait(_)),
            FnArg::Receiver(_) => false,
        })
    }
}
