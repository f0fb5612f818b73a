//! The features that turn the APIs of a crate on. An API that has the crate to itself is always there, and has none; its modules may
//! have features, which turn on those of the modules that they refer to.
//!
//! An API refers to nothing outside itself and the runtime, as [`Checked`](crate::check::Checked) proves, and what the runtime
//! needs of other crates without features is not optional. So the feature of an API turns nothing else on.

use super::users::Users;
use crate::assemble::Crate;
use crate::base::markdown;
use crate::model::names::Name;
use crate::model::reserved::FULL;
use std::fmt::Write as _;

/// The feature of every API.
fn of_apis(krate: &Crate) -> impl Iterator<Item = String> {
    krate.apis().filter_map(|(module, _)| module.feature())
}

/// The features of the modules of an API that has the crate to itself, each with the module.
pub(super) fn of_modules(krate: &Crate) -> impl Iterator<Item = (&str, &Name)> {
    let resources = krate.alone().into_iter().flat_map(|api| &api.resources);
    resources.filter_map(|(module, resource)| Some((resource.feature.as_deref()?, module)))
}

/// Returns whether parts of the crate are there with a feature only.
pub(super) fn has_any(krate: &Crate) -> bool {
    krate.alone().is_none() || of_modules(krate).next().is_some()
}

/// Returns the lines of `[features]`.
pub(super) fn manifest(krate: &Crate, users: &Users<'_>) -> String {
    if krate.alone().is_some() {
        return manifest_of_modules(krate, users);
    }
    let features: Vec<String> = of_apis(krate).collect();
    let mut text = format!("\n# Every API.\n{FULL} = [\n");
    for feature in &features {
        let _ = writeln!(text, "    \"{feature}\",");
    }
    text.push_str("]\n");
    for feature in &features {
        let _ = writeln!(text, "{feature} = []");
    }
    text
}

fn manifest_of_modules(krate: &Crate, users: &Users<'_>) -> String {
    if !has_any(krate) {
        return String::new();
    }
    let mut text = format!("\n# Every module of operations.\n{FULL} = [\n");
    for (feature, _) in of_modules(krate) {
        let _ = writeln!(text, "    \"{feature}\",");
    }
    text.push_str("]\n");
    let mut add = |feature: &str| {
        let others = users.turned_on(feature);
        let others: Vec<String> = others.map(|one| format!("\"{one}\"")).collect();
        let _ = writeln!(text, "{feature} = [{}]", others.join(", "));
    };
    of_modules(krate).for_each(|(feature, _)| add(feature));
    // Those of the types that many modules use.
    let groups = users.groups().iter();
    let own = groups.filter_map(|group| group.own_feature.as_deref());
    own.for_each(add);
    text
}

/// Returns the rows of a table in Markdown: the feature, and what it adds.
pub(super) fn table(krate: &Crate) -> String {
    let mut text = String::new();
    for (feature, module) in of_modules(krate) {
        if text.is_empty() {
            let _ = writeln!(text, "| `{FULL}` | every module of operations |");
        }
        let _ = writeln!(text, "| `{feature}` | the module `{module}` |");
    }
    for (module, api) in krate.apis() {
        let Some(feature) = module.feature() else {
            continue;
        };
        if text.is_empty() {
            let _ = writeln!(text, "| `{FULL}` | every API |");
        }
        let title = title(&api.title);
        let _ = writeln!(text, "| `{feature}` | `{module}`: {title} |");
    }
    text
}

/// Returns a title for a cell of a table.
fn title(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let title = markdown::docs(&words.join(" "));
    title.first_line().unwrap_or_default().replace('|', "\\|")
}
