//! `lib.rs` and the `mod.rs` of every module that leads to an API: its modules, and the response headers.

use super::branch::{Branch, branches, condition};
use super::code::{HEADER, doc_comments};
use super::credentials;
use super::features;
use super::literal::literal;
use super::parts::{self, Conditions, Parts};
use super::patterns;
use super::quickstart::Quickstart;
use super::root::Root;
use super::servers;
use crate::assemble::Crate;
use crate::base::markdown;
use crate::model::api::{Api, Header, Type};
use crate::model::module_path::ModulePath;
use crate::model::names::Name;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Returns `lib.rs`, which has what the runtime offers besides.
pub(super) fn lib(krate: &Crate, name: &str, conditions: &Conditions) -> String {
    let path = ModulePath::root();
    let root = &Root::new(name, &path);
    let branch = &branches(krate).remove(&path).unwrap_or_default();
    let mut docs = branch.api.map_or_else(|| intro(krate), api_docs);
    let first = krate.apis().next().map(|(_, api)| api);
    let usage = usage(krate, &root.outside)
        .replace("{{features}}\n", &features::table(krate))
        .replace("{{client}}", &credentials::client(first, &root.outside))
        .replace(
            "{{credentials}}",
            &credentials::example(first, &root.outside),
        )
        .replace(
            "{{mock credentials}}",
            &credentials::for_mock_server(first, &root.outside),
        )
        .replace("{{crate}}", &root.outside);
    docs.extend(usage.lines().map(str::to_owned));
    let parts = Parts::new(krate);
    let sids = parts.has(Parts::TWILIO).then_some(("sids", "pub mod"));
    let others = [("runtime", "#[doc(hidden)]\npub mod")]
        .into_iter()
        .chain(sids)
        .chain(branch.api.into_iter().flat_map(own_modules));
    let reexports = parts.resolve_if(include_str!("../../templates/lib.rs"), conditions);
    let headers = headers(branch.api, root);
    let separator = if headers.is_empty() { "" } else { "\n" };
    format!(
        "{HEADER}\n\n{}\n{}\n{reexports}{}{separator}{headers}",
        doc_comments(&docs, "//!", ""),
        modules(branch, others),
        custom_types(krate),
    )
}

/// Returns what makes the types of the user's usable as fields and parameters.
fn custom_types(krate: &Crate) -> String {
    let all = krate.apis().flat_map(|(_, api)| parts::custom_types(api));
    let paths: BTreeSet<&str> = all.map(|custom| custom.path.as_str()).collect();
    if paths.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = paths.iter().map(|path| format!("    {path},\n")).collect();
    format!("\nruntime::custom_types! {{\n{}}}\n", lines.concat())
}

/// Returns the `mod.rs` of a module that is an API or leads to several.
pub(super) fn of_branch(branch: &Branch<'_>, module: &ModulePath, root: &Root) -> String {
    let mut docs = branch.api.map_or_else(|| versions(branch), api_docs);
    if let (Some(_), Some(feature)) = (branch.api, module.feature()) {
        docs.extend([
            String::new(),
            format!("It requires the feature `{feature}`."),
        ]);
    }
    let sids = branch.api.filter(|api| api.is_twilio);
    let sids = sids.map(|_| ("sids", "pub mod"));
    let sids = sids
        .into_iter()
        .chain(branch.api.into_iter().flat_map(own_modules));
    let headers = headers(branch.api, root);
    let separator = if headers.is_empty() { "" } else { "\n" };
    format!(
        "{HEADER}\n\n{}\nuse super::runtime;\n\n{}{separator}{headers}",
        doc_comments(&docs, "//!", ""),
        modules(branch, sids),
    )
}

/// The modules of an API beside those of its resources.
fn own_modules(api: &Api) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let of_patterns = if patterns::is_hidden(api) {
        "#[doc(hidden)]\npub mod"
    } else {
        "mod"
    };
    let patterns = (!api.patterns.is_empty()).then_some(("patterns", of_patterns));
    let servers = servers::has_choice(api).then_some(("base_urls", "pub mod"));
    patterns.into_iter().chain(servers)
}

