//! The public API of a crate as a text for reviewers: one line for each field, variant, function and constant.
//!
//! It is read out of the generated source, so that it has what callers get. The runtime is no part of it, since it is
//! the same in every crate.

mod items;
mod tokens;

use crate::output::FileTree;
use items::Module;
use std::collections::BTreeMap;

/// Returns the public API of a crate; none where a file of it is no Rust, which none is.
#[must_use]
pub fn listing(files: &FileTree) -> Option<String> {
    let mut modules: BTreeMap<String, Vec<syn::Item>> = BTreeMap::new();
    for (path, text) in files.iter() {
        let Some(path) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        if path == "runtime" || path.starts_with("runtime/") {
            continue;
        }
        let name = match path {
            "lib" => String::new(),
            path => whole(files, path)
                .trim_end_matches("/mod")
                .replace('/', "::"),
        };
        let file = syn::parse_file(text).ok()?;
        modules.entry(name).or_default().extend(file.items);
    }
    let modules = modules
        .iter()
        .map(|(name, items)| (name, Module::new(items).to_string()));
    let mut text = String::new();
    for (name, items) in modules.filter(|(_, items)| !items.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        match name.as_str() {
            "" => text.push_str("crate\n"),
            name => text.push_str(&format!("mod {name}\n")),
        }
        text.push_str(&items);
    }
    Some(text)
}

/// Returns the module that a file is a part of, which callers do not see: `models` of `models/part_a`.
fn whole<'p>(files: &FileTree, path: &'p str) -> &'p str {
    match path.rsplit_once('/') {
        Some((whole, part)) if part.starts_with("part_") => {
            let file = format!("src/{whole}.rs");
            let has_file = files.iter().any(|(path, _)| path == file);
            if has_file { whole } else { path }
        }
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::listing;
    use crate::output::FileTree;

    #[test]
    fn what_callers_can_name_is_listed() {
        let source = r#"
use super::runtime::{self, Field};

/// A ship.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ship {
    /// Its name.
    pub name: Option<String>,
    cargo: BTreeMap<String, Vec<(i64, models::Crate)>>,
}

impl Ship {
    /// Makes one.
    pub fn new(name: impl Into<String>) -> Self { todo!() }
    fn own(&self) {}
}

impl Decode for Ship { fn decode(node: decode::Node<'_>) -> Result<Self, Mismatch> { todo!() } }
impl From<Ship> for String { fn from(ship: Ship) -> Self { todo!() } }

open_enum! {
    /// Where it is.
    pub enum Status {
        /// There.
        AtSea = "at-sea",
        InPort = "in-port",
    }
}

runtime::closed_enum! {
    pub enum Deck, as_i64: i64 { V1 = 1, }
}

pub enum Cargo { Tea(Tea), Unlisted(Value), }
pub struct Get { id: String }
impl Operation for Get {
    type Output = Vec<Ship>;
    const META: Meta = Meta::new("getShip", "GET", "https://a.example", "/ships/{id}");
    fn encode(&self, request: &mut Encoder<'_>) {}
}
pub type Sid = Id<Ch>;
runtime::model::serde_impls! { Ship }
"#;
        let lib = "pub mod ships;\npub use self::runtime::Client;\npub mod headers { pub const X: Header<bool> = Header::new(\"x\"); }\n";
        let files = [
            ("src/lib.rs".to_owned(), lib.to_owned()),
            ("src/ships.rs".to_owned(), source.to_owned()),
            (
                "src/runtime/mod.rs".to_owned(),
                "pub struct Hidden;".to_owned(),
            ),
        ];
        let files = FileTree::from_files(files).unwrap_or_default();
        assert_eq!(
            listing(&files).unwrap_or_default(),
            "\
crate
  mod headers
    const X: Header<bool>

mod ships
  struct Ship: Debug + Clone, non-exhaustive
    name: Option<String>
    (private fields)
    fn new(name: impl Into<String>) -> Self
  into String
  enum Status, open
    AtSea = \"at-sea\"
    InPort = \"in-port\"
  enum Deck, closed
    V1 = 1
  enum Cargo
    Tea(Tea)
    Unlisted(Value)
  request Get: GET /ships/{id} -> Vec<Ship>
  type Sid = Id<Ch>
"
        );
    }
}
