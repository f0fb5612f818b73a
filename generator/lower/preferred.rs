//! The media types that the user wants of bodies that are described in several.

use super::media::essence;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::suggestions::nearest;
use crate::input::document::Document;
use crate::model::module_path::ModulePath;
use crate::model::settings::{Key, Settings};
use std::collections::BTreeSet;

/// Leaves out, of each body that is described in one of the wanted media types, the others; what is left is in the order in
/// which it is wanted.
///
/// # Errors
///
/// Returns the media types that no description has.
pub(super) fn media_types(
    mut documents: Vec<(ModulePath, Document)>,
    settings: &Settings,
) -> Result<Vec<(ModulePath, Document)>, Diagnostics> {
    let wanted = &settings.media_types;
    if wanted.is_empty() {
        return Ok(documents);
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (_, document) in &mut documents {
        document.each_content(&mut |content| {
            known.extend(content.keys().map(|name| essence(name)));
            if content.keys().any(|name| rank(wanted, name).is_some()) {
                content.retain(|name, _| rank(wanted, name).is_some());
                content.sort_by(|one, _, other, _| rank(wanted, one).cmp(&rank(wanted, other)));
            }
        });
    }
    let missing = wanted
        .iter()
        .filter(|key| !known.contains(&essence(&key.text)));
    let mut problems: Diagnostics = missing.map(|key| unknown(settings, key, &known)).collect();
    problems.propagate()?;
    Ok(documents)
}

fn rank(wanted: &[Key], name: &str) -> Option<usize> {
    let name = essence(name);
    wanted.iter().position(|key| essence(&key.text) == name)
}

fn unknown(settings: &Settings, key: &Key, known: &BTreeSet<String>) -> Diagnostic {
    let fault = settings.fault(key, format!("no body is described in `{}`", key.text));
    match nearest(&key.text, known.iter().map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            fault.help(format!("the media types are `{}`", known.join("`, `")))
        }
    }
}