/// Returns how the crate is used, with operations of its own where they have examples.
fn usage(krate: &Crate, name: &str) -> String {
    let has_lists = krate.apis().any(|(_, api)| {
        let mut resources = api.resources.values();
        resources.any(|resource| resource.operations.iter().any(|one| one.paging.is_some()))
    });
    let example = Quickstart::of(krate);
    let list = Quickstart::of_list(krate);
    let has_list = list.is_some();
    let parts = Parts::new(krate);
    let applies = |section: &str| match section {
        "example" => example.is_some(),
        "no-example" => example.is_none(),
        "lists" => has_lists,
        "list" => has_list,
        "no-list" => !has_list,
        "streams" => parts.has(Parts::STREAMS),
        "twilio" => parts.has(Parts::TWILIO),
        _ => false,
    };
    let usage = sections(include_str!("../../templates/lib.md"), applies);
    let request = |text: &str, operation: Option<&Quickstart<'_>>| {
        operation.map_or_else(|| text.to_owned(), |one| one.documentation(text, name))
    };
    let Some((before, from_lists)) = usage.split_once("\n# Lists") else {
        return request(&usage, example.as_ref());
    };
    let (lists, after) = from_lists
        .split_once("\n# Errors")
        .unwrap_or((from_lists, ""));
    format!(
        "{}\n# Lists{}\n# Errors{}",
        request(before, example.as_ref()),
        request(lists, list.as_ref()),
        request(after, example.as_ref())
    )
}

