//! The files around the code: manifest, README, the example program.

use super::code::{HEADER, words};
use super::credentials;
use super::features;
use super::parts::Parts;
use super::quickstart::Quickstart;
use super::users::Users;
use crate::assemble::Crate;
use crate::model::api::Api;
use crate::model::package::Package;
use crate::model::reserved::FULL;
use std::fmt::Write as _;

/// Returns `Cargo.toml`.
pub(super) fn manifest(
    krate: &Crate,
    quickstart: Option<&Quickstart<'_>>,
    package: &Package,
    users: &Users<'_>,
) -> String {
    let (name, version) = (package.name(), package.version());
    let mut manifest = include_str!("../../templates/Cargo.toml.in")
        .replace("{{package}}", name)
        .replace("{{version}}", version)
        .replace("{{description}}", &toml_text(&description(krate)))
        .replace("{{features}}\n", &features::manifest(krate, users));
    let parts = Parts::new(krate);
    if !parts.has(Parts::UUID) {
        manifest = without_line(&manifest, "uuid = ");
    }
    if !parts.has(Parts::TWILIO) {
        for start in ["signature", "base64", "hmac", "sha1", "sha2"] {
            manifest = without_line(&manifest, &format!("{start} = "));
        }
    }
    for (field, value) in package.fields() {
        manifest = with_line(&manifest, "[package]\n", "\n\n", field, value);
    }
    for (dependency, value) in package.dependencies() {
        manifest = with_line(&manifest, "[dependencies]\n", "\n\n", dependency, value);
    }
    if features::has_any(krate) {
        manifest.push_str(include_str!("../../templates/docs_rs.toml"));
    }
    if let Some(quickstart) = quickstart {
        let features = format!("\"{}\"", quickstart.features().join("\", \""));
        let example = include_str!("../../templates/example.toml")
            .replace("{{package}}", name)
            .replace("{{features}}", &features);
        manifest.push_str(&example);
    }
    format!("{}\n\n{manifest}", HEADER.replacen("//", "#", 1))
}

/// Returns a manifest with an entry in a section, the one in place of the other where there is one of that key.
fn with_line(text: &str, from: &str, to: &str, key: &str, value: &str) -> String {
    let text = without_line(text, &format!("{key} = "));
    let start = text.find(from).map_or(0, |at| at + from.len());
    let end = text[start..]
        .find(to)
        .map_or(text.len(), |at| start + at + 1);
    format!("{}{key} = {value}\n{}", &text[..end], &text[end..])
}

/// Returns a text without the line that begins in a way.
fn without_line(text: &str, start: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !line.starts_with(start)).collect()
}

/// Returns `README.md`.
pub(super) fn readme(
    krate: &Crate,
    quickstart: Option<&Quickstart<'_>>,
    package: &Package,
) -> String {
    let contents = krate
        .alone()
        .map_or_else(|| list_of_apis(krate), list_of_resources);
    let (package, name) = (package.name(), package.crate_name());
    let first = krate.apis().next().map(|(_, api)| api);
    let quickstart = quickstart.map_or_else(String::new, |quickstart| {
        let features = quickstart.features().join(",");
        format!(
            "- `cargo run --features {features} --example {package}-quickstart` sends a request and prints the response.\n"
        )
    });
    let of_api = krate.apis().find_map(|(module, _)| module.feature());
    let of_module = features::of_modules(krate).next().map(|_| FULL.to_owned());
    let (every_api, one_api) = match of_api.or(of_module) {
        Some(feature) => (" --features full", format!(",{feature}")),
        None => ("", String::new()),
    };
    include_str!("../../templates/README.md")
        .replace("{{quickstart}}\n", &quickstart)
        .replace("{{package}}", package)
        .replace("{{crate}}", &name)
        .replace("{{description}}", &markdown_text(&description(krate)))
        .replace("{{every_api}}", every_api)
        .replace("{{one_api}}", &one_api)
        .replace("{{contents}}\n", &contents)
        .replace("{{client}}", &credentials::client(first, &name))
}

fn list_of_resources(api: &Api) -> String {
    let mut text = String::from("## Resources\n\n");
    for (module, resource) in &api.resources {
        let operations: Vec<String> = resource
            .operations
            .iter()
            .map(|operation| format!("`{}`", operation.name))
            .collect();
        if !operations.is_empty() {
            let _ = writeln!(text, "- `{module}`: {}", operations.join(", "));
        }
    }
    for line in credentials::section(api, "##", false) {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn list_of_apis(krate: &Crate) -> String {
    let mut text = include_str!("../../templates/README_apis.md").to_owned();
    for (module, api) in krate.apis() {
        let resources = api.resources.values();
        let operations: usize = resources.map(|resource| resource.operations.len()).sum();
        let feature = module.feature().unwrap_or_default();
        let title = markdown_text(&one_line(&api.title));
        let _ = writeln!(
            text,
            "| {title} | `{module}` | `{feature}` | {operations} |"
        );
    }
    text
}

/// Returns `rustfmt.toml`.
pub(super) fn rustfmt() -> String {
    include_str!("../../templates/rustfmt.toml.in").to_owned()
}

fn description(krate: &Crate) -> String {
    match krate.alone() {
        Some(api) => format!("A Rust client of {}", one_line(&words(&api.title))),
        None => format!("A Rust client of {} APIs", krate.apis().count()),
    }
}

/// Returns text with one space between its words.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns text for the inside of a basic string of TOML: control characters and quotes are escaped (TOML 1.0, String).
fn toml_text(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '"' | '\\' => escaped.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(control));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Returns text for a paragraph of Markdown in which nothing has a meaning.
fn markdown_text(text: &str) -> String {
    let special = |character: char| "\\`*_{}[]<>()#+!|~&".contains(character);
    text.chars()
        .flat_map(|c| special(c).then_some('\\').into_iter().chain([c]))
        .filter(|c| !c.is_control())
        .collect()
}
