//! Which overlays are for which description.

use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::source::Source;
use crate::input::files::normal;
use crate::input::text;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Finds out which overlays are for which description: all of them for the only one, and otherwise what `extends` says.
///
/// # Errors
///
/// Returns the overlays that do not say which of several descriptions they are for, and those for none of them.
pub fn assign<S: AsRef<Source>>(
    sources: &[S],
    overlays: &[Source],
) -> Result<Vec<Vec<Source>>, Diagnostics> {
    let sources: Vec<&Source> = sources.iter().map(AsRef::as_ref).collect();
    let mut assigned = vec![Vec::new(); sources.len()];
    let mut diagnostics = Diagnostics::new();
    for overlay in overlays {
        let index = match sources.as_slice() {
            [_] => Ok(0),
            // What is wrong with it will be reported where it is applied.
            _ => text::value(overlay).map_or(Ok(0), |value| extended(&sources, overlay, &value)),
        };
        match index {
            Ok(index) => {
                if let Some(overlays) = assigned.get_mut(index) {
                    overlays.push(overlay.clone());
                }
            }
            Err(fault) => diagnostics.push(fault.in_source(&Arc::new(overlay.clone()))),
        }
    }
    diagnostics.propagate()?;
    Ok(assigned)
}

/// Returns the description that an overlay extends, by its path from the overlay or by its name.
fn extended(sources: &[&Source], overlay: &Source, value: &Value) -> Result<usize, Diagnostic> {
    let help = "write `extends: ` and the path of the description from the overlay";
    let Some(extends) = value.get("extends").and_then(Value::as_str) else {
        let message =
            "there are several descriptions, and this overlay does not say which it is for";
        return Err(Diagnostic::error("overlay-extends", "", message).help(help));
    };
    let folder = overlay
        .path()
        .and_then(Path::parent)
        .unwrap_or(Path::new(""));
    let path = normal(&folder.join(extends));
    let name = extends.rsplit('/').next().unwrap_or_default();
    let is_it = |source: &&Source| source.path().map(normal).as_ref() == Some(&path);
    let has_name = |source: &&Source| source.label().rsplit('/').next() == Some(name);
    let mut named = sources
        .iter()
        .enumerate()
        .filter(|(_, source)| has_name(source));
    if let Some(index) = sources.iter().position(is_it) {
        return Ok(index);
    }
    match (named.next(), named.next()) {
        (Some((index, _)), None) => Ok(index),
        _ => {
            let message = format!("`{extends}` is not one of the descriptions");
            Err(Diagnostic::error("overlay-extends", "/extends", message).help(help))
        }
    }
}
