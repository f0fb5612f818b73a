//! The public API of a generated crate as text: signatures only, without documentation and bodies.

use cratewright::output::FileTree;
use quote::ToTokens;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use syn::parse::Parser;
use syn::{
    Attribute, Block, Fields, FieldsNamed as Named, FieldsUnnamed as Unnamed, File, FnArg,
    ImplItem, Item, ItemImpl, ItemMacro, Signature, TraitItem, Type, UseTree, Visibility,
    parse_quote,
};

/// Returns the API of the crate's own modules: `lib.rs`, then the modules of the resources. The runtime is not one of them.
pub fn own(files: &FileTree, krate: &str) -> String {
    let lib = parse(files, "src/lib.rs");
    let mut text = String::new();
    section(
        &mut text,
        krate,
        lib.items.iter().filter(|item| !is_module_file(item)),
    );
    for item in &lib.items {
        let Item::Mod(module) = item else { continue };
        if module.content.is_none() && is_public(&module.vis) && module.ident != "runtime" {
            let file = parse(files, &format!("src/{}.rs", module.ident));
            section(
                &mut text,
                &format!("{krate}::{}", module.ident),
                &file.items,
            );
        }
    }
    text
}

/// Returns what the runtime adds to the API.
pub fn runtime(files: &FileTree, krate: &str) -> String {
    let runtime = names_from_runtime(&parse(files, "src/lib.rs"));
    let mut text = String::new();
    for path in files
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("src/runtime/"))
    {
        let name = path
            .trim_start_matches("src/runtime/")
            .trim_end_matches(".rs");
        let file = parse(files, path);
        if runtime.contains(name) {
            section(&mut text, &format!("{krate}::{name}"), &file.items);
        } else {
            let own = types(&file.items, |_| true);
            let given = file
                .items
                .iter()
                .filter(|item| is_given_away(item, &runtime, &own));
            section(
                &mut text,
                &format!("{krate}, from the runtime's {name}.rs"),
                given,
            );
        }
    }
    text
}

fn parse(files: &FileTree, path: &str) -> File {
    syn::parse_file(files.get(path).unwrap()).unwrap()
}

fn section<'i>(text: &mut String, title: &str, items: impl IntoIterator<Item = &'i Item>) {
    let signatures = signatures(items.into_iter().cloned().collect());
    if !signatures.is_empty() {
        writeln!(
            text,
            "// {title}\n\n{}",
            signatures.trim_start_matches('\n')
        )
        .unwrap();
    }
}

/// One item a paragraph; items that take one line are not set apart.
fn signatures(mut items: Vec<Item>) -> String {
    let hidden = types(&items, |visibility| !is_public(visibility));
    items.retain(|item| match item {
        Item::Impl(item) => last_name(&item.self_ty).is_none_or(|name| !hidden.contains(&name)),
        _ => true,
    });
    let mut text = String::new();
    let mut after_line = false;
    for signature in items.into_iter().filter_map(signature) {
        let is_line = signature.lines().count() == 1;
        if !(is_line && after_line) {
            text.push('\n');
        }
        after_line = is_line;
        text.push_str(&signature);
    }
    text
}

/// The structs and enums among the items whose visibility is such.
fn types(items: &[Item], such: impl Fn(&Visibility) -> bool) -> BTreeSet<String> {
    let types = items.iter().filter_map(|item| match item {
        Item::Struct(item) if such(&item.vis) => Some(item.ident.to_string()),
        Item::Enum(item) if such(&item.vis) => Some(item.ident.to_string()),
        _ => None,
    });
    types.collect()
}

/// What an item promises; none when nobody outside of the crate can see it.
fn signature(item: Item) -> Option<String> {
    match item {
        Item::Struct(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            let hides = item.fields.iter().any(|field| !is_public(&field.vis));
            item.fields
                .iter_mut()
                .for_each(|field| keep_attributes(&mut field.attrs));
            match &mut item.fields {
                Fields::Named(Named { named, .. }) => {
                    *named = std::mem::take(named)
                        .into_iter()
                        .filter(|field| is_public(&field.vis))
                        .collect();
                }
                Fields::Unnamed(Unnamed { unnamed, .. }) => unnamed
                    .iter_mut()
                    .filter(|field| !is_public(&field.vis))
                    .for_each(|field| field.ty = parse_quote!(_)),
                Fields::Unit => {}
            }
            let text = print(Item::Struct(item));
            Some(if hides {
                text.replace("{}\n", "{ .. }\n")
                    .replace(",\n}\n", ",\n    ..\n}\n")
            } else {
                text
            })
        }
        Item::Enum(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            item.variants
                .iter_mut()
                .for_each(|variant| keep_attributes(&mut variant.attrs));
            Some(print(Item::Enum(item)))
        }
        Item::Trait(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            for member in &mut item.items {
                match member {
                    TraitItem::Fn(function) => {
                        keep_attributes(&mut function.attrs);
                        function
                            .default
                            .iter_mut()
                            .for_each(|body| body.stmts.clear());
                    }
                    TraitItem::Type(member) => keep_attributes(&mut member.attrs),
                    TraitItem::Const(member) => keep_attributes(&mut member.attrs),
                    _ => {}
                }
            }
            Some(print(Item::Trait(item)).replace(" {}\n", " { … }\n"))
        }
        Item::Fn(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            clear(&mut item.sig, &mut item.block);
            Some(print(Item::Fn(item)).replace(" {}\n", ";\n"))
        }
        Item::Const(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            item.expr = parse_quote!(_);
            Some(print(Item::Const(item)))
        }
        Item::Type(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            Some(print(Item::Type(item)))
        }
        Item::Use(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            Some(print(Item::Use(item)))
        }
        Item::Mod(mut item) if is_public(&item.vis) => {
            keep_attributes(&mut item.attrs);
            let (_, items) = item.content?;
            Some(format!(
                "pub mod {} {{\n{}}}\n",
                item.ident,
                indented(&signatures(items))
            ))
        }
        Item::Impl(item) if item.trait_.is_some() => Some(implemented(item)),
        Item::Impl(item) => inherent(item),
        Item::Macro(item) => invocation(item),
        _ => None,
    }
}

