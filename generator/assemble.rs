//! Checked APIs to one [`Crate`]: where each of them stands.

use crate::api::Api;
use crate::check::Checked;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::Places;
use crate::module_path::ModulePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An API on its way into a crate.
#[derive(Debug)]
pub struct Part {
    /// What messages call its description.
    pub label: Arc<str>,
    /// Where it is to stand.
    pub module: ModulePath,
    /// The API.
    pub api: Checked,
    /// What finds the places of its parts in the description.
    pub places: Places,
    /// What its description should mend.
    pub warnings: Diagnostics,
}

/// The APIs of a crate, by where they stand: no two in the same place, none inside another, each with a feature of its own.
#[derive(Debug)]
pub struct Crate(BTreeMap<ModulePath, Checked>);

impl Crate {
    /// Returns the API that has the crate to itself, if one does.
    #[must_use]
    pub fn alone(&self) -> Option<&Api> {
        self.0.get(&ModulePath::root()).map(Checked::api)
    }

    /// Returns the APIs, in the order of their modules.
    pub fn apis(&self) -> impl Iterator<Item = (&ModulePath, &Api)> {
        self.0
            .iter()
            .map(|(module, checked)| (module, checked.api()))
    }

    /// Gives back the APIs.
    #[must_use]
    pub fn into_apis(self) -> BTreeMap<ModulePath, Api> {
        let apis = self.0.into_iter();
        apis.map(|(module, checked)| (module, checked.into_api()))
            .collect()
    }
}

/// Puts APIs into one crate; their order changes nothing.
///
/// # Errors
///
/// Returns every API that would stand where another does, or inside it.
pub fn assemble(mut parts: Vec<Part>) -> Result<(Crate, Diagnostics), Diagnostics> {
    parts.sort_by(|one, other| one.label.cmp(&other.label));
    let mut clashes = Diagnostics::new();
    for (index, part) in parts.iter().enumerate() {
        let rival = parts[..index].iter().find(|rival| rivals(part, rival));
        clashes.extend(rival.map(|rival| clash(part, rival)));
    }
    clashes.propagate()?;
    let mut apis = BTreeMap::new();
    let mut warnings = Diagnostics::new();
    for part in parts {
        let Part {
            label,
            module,
            api,
            places: _,
            warnings: mut its_own,
        } = part;
        apis.insert(module, api);
        its_own.set_file(&label);
        warnings.extend(its_own);
    }
    Ok((Crate(apis), warnings))
}

fn rivals(part: &Part, other: &Part) -> bool {
    part.module.overlaps(&other.module) || part.module.feature() == other.module.feature()
}

fn clash(part: &Part, rival: &Part) -> Diagnostic {
    let (label, module) = (&part.label, &part.module);
    if *label == rival.label {
        let message = format!("`{label}` is given twice");
        return Diagnostic::failure("module-clash", message).help("leave one of them out");
    }
    let message = if *module == rival.module {
        format!(
            "this API belongs in `{module}`, and so does that of `{}`",
            rival.label
        )
    } else {
        format!(
            "this API belongs in `{module}`, which does not go with `{}`, where that of `{}` belongs",
            rival.module, rival.label
        )
    };
    Diagnostic::error("module-clash", "/info/title", message)
        .in_file(label.clone())
        .help(format!(
            "say where it stands, with `--spec MODULE={label}` or in cratewright.toml: `spec = [{{ path = \"{label}\", module = \"…\" }}, …]`"
        ))
}
