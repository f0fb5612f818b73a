//! The items of a module, each with what callers can name of it.

use super::tokens::line;
use std::fmt;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct,
    Lit, Member, Path, Token, Type, Visibility,
};

/// The items of a module, in their order.
pub(super) struct Module {
    lines: Vec<(usize, String)>,
}

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, line) in &self.lines {
            writeln!(f, "{}{line}", "  ".repeat(*depth))?;
        }
        Ok(())
    }
}

impl Module {
    /// Reads the items of a file.
    pub(super) fn new(items: &[Item]) -> Self {
        let mut module = Self { lines: Vec::new() };
        module.items(items, 1);
        module
    }

    fn items(&mut self, items: &[Item], depth: usize) {
        for item in items {
            self.item(item, items, depth);
        }
    }

    fn item(&mut self, item: &Item, all: &[Item], depth: usize) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => self.structure(item, all, depth),
            Item::Enum(item) if is_public(&item.vis) => {
                self.push(depth, format!("enum {}{}", item.ident, traits(&item.attrs)));
                self.variants(item, depth + 1);
                self.functions(&item.ident.to_string(), all, depth + 1);
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.push(depth, format!("type {} = {}", item.ident, line(&item.ty)));
            }
            Item::Const(item) if is_public(&item.vis) => {
                self.push(depth, format!("const {}: {}", item.ident, line(&item.ty)));
            }
            Item::Fn(item) if is_public(&item.vis) => self.push(depth, line(&item.sig)),
            Item::Mod(item) if is_public(&item.vis) => {
                if let Some((_, items)) = &item.content {
                    self.push(depth, format!("mod {}", item.ident));
                    self.items(items, depth + 1);
                }
            }
            Item::Macro(item) => self.declared_enum(item, depth),
            Item::Impl(item) => self.conversion(item, depth),
            _ => {}
        }
    }

    fn push(&mut self, depth: usize, line: String) {
        self.lines.push((depth, line));
    }

    fn structure(&mut self, item: &ItemStruct, all: &[Item], depth: usize) {
        let name = item.ident.to_string();
        let head = match request(&name, all) {
            Some(request) => format!("request {name}: {request}"),
            None => format!("struct {name}{}", traits(&item.attrs)),
        };
        let is_request = head.starts_with("request");
        self.push(depth, head);
        let mut has_private = false;
        if let Fields::Named(fields) = &item.fields {
            for field in &fields.named {
                match (&field.ident, is_public(&field.vis)) {
                    (Some(name), true) => {
                        self.push(depth + 1, format!("{name}: {}", line(&field.ty)));
                    }
                    _ => has_private = true,
                }
            }
        }
        if has_private && !is_request {
            self.push(depth + 1, "(private fields)".to_owned());
        }
        self.functions(&name, all, depth + 1);
    }

    fn variants(&mut self, item: &ItemEnum, depth: usize) {
        for variant in &item.variants {
            self.push(depth, {
                let fields = line(&variant.fields);
                format!("{}{fields}", variant.ident)
            });
        }
    }

    /// Adds the public functions and constants of a type.
    fn functions(&mut self, name: &str, all: &[Item], depth: usize) {
        let own = all.iter().filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() && is_named(&item.self_ty, name) => {
                Some(item)
            }
            _ => None,
        });
        for item in own.flat_map(|item| &item.items) {
            match item {
                ImplItem::Fn(item) if is_public(&item.vis) => {
                    self.push(depth, line(&item.sig).replace("(mut self", "(self"));
                }
                ImplItem::Const(item) if is_public(&item.vis) => {
                    self.push(depth, format!("const {}: {}", item.ident, line(&item.ty)));
                }
                _ => {}
            }
        }
    }

    /// Adds an enum that a macro declares.
    fn declared_enum(&mut self, item: &ItemMacro, depth: usize) {
        let Some(kind) = item
            .mac
            .path
            .segments
            .last()
            .map(|one| one.ident.to_string())
        else {
            return;
        };
        let openness = match kind.as_str() {
            "open_enum" | "integer_enum" => "open",
            "closed_enum" => "closed",
            _ => return,
        };
        let text = item.mac.tokens.to_string();
        let Some((head, body)) = text
            .split_once("enum ")
            .and_then(|(_, text)| text.split_once('{'))
        else {
            return;
        };
        let name = head.split([',', ' ']).next().unwrap_or_default();
        self.push(depth, format!("enum {name}, {openness}"));
        let body = body.rsplit_once('}').map_or(body, |(body, _)| body);
        let variants = syn::parse::Parser::parse_str(
            Punctuated::<syn::Variant, Token![,]>::parse_terminated,
            body,
        );
        for variant in variants.into_iter().flatten() {
            let value = variant.discriminant.as_ref();
            let value = value.map(|(_, value)| format!(" = {}", line(value)));
            let value = value.unwrap_or_default();
            self.push(depth + 1, format!("{}{value}", variant.ident));
        }
    }

    /// Adds what a type of the module can be turned into beyond its own functions: `From` of another type.
    fn conversion(&mut self, item: &ItemImpl, depth: usize) {
        let Some((path, _)) = &item.trait_ else {
            return;
        };
        if path.segments.last().is_some_and(|one| one.ident == "From") {
            self.push(depth, format!("into {}", line(&item.self_ty)));
        }
    }
}

/// Returns the method, the path and the output of a request.
fn request(name: &str, all: &[Item]) -> Option<String> {
    let operation = all.iter().find_map(|item| match item {
        Item::Impl(item) if is_named(&item.self_ty, name) => {
            let (path, _) = item.trait_.as_ref()?;
            is_last(path, "Operation").then_some(item)
        }
        _ => None,
    })?;
    let mut output = String::new();
    let mut texts = Vec::new();
    for item in &operation.items {
        match item {
            ImplItem::Type(item) if item.ident == "Output" => output = line(&item.ty),
            ImplItem::Const(item) if item.ident == "META" => texts = first_texts(&item.expr),
            _ => {}
        }
    }
    let (method, path) = (texts.get(1)?, texts.get(3)?);
    Some(format!("{method} {path} -> {output}"))
}

/// Returns the texts that a call begins with, through calls of methods on its result, or those of the fields of a struct.
fn first_texts(expression: &Expr) -> Vec<String> {
    match expression {
        Expr::Struct(meta) => {
            let field = |name: &str| {
                let mut fields = meta.fields.iter();
                let field = fields
                    .find(|field| matches!(&field.member, Member::Named(own) if own == name))?;
                Some(text(&field.expr))
            };
            let fields = ["id", "method", "server", "path"].into_iter();
            fields.map_while(field).collect()
        }
        Expr::MethodCall(call) => first_texts(&call.receiver),
        Expr::Call(call) => {
            let arguments = call.args.iter();
            arguments.map(text).collect()
        }
        _ => Vec::new(),
    }
}

fn text(expression: &Expr) -> String {
    match expression {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => text.value(),
        other => line(other),
    }
}

/// Returns the traits that are derived, and whether there may be more fields or variants.
fn traits(attributes: &[Attribute]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut is_open = false;
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            let list = attribute
                .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
                .into_iter()
                .flatten();
            names.extend(list.map(|path| line(&path)));
        }
        is_open |= attribute.path().is_ident("non_exhaustive");
    }
    let derived = if names.is_empty() {
        String::new()
    } else {
        format!(": {}", names.join(" + "))
    };
    format!("{derived}{}", if is_open { ", non-exhaustive" } else { "" })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if is_last(&path.path, name))
}

fn is_last(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}