/// `impl Operation for X { type Output = Y; }`, on one line.
fn implemented(mut item: ItemImpl) -> String {
    keep_attributes(&mut item.attrs);
    item.items
        .retain(|member| matches!(member, ImplItem::Type(_)));
    let text = print(Item::Impl(item));
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.push('\n');
    line
}

fn inherent(mut item: ItemImpl) -> Option<String> {
    keep_attributes(&mut item.attrs);
    item.items.retain_mut(|member| match member {
        ImplItem::Fn(function) if is_public(&function.vis) => {
            keep_attributes(&mut function.attrs);
            clear(&mut function.sig, &mut function.block);
            true
        }
        ImplItem::Const(constant) if is_public(&constant.vis) => {
            keep_attributes(&mut constant.attrs);
            constant.expr = parse_quote!(_);
            true
        }
        _ => false,
    });
    (!item.items.is_empty()).then(|| print(Item::Impl(item)).replace(" {}\n", ";\n"))
}

/// `open_enum! { … }` holds an enum; what another macro holds is shown as it is, without attributes.
fn invocation(item: ItemMacro) -> Option<String> {
    let name = item.mac.path.to_token_stream().to_string();
    if name == "macro_rules" {
        let exported = item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("macro_export"));
        return exported
            .then(|| format!("macro_rules! {} {{ … }}\n", item.ident.to_token_stream()));
    }
    if let Ok(Item::Enum(open_enum)) = syn::parse2(item.mac.tokens.clone()) {
        let inside = signature(Item::Enum(open_enum))?;
        return Some(format!("{name}! {{\n{}}}\n", indented(&inside)));
    }
    let bare = |input: syn::parse::ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<proc_macro2::TokenStream>()
    };
    let inside = bare.parse2(item.mac.tokens).ok()?.to_string();
    Some(format!(
        "{name}! {{ {} }}\n",
        inside.replace(" :", ":").replace(" ,", ",")
    ))
}

/// Keeps what a caller notices: what is derived, what may grow, and what is there only sometimes.
fn keep_attributes(attributes: &mut Vec<Attribute>) {
    const KEPT: [&str; 4] = ["derive", "non_exhaustive", "cfg", "deprecated"];
    attributes.retain(|attribute| KEPT.iter().any(|kept| attribute.path().is_ident(kept)));
}

/// Drops the body, and the `mut` of a `self` by value, which is the body's business.
fn clear(signature: &mut Signature, body: &mut Block) {
    body.stmts.clear();
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first_mut() {
        receiver.mutability = None;
    }
}

fn indented(text: &str) -> String {
    text.trim_start()
        .lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect()
}

fn print(item: Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_module_file(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.content.is_none())
}

/// The names in `pub use self::runtime::{…};`.
fn names_from_runtime(lib: &File) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in &lib.items {
        if let Item::Use(item) = item {
            leaves(&item.tree, &mut names);
        }
    }
    names
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => {
            names.insert(name.ident.to_string());
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// Whether an item of the runtime, or the type or trait that it is for, can be named outside of the crate.
fn is_given_away(item: &Item, names: &BTreeSet<String>, own: &BTreeSet<String>) -> bool {
    let given = |name: String| names.contains(&name);
    match item {
        Item::Struct(item) => given(item.ident.to_string()),
        Item::Enum(item) => given(item.ident.to_string()),
        Item::Trait(item) => given(item.ident.to_string()),
        Item::Type(item) => given(item.ident.to_string()),
        Item::Macro(_) => true,
        Item::Impl(item) => match last_name(&item.self_ty) {
            Some(name) if own.contains(&name) => given(name),
            Some(name) => given(name) || is_for_others(item, names),
            None => is_for_others(item, names),
        },
        _ => false,
    }
}

/// A trait of the runtime on a type of another crate.
fn is_for_others(item: &ItemImpl, names: &BTreeSet<String>) -> bool {
    let name = item
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last());
    name.is_some_and(|segment| names.contains(&segment.ident.to_string()))
}

fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string()),
        Type::Reference(reference) => last_name(&reference.elem),
        _ => None,
    }
}
