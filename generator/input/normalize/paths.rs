//! The keys of paths, each of which begins with a slash.

use super::{Entries, Walk};
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::input::grammar::Kind;

impl Walk<'_> {
    /// Every path begins with a slash; those that do not get one.
    pub(super) fn prepare_paths(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let is_off = |key: &str| !key.starts_with('/') && !key.starts_with("x-");
        if !entries.keys().any(|key| is_off(key)) {
            return;
        }
        for (key, item) in std::mem::take(entries) {
            let path = if is_off(&key) {
                format!("/{key}")
            } else {
                key.clone()
            };
            if path != key && entries.contains_key(&path) {
                let message =
                    format!("a path begins with `/`, and there is `{path}` as well; ignored");
                self.fixed_key(&at.key(&key), message);
                continue;
            }
            if path != key {
                self.findings.push(misplaced(&key, &at.key(&key)));
                let origin = self.stage_map.origin(&at.key(&key).to_string());
                self.stage_map.record(at.key(&path).to_string(), origin);
            }
            entries.insert(path, item);
        }
    }
}

/// A path without a slash, or what is hardly a path at all.
fn misplaced(key: &str, at: &Pointer<'_>) -> Diagnostic {
    let message = "a path begins with `/`; treated as if it did";
    let warning = Diagnostic::warning("fixed", at.to_string(), message).on_key();
    if Kind::Document.field(key).is_some() {
        return warning.help(format!("if this is no path, indent `{key}` as `paths` is"));
    }
    match key
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
    {
        Some((_, path)) => warning.help(format!(
            "the URL stands under `servers`, and the path is `/{path}`"
        )),
        None => warning,
    }
}
