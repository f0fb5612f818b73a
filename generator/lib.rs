//! cratewright turns an OpenAPI description into a Rust client crate that teams commit, review, vendor and ship.
//!
//! The pipeline goes one way, and [`generate`] shows all of it:
//!
//! ```text
//! Input --parse--> Document --lower--> Api --check--> Checked   of each description
//!                                       Checked --assemble--> Crate --emit--> FileTree
//! ```
//!
//! [`document::parse`] reads YAML or JSON, brings overlays and other files in, and hands all to the typed model of OpenAPI;
//! [`lower::lower`] decides what the crate will be, as plain data ([`api::Api`]); [`check::check`] proves that it can be
//! written; [`assemble::assemble`] gives each API its place in the crate; [`emit::emit`] writes it, and cannot fail. What
//! becomes of the [`output::FileTree`] is up to the caller: [`output::write`] puts it into a folder, [`output::compare`]
//! says what would change.
//!
//! The modules are in layers, each of which sees only those below it: `cli`, `config`, this file, `report`, `output`, `emit`,
//! `assemble`, `check`, `lower`, `model`, `input`, `base`.
//!
//! A build script has [`build`], which is three lines.

pub mod assemble;
mod base;
pub mod build;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod config;
pub mod emit;
mod input;
pub mod lower;
mod model;
pub mod output;
mod report;

pub use assemble::Analysis;
pub use base::{diagnostics, source};
pub use input::document;
pub use model::{api, module_path, names, package, settings};
pub use report::{diff, inspect, listing};

use assemble::Part;
use base::diagnostics::{Diagnostic, Diagnostics};
use base::parallel;
use base::source::Source;
use input::document::Document;
use lower::Wanted;
use model::module_path::ModulePath;
use model::package::Package;
use model::settings::{Features, Settings};
use output::{FileTree, Record};

/// A description to generate from.
#[derive(Debug, Clone)]
pub struct Input<'s> {
    source: &'s Source,
    module: Option<ModulePath>,
}

impl<'s> Input<'s> {
    /// Makes an input of a description.
    #[must_use]
    pub fn new(source: &'s Source) -> Self {
        Self {
            source,
            module: None,
        }
    }

    /// Says where the API of the description is in the crate; without it, that follows from the description.
    #[must_use]
    pub fn in_module(self, module: ModulePath) -> Self {
        Self {
            module: Some(module),
            ..self
        }
    }
}

impl<'s> From<&'s Source> for Input<'s> {
    fn from(source: &'s Source) -> Self {
        Self::new(source)
    }
}

impl AsRef<Source> for Input<'_> {
    fn as_ref(&self) -> &Source {
        self.source
    }
}

/// What the generated crate is called, and what goes into it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The operations to generate, by operationId; empty for all.
    pub operations: Vec<String>,
    /// Corrections to the descriptions, applied in their order before anything else: OpenAPI Overlay files.
    pub overlays: Vec<Source>,
    /// What else is decided about the crate.
    pub settings: Settings,
}

impl Options {
    /// Returns the options for a crate with every operation of the description.
    #[must_use]
    pub fn new(package: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            package: package.into(),
            version: version.into(),
            operations: Vec::new(),
            overlays: Vec::new(),
            settings: Settings::default(),
        }
    }
}

/// A crate, ready to be written.
#[derive(Debug)]
pub struct Generation {
    /// What the descriptions come to.
    pub analysis: Analysis,
    /// The files of the crate.
    pub files: FileTree,
}

/// Turns descriptions into a crate: one has the crate to itself, several are in a module each.
///
/// # Errors
///
/// Returns every problem that was found before the stage that could not go on: text that is no YAML or JSON, a structure
/// that is no OpenAPI, references that lead nowhere, names of packages that cargo does not take, two APIs in one module.
pub fn generate<'s>(
    inputs: impl IntoIterator<Item = impl Into<Input<'s>>>,
    options: &Options,
) -> Result<Generation, Diagnostics> {
    let package = Package::new(&options.package, &options.version)?.with(&options.settings);
    let parts = check_each(inputs, options)?;
    let described = parts
        .iter()
        .map(|part| (&part.module, part.document.value()));
    let record = Record::new(&options.operations, &options.settings, described);
    let analysis = assemble::assemble(parts)?;
    let files = emit::emit(&analysis.krate, &package);
    let files = FileTree::from_files(files)?.made_of(record);
    Ok(Generation { analysis, files })
}

/// Does what [`generate`] does, up to the files.
///
/// # Errors
///
/// Returns what [`generate`] returns.
pub fn analyse<'s>(
    inputs: impl IntoIterator<Item = impl Into<Input<'s>>>,
    options: &Options,
) -> Result<Analysis, Diagnostics> {
    assemble::assemble(check_each(inputs, options)?)
}

/// Takes each of the descriptions from its text to a checked API.
fn check_each<'s>(
    inputs: impl IntoIterator<Item = impl Into<Input<'s>>>,
    options: &Options,
) -> Result<Vec<Part>, Diagnostics> {
    let inputs: Vec<Input<'s>> = inputs.into_iter().map(Into::into).collect();
    if inputs.is_empty() {
        let message = "there is no description to generate from";
        return Err(Diagnostic::failure("no-description", message).into());
    }
    let is_single = inputs.len() == 1;
    let overlays = document::assign_overlays(&inputs, &options.overlays)?;
    let documents = each(inputs.into_iter().zip(overlays), |(input, overlays)| {
        let document = document::parse(input.source, &overlays)?;
        let module = match input.module {
            Some(module) => module,
            None if is_single => ModulePath::root(),
            None => lower::module_path(&document),
        };
        Ok((module, document))
    })?;
    let mut settings = options.settings.clone();
    if !is_single {
        // Each API is behind a feature as a whole.
        settings.features = Features::Whole;
    }
    let settings = &settings;
    lower::check_settings(settings, &documents)?;
    let wanted = Wanted {
        operations: &options.operations,
        settings,
    };
    let parts = each(lower::select(documents, wanted)?, |(module, document)| {
        check_one(module, document, wanted)
    })?;
    let modules = parts
        .iter()
        .flat_map(|part| part.api.api().resources.keys());
    lower::unknown_modules(settings, &modules).propagate()?;
    Ok(parts)
}

/// Takes a description from its document to a checked API.
fn check_one(
    module: ModulePath,
    document: Document,
    wanted: Wanted<'_>,
) -> Result<Part, Diagnostics> {
    let mut warnings = document.warnings().clone();
    let settings = wanted.settings.inside(module.segments().last());
    let wanted = Wanted {
        settings: &settings,
        ..wanted
    };
    let (api, more) = warnings.prepend_to(lower::lower(&document, wanted))?;
    warnings.extend(more.counted());
    let checked = check::check(api).map_err(|errors| document.place(errors));
    let api = warnings.prepend_to(checked)?;
    Ok(Part {
        module,
        document,
        api,
        warnings,
    })
}

/// Runs a stage on each description; all of them have to come through.
fn each<I: Send, T: Send>(
    descriptions: impl IntoIterator<Item = I>,
    stage: impl Fn(I) -> Result<T, Diagnostics> + Sync,
) -> Result<Vec<T>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let results = parallel::map(descriptions.into_iter().collect(), stage).into_iter();
    let results = results.filter_map(|result| problems.take(result)).collect();
    problems.propagate()?;
    Ok(results)
}
