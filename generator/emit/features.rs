//! The features that turn the APIs of a crate on. An API that has the crate to itself is always there, and has none.
//!
//! An API refers to nothing outside itself and the runtime, as [`Checked`](crate::check::Checked) proves, and what the runtime
//! needs of other crates without features is not optional. So the feature of an API turns nothing else on.

use crate::assemble::Crate;
use crate::base::markdown;
use crate::model::reserved::FULL;
use std::fmt::Write as _;

/// The feature of every API.
fn of_apis(krate: &Crate) -> impl Iterator<Item = String> {
    krate.apis().filter_map(|(module, _)| module.feature())
}

/// Returns the lines of `[features]`.
pub(super) fn manifest(krate: &Crate) -> String {
    let features: Vec<String> = of_apis(krate).collect();
    if features.is_empty() {
        return String::new();
    }
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

/// Returns the rows of a table in Markdown: the feature, and what it adds.
pub(super) fn table(krate: &Crate) -> String {
    let mut text = String::new();
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
