//! Checked APIs to one [`Crate`]: where each of them stands.

use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::check::Checked;
use crate::input::document::{Document, Places};
use crate::model::api::Api;
use crate::model::module_path::ModulePath;
use std::collections::BTreeMap;

/// An API on its way into a crate.
#[derive(Debug)]
pub struct Part {
    /// Where it is to stand.
    pub module: ModulePath,
    /// Its description.
    pub document: Document,
    /// The API.
    pub api: Checked,
    /// What its description should fix.
    pub warnings: Diagnostics,
}

/// The APIs of a crate, by where they stand: no two in the same place, none inside another, each with a feature of its own.
#[derive(Debug)]
pub struct Crate(BTreeMap<ModulePath, Checked>);

impl Crate {
    /// Returns the API that has the crate to itself, if one does.
    #[must_use]
    pub fn alone(&self) -> Option<&Api> {
        self.get(&ModulePath::root())
    }

    /// Returns the API that stands in a module.
    #[must_use]
    pub fn get(&self, module: &ModulePath) -> Option<&Api> {
        self.0.get(module).map(Checked::api)
    }

    /// Returns the APIs, in the order of their modules.
    pub fn apis(&self) -> impl Iterator<Item = (&ModulePath, &Api)> {
        self.0
            .iter()
            .map(|(module, checked)| (module, checked.api()))
    }
}

/// What descriptions come to, without the files.
#[derive(Debug)]
pub struct Analysis {
    /// What the crate is made of; one description has the root of the crate to itself.
    pub krate: Crate,
    /// What finds the places of its parts in the descriptions.
    pub places: BTreeMap<ModulePath, Places>,
    /// What the descriptions should fix and the crate can do without.
    pub warnings: Diagnostics,
}

/// Puts APIs into one crate; their order changes nothing.
///
/// # Errors
///
/// Returns every API that would stand where another does, or inside it.
pub fn assemble(mut parts: Vec<Part>) -> Result<Analysis, Diagnostics> {
    parts.sort_by(|one, other| one.document.label().cmp(other.document.label()));
    let mut clashes = Diagnostics::new();
    for (index, part) in parts.iter().enumerate() {
        let rival = parts[..index].iter().find(|rival| rivals(part, rival));
        clashes.extend(rival.map(|rival| clash(part, rival)));
    }
    clashes.propagate()?;
    let (is_single, has_any) = (
        parts.len() == 1,
        parts.iter().any(|part| !part.api.api().is_empty()),
    );
    let mut apis = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut warnings = Diagnostics::new();
    for part in parts {
        let missing = missing(&part, is_single, has_any);
        let Part {
            module,
            document,
            api,
            warnings: more,
        } = part;
        warnings.extend(more);
        warnings.extend(missing);
        if !api.api().is_empty() {
            places.insert(module.clone(), document.places());
            apis.insert(module, api);
        }
    }
    warnings.propagate()?;
    Ok(Analysis {
        krate: Crate(apis),
        places,
        warnings,
    })
}

/// What is missing of a description without operations: a crate has to have something, and types alone may be intended.
fn missing(part: &Part, is_single: bool, has_any: bool) -> Diagnostics {
    let api = part.api.api();
    let components = part.document.openapi().components.as_ref();
    let has_schemas = components.is_some_and(|components| !components.schemas.is_empty());
    let message = match (api.is_empty(), api.has_operations() || is_single) {
        (true, _) if has_schemas => {
            "the description has no operation and no webhook, and none of its schemas becomes a type"
        }
        (true, _) => "the description has no operation, no webhook and no schema",
        (false, false) => "the description has no operation: only its types are generated",
        (false, true) => return Diagnostics::new(),
    };
    let diagnostic = if has_any {
        Diagnostic::warning("no-operations", "/paths", message)
    } else {
        Diagnostic::error("no-operations", "/paths", message)
    };
    let help = "add an operation under its path and its method: `/ships: {get: {responses: {…}}}`";
    part.document.place(diagnostic.help(help).into())
}

fn rivals(part: &Part, other: &Part) -> bool {
    part.module.overlaps(&other.module) || part.module.feature() == other.module.feature()
}

fn clash(part: &Part, rival: &Part) -> Diagnostic {
    let (label, module) = (part.document.label(), &part.module);
    let rival_label = rival.document.label();
    if label == rival_label {
        let message = format!("`{label}` is given twice");
        return Diagnostic::failure("module-clash", message).help("leave one of them out");
    }
    let message = if *module == rival.module {
        format!("this API belongs in `{module}`, and so does that of `{rival_label}`")
    } else {
        format!(
            "this API belongs in `{module}`, which does not go with `{}`, where that of `{rival_label}` belongs",
            rival.module
        )
    };
    Diagnostic::error("module-clash", "/info/title", message)
        .in_file(label.clone())
        .help(format!(
            "say where it stands, with `--spec MODULE={label}` or in cratewright.toml: `spec = [{{ path = \"{label}\", module = \"…\" }}, …]`"
        ))
}
