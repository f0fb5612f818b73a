//! [`Crate`] to its files: writes what `lower` decided, and decides nothing.

mod arguments;
mod branch;
mod canary;
mod code;
mod contents;
mod crate_files;
mod credentials;
mod encode;
mod example;
mod expression;
mod facts;
mod features;
mod json;
mod layout;
mod lib_rs;
mod limits;
mod literal;
mod model;
mod multipart;
mod open_enum;
mod operation_impl;
mod paging;
mod parts;
mod patterns;
mod quickstart;
mod request;
mod request_docs;
mod resource;
mod responses;
mod root;
mod runtime;
mod security;
mod servers;
mod setters;
mod sids;
mod split;
mod streaming;
mod style;
mod tests;
mod types;
mod union;
mod users;
mod value;
mod webhooks;

use crate::assemble::Crate;
use crate::base::parallel;
use crate::model::api::{Api, Hashable, LimitedTypes};
use crate::model::module_path::ModulePath;
use crate::model::package::Package;
use branch::{Branch, branches};
use parts::{Conditions, Parts};
use quickstart::Quickstart;
use root::Root;
use users::Users;

/// Returns the files of the crate, by path.
#[must_use]
pub fn emit(krate: &Crate, package: &Package) -> Vec<(String, String)> {
    let name = package.crate_name();
    let users = Users::new(krate);
    let conditions = Conditions::new(krate, &users);
    let mut files = of_crate(krate, package, &users, &conditions);
    for (module, branch) in branches(krate) {
        if !module.is_root() {
            files.extend(of_branch(&module, &branch, &Root::new(&name, &module)));
        }
    }
    let resources = parallel::map(krate.apis().collect(), |(module, api)| {
        of_resources(api, &Root::new(&name, module), &users)
    });
    files.extend(resources.into_iter().flatten());
    let runtime = runtime::files(Parts::new(krate), &conditions).into_iter();
    files.extend(runtime.map(|(path, text)| (format!("src/runtime/{path}"), text)));
    files
}

/// The files of which a crate has one, however many APIs are in it.
fn of_crate(
    krate: &Crate,
    package: &Package,
    users: &Users<'_>,
    conditions: &Conditions,
) -> Vec<(String, String)> {
    let name = &package.crate_name();
    let quickstart = Quickstart::of(krate);
    let mut files = vec![
        (
            "Cargo.toml",
            crate_files::manifest(krate, quickstart.as_ref(), package, users),
        ),
        (
            "README.md",
            crate_files::readme(krate, quickstart.as_ref(), package),
        ),
        ("rustfmt.toml", crate_files::rustfmt()),
        ("src/lib.rs", lib_rs::lib(krate, name, conditions)),
        ("tests/examples.rs", tests::of_crate(krate, users)),
        ("tests/examples/support.rs", tests::support(krate, name)),
    ];
    if Parts::new(krate).has(Parts::TWILIO) {
        files.push(("src/sids.rs", sids::of_crate(krate)));
    }
    let program = quickstart.map(|quickstart| quickstart.program(name));
    files.extend(program.map(|program| ("examples/quickstart.rs", program)));
    if let Some(limit) = recursion_limit(krate) {
        let roots = ["src/lib.rs", "tests/examples.rs", "examples/quickstart.rs"];
        for (_, text) in files.iter_mut().filter(|(path, _)| roots.contains(path)) {
            *text = with_recursion_limit(text, limit);
        }
    }
    files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect()
}

/// Returns how deep rustc has to look into types, where that is deeper than it does without being told.
fn recursion_limit(krate: &Crate) -> Option<usize> {
    /// rustc's own limit.
    const DEFAULT: usize = 128;
    /// A type, its `Option`, and the pointer in between.
    const LEVELS: usize = 4;
    let nesting = krate.apis().map(|(_, api)| api.nesting).max()?;
    let depth = nesting.saturating_mul(LEVELS);
    (depth > DEFAULT).then(|| depth.next_power_of_two())
}

/// Puts the limit between the documentation of a crate and its items.
fn with_recursion_limit(text: &str, limit: usize) -> String {
    let mut lines = text.lines();
    let head: Vec<&str> = lines
        .by_ref()
        .take_while(|line| line.is_empty() || line.starts_with("//"))
        .collect();
    let head = head.join("\n");
    let items = text.get(head.len()..).unwrap_or_default();
    let (head, items) = (head.trim_end(), items.trim_start());
    format!("{head}\n\n#![recursion_limit = \"{limit}\"]\n\n{items}")
}

/// The files of a module that leads to APIs, which the root of the crate has its own for.
fn of_branch(module: &ModulePath, branch: &Branch<'_>, root: &Root) -> Vec<(String, String)> {
    let mut files = vec![(
        root.source("mod.rs"),
        lib_rs::of_branch(branch, module, root),
    )];
    if let Some(api) = branch.api {
        if api.is_twilio {
            files.push((root.source("sids.rs"), sids::of_api(api, root)));
        }
        files.extend(tests::of_api(api).map(|text| (root.tests("mod.rs"), text)));
    }
    files
}

/// The files of the resources of an API: the module of each, and its tests where it has any.
fn of_resources(api: &Api, root: &Root, users: &Users<'_>) -> Vec<(String, String)> {
    let limits = LimitedTypes::of(api);
    let hashable = Hashable::new(api);
    let facts = facts::Facts {
        root,
        limits: &limits,
        hashable: &hashable,
        users,
        common_headers: &facts::common_headers(api),
    };
    let mut files = Vec::new();
    files.extend(patterns::patterns(api).map(|text| (root.source("patterns.rs"), text)));
    files.extend(servers::servers(api).map(|text| (root.source("base_urls.rs"), text)));
    for (module, resource) in &api.resources {
        let file = format!("{module}.rs");
        let of_it = resource::resource(api, module, resource, &facts);
        files.extend(
            of_it
                .into_iter()
                .map(|(path, text)| (root.source(&path), text)),
        );
        if tests::has_examples(api, resource) {
            let text = tests::resource(api, module, resource, root);
            files.push((root.tests(&file), text));
        }
    }
    files
}
