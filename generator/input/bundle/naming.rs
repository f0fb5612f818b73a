//! Names for what becomes a component: made of the file and the pointer, never of the order in which things were met.

use super::Lifted;
use crate::input::files::Files;
use crate::input::source_map::ROOT;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

/// Steps of a pointer that tell nothing about what they lead to.
const NOISE: &[&str] = &[
    "components",
    "definitions",
    "$defs",
    "schemas",
    "schema",
    "properties",
    "paths",
    "content",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
    "securitySchemes",
    "application/json",
];

/// How much a name says; where two would be the same, both say more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// The stem of the file and the steps of the pointer that tell something.
    Short,
    /// The path of the file and the whole pointer.
    Full,
    /// And a hash of both, since characters that names cannot have are left out.
    Hashed,
}

/// Returns section and name for each.
pub(super) fn assign(
    lifted: &[Lifted],
    files: &Files,
    taken: &BTreeSet<(&str, String)>,
) -> Vec<(&'static str, String)> {
    let mut details = vec![Detail::Short; lifted.len()];
    loop {
        let names: Vec<(&'static str, String)> = lifted
            .iter()
            .zip(&details)
            .map(|(lifted, detail)| {
                let section = lifted.kind.section().unwrap_or("schemas");
                (section, name(lifted, files, *detail))
            })
            .collect();
        let mut users: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for (section, name) in &names {
            *users.entry((section, name.to_lowercase())).or_default() += 1;
        }
        let mut settled = true;
        for ((section, name), detail) in names.iter().zip(&mut details) {
            let key = (*section, name.to_lowercase());
            let collides = taken.contains(&key) || users.get(&key).is_some_and(|users| *users > 1);
            let more = match detail {
                Detail::Short => Detail::Full,
                Detail::Full | Detail::Hashed => Detail::Hashed,
            };
            if collides && *detail != more {
                *detail = more;
                settled = false;
            }
        }
        if settled {
            return names;
        }
    }
}

fn name(lifted: &Lifted, files: &Files, detail: Detail) -> String {
    let steps: Vec<String> = lifted
        .place
        .pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .filter(|step| detail != Detail::Short || !NOISE.contains(&step.as_str()))
        .collect();
    let file = files.path(lifted.place.file);
    let path = relative(files.path(ROOT), &file.with_extension(""));
    let stem = path.last().cloned().unwrap_or_default();
    let mut parts: Vec<String> = match detail {
        Detail::Short if lifted.place.file == ROOT => Vec::new(),
        Detail::Short => vec![stem],
        Detail::Full | Detail::Hashed => path.clone(),
    };
    match (steps.as_slice(), parts.as_slice()) {
        ([only], [file]) if only.eq_ignore_ascii_case(file) => parts = steps,
        _ => parts.extend(steps),
    }
    if detail == Detail::Hashed {
        let identity = format!(
            "{}#{}",
            relative(files.path(ROOT), file).join("/"),
            lifted.place.pointer
        );
        let hash = Sha256::digest(identity.as_bytes());
        parts.push(
            hash.iter()
                .take(4)
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        );
    }
    let name = clean(&parts.join("_"));
    if name.is_empty() {
        "document".to_owned()
    } else {
        name
    }
}

/// Keeps the characters that the names of components may have (OpenAPI 3.0, 4.7.7).
fn clean(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_owned()
}

/// Returns the steps from the folder of one file to another file.
fn relative(from: &Path, to: &Path) -> Vec<String> {
    let here: Vec<Component<'_>> = from
        .parent()
        .unwrap_or(Path::new(""))
        .components()
        .collect();
    let there: Vec<Component<'_>> = to.components().collect();
    let common = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let ups = here.iter().skip(common).map(|_| "up".to_owned());
    let downs = there
        .iter()
        .skip(common)
        .map(|step| step.as_os_str().to_string_lossy().into_owned());
    ups.chain(downs).collect()
}
