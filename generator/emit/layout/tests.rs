//! What is laid out here is laid out as prettyplease does it, in all code that is at hand.

use super::lay_out;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::fs;
use std::path::Path;
use syn::{File, Item};

/// How much of it was plain.
#[derive(Default)]
struct Seen {
    plain: usize,
    other: usize,
}

impl Seen {
    fn folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.folder(&path);
            } else {
                self.file(&path);
            }
        }
    }

    fn file(&mut self, path: &Path) {
        if let Ok(text) = fs::read_to_string(path)
            && let Ok(file) = syn::parse_file(&text)
        {
            file.items.iter().for_each(|item| self.item(item));
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(_) | Item::Fn(_) => self.check(item.to_token_stream()),
            Item::Impl(all) => {
                self.check(item.to_token_stream());
                for member in &all.items {
                    let mut one = all.clone();
                    one.items = vec![member.clone()];
                    self.check(one.to_token_stream());
                }
            }
            Item::Mod(module) => {
                let items = module.content.iter().flat_map(|(_, items)| items);
                items.for_each(|item| self.item(item));
            }
            _ => {}
        }
    }

    fn check(&mut self, tokens: TokenStream) {
        let Ok(plain) = lay_out(tokens.clone()) else {
            self.other += 1;
            return;
        };
        self.plain += 1;
        let file = syn::parse2::<File>(tokens);
        assert_eq!(
            file.map(|file| prettyplease::unparse(&file)).ok(),
            Some(plain)
        );
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn all_code_is_laid_out_alike() {
    for folder in ["generator", "templates", "generated", "tests", "benches"] {
        let mut seen = Seen::default();
        seen.folder(&repository().join(folder));
        assert!(seen.plain > 0, "{folder}");
    }
}

#[test]
fn most_of_what_is_generated_is_plain() {
    let mut seen = Seen::default();
    for file in ["channel.rs", "interaction_channel.rs", "web_channel.rs"] {
        seen.file(&repository().join("generated/src").join(file));
    }
    let Seen { plain, other } = seen;
    assert!(plain > 4 * other, "{plain} are plain, {other} are not");
}

#[test]
fn tokens_come_back() {
    let tokens = quote!(
        fn main() {
            match 1 {
                _ => vec![2],
            }
        }
    );
    let back = lay_out(tokens.clone()).map_err(|back| back.to_string());
    assert_eq!(back, Err(tokens.to_string()));
}