/// Returns a text with the sections that apply: the lines between `{{#name}}` and `{{/name}}`, which may contain others.
fn sections(text: &str, applies: impl Fn(&str) -> bool) -> String {
    let mut kept = String::new();
    let mut open = Vec::new();
    for line in text.lines() {
        let marker = |mark: &str| line.strip_prefix(mark)?.strip_suffix("}}");
        if let Some(name) = marker("{{#") {
            open.push(applies(name));
        } else if marker("{{/").is_some() {
            open.pop();
        } else if open.iter().all(|applies| *applies) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn api_docs(api: &Api) -> Vec<String> {
    let mut docs = markdown::paragraphs([api.title.as_str()]).lines().to_vec();
    if let Some(path) = api.relative_server() {
        let named = match path {
            "" => "names no server".to_owned(),
            path => format!("names the relative server {}", markdown::code(path)),
        };
        docs.extend([
            String::new(),
            format!("The description {named}: a client needs a base URL."),
        ]);
    }
    if !api.docs.is_empty() {
        docs.push(String::new());
        docs.extend(api.docs.lines().iter().cloned());
    }
    docs.extend(credentials::section(api, "#", true));
    docs
}

fn intro(krate: &Crate) -> Vec<String> {
    vec![
        format!("A Rust client of {} APIs.", krate.apis().count()),
        String::new(),
        "Each API is a module behind a feature of its own; the [features](#features) list them. They share the".to_owned(),
        "client and the errors.".to_owned(),
    ]
}

fn versions(branch: &Branch<'_>) -> Vec<String> {
    let titles = branch.titles.iter().copied();
    let docs = markdown::paragraphs(titles);
    docs.lines().to_vec()
}

/// The modules in alphabetical order: those of the resources, those that lead to further APIs, and `others`.
fn modules(
    branch: &Branch<'_>,
    others: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> String {
    let others = others.into_iter();
    let others = others.map(|(module, declaration)| (module.to_owned(), declaration.to_owned()));
    let resources = branch.api.into_iter().flat_map(|api| &api.resources);
    let resources = resources.map(|(module, resource)| {
        let condition = resource.feature.iter();
        let condition = condition.map(|feature| format!("#[cfg(feature = \"{feature}\")]\n"));
        let condition: String = condition.collect();
        (module.to_string(), format!("{condition}pub mod"))
    });
    let children = branch.children.iter().map(|(module, features)| {
        let condition = condition(features);
        (module.to_string(), format!("#[cfg({condition})]\npub mod"))
    });
    let mut modules: Vec<(String, String)> = resources.chain(children).chain(others).collect();
    modules.sort_unstable();
    modules
        .into_iter()
        .map(|(module, declaration)| format!("{declaration} {module};\n"))
        .collect()
}
fn headers(api: Option<&Api>, root: &Root) -> String {
    let Some(api) = api.filter(|api| !api.headers.is_empty()) else {
        return String::new();
    };
    let reader = root.link("Response::header");
    let mut text = format!(
        "/// The response headers that the description declares, read with {reader}.\npub mod headers {{\n    use super::runtime::Header;\n",
    );
    for (name, header) in &api.headers {
        text.push('\n');
        text.push_str(&constant(name, header));
    }
    text.push_str("}\n");
    text
}

fn header_type(ty: &Type) -> String {
    let plain = match ty {
        Type::Bool => "bool",
        Type::Integer(integer) => integer.as_str(),
        Type::F64 => "f64",
        Type::DateTime => "chrono::DateTime<chrono::FixedOffset>",
        Type::Date => "chrono::NaiveDate",
        Type::Uuid => "uuid::Uuid",
        Type::List(item) => return format!("Vec<{}>", header_type(item)),
        _ => "String",
    };
    plain.to_owned()
}

fn constant(name: &Name, header: &Header) -> String {
    let Header {
        wire,
        docs,
        ty,
        pointer: _,
    } = header;
    let ty = header_type(ty);
    let mut lines = vec![format!("The header {}.", markdown::code(wire))];
    if !docs.is_empty() {
        lines.push(String::new());
        lines.extend(docs.lines().iter().cloned());
    }
    let mut text = doc_comments(&lines, "///", "    ");
    let _ = writeln!(
        text,
        "    pub const {name}: Header<{ty}> = Header::new({});",
        literal(wire)
    );
    text
}

#[cfg(test)]
mod tests {
    use crate::model::names::Name;
    use crate::source::Source;
    use crate::{Options, generate};
    use syn::{Item, UseTree};

    /// The server of the documentation's test gives no tokens.
    #[test]
    fn the_mock_of_an_api_with_oauth_gets_a_token() {
        let text = r#"{"openapi": "3.0.3", "info": {"title": "Harbour", "version": "1"},
            "paths": {"/ships": {"get": {"operationId": "ListShips", "responses": {"204": {"description": "None."}}}}},
            "components": {"securitySchemes": {"client": {"type": "oauth2", "flows": {
                "clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {}}}}}}}"#;
        let source = Source::new("ships.json", text.to_owned());
        let generation = generate([&source], &Options::new("ships", "1.0.0"));
        let files = generation.map(|generation| generation.files);
        let lib = files
            .as_ref()
            .ok()
            .and_then(|files| files.get("src/lib.rs"));
        let mock = lib.and_then(|lib| lib.split("with_base_url(\"http://mock\")").next());
        let config = mock.and_then(|text| text.rsplit("Config::new(").next());
        assert_eq!(config, Some("Credentials::bearer(\"token\"))."));
    }

    /// A resource of such a name would be a second module of that name.
    #[test]
    fn no_resource_takes_the_name_of_a_module_of_every_crate() -> syn::Result<()> {
        let mut names = Vec::new();
        for item in syn::parse_file(include_str!("../../templates/lib.rs"))?.items {
            match item {
                Item::Use(item) => of_use(&item.tree, &mut names),
                Item::Mod(item) => names.push(item.ident.to_string()),
                _ => {}
            }
        }
        names.retain(|name| name.starts_with(char::is_lowercase));
        assert!(names.len() > 3, "{names:?}");
        names.extend(["runtime", "sids", "headers"].map(str::to_owned));
        for name in names {
            assert_ne!(Name::module(&name).as_str(), name);
        }
        Ok(())
    }

    /// Collects what a `use` brings in.
    fn of_use(tree: &UseTree, names: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => of_use(&path.tree, names),
            UseTree::Name(name) => names.push(name.ident.to_string()),
            UseTree::Rename(rename) => names.push(rename.rename.to_string()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| of_use(tree, names)),
            UseTree::Glob(_) => {}
        }
    }
}
