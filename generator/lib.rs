//! cratewright turns an OpenAPI description into a Rust client crate that teams commit, review, vendor and ship.
//!
//! The pipeline goes one way, and [`generate`] shows all of it:
//!
//! ```text
//! text --parse--> Document --lower--> Api --check--> Checked   of each description
//!                                                    Checked --assemble--> Crate --emit--> FileTree
//! ```
//!
//! [`document::parse`] reads YAML or JSON, brings overlays and other files in, and hands all to the typed model of OpenAPI; [`lower::lower`] decides what the crate will be, as plain
//! data ([`api::Api`]); [`check::check`] proves that it can be written; [`assemble::assemble`] gives each API its place in the crate;
//! [`emit::emit`] writes it, and cannot fail. What becomes of the
//! [`tree::FileTree`] is up to the caller: [`output::write`] puts it into a folder, [`output::compare`] says what
//! would change.
//!
//! From a build script:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let source = cratewright::source::Source::read("spec/flex.yaml".as_ref())?;
//! let options = cratewright::Options::new("twilio-flex", "0.1.0");
//! let generation = cratewright::generate(&[source], &options)?;
//! let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?).join("twilio-flex");
//! cratewright::output::write(&generation.files, &out, &cratewright::output::WriteOptions::default())?;
//! # Ok(())
//! # }
//! ```

pub mod api;
pub mod assemble;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
mod config;
pub mod diagnostics;
pub mod diff;
pub mod document;
pub mod emit;
pub mod inspect;
pub mod lower;
pub mod markdown;
pub mod module_path;
pub mod names;
pub mod output;
pub mod package;
mod parallel;
mod pointer;
pub mod record;
mod selection;
pub mod source;
pub mod tree;
mod wire;
mod yaml;

use api::Api;
use assemble::{Crate, Part};
use diagnostics::{Diagnostic, Diagnostics};
use document::Places;
use module_path::ModulePath;
use record::{Packed, Record};
use selection::Selected;
use source::Source;
use std::collections::BTreeMap;
use tree::FileTree;

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
        }
    }
}

/// A crate, ready to be written.
#[derive(Debug)]
pub struct Generation {
    /// The files of the crate.
    pub files: FileTree,
    /// What the crate is made of, by where it stands; one description has the root of the crate to itself.
    pub apis: BTreeMap<ModulePath, Api>,
    /// What finds the places of its parts in the descriptions.
    pub places: BTreeMap<ModulePath, Places>,
    /// What the descriptions should mend and the crate can do without.
    pub warnings: Diagnostics,
}

/// Turns descriptions into a crate: one has the crate to itself, several stand in a module each.
///
/// # Errors
///
/// Returns every problem that was found before the stage that could not go on: text that is no YAML or JSON, a structure
/// that is no OpenAPI, references that lead nowhere, names of packages that cargo does not take, two APIs in one module.
pub fn generate(sources: &[Source], options: &Options) -> Result<Generation, Diagnostics> {
    let selected = read(sources, options)?;
    let parts = each(&selected, |one| {
        let (part, packed) = parallel::both(
            || part(one, sources.len(), options),
            || Packed::new(one.document.value()),
        );
        Ok((part?, packed))
    })?;
    let (parts, packed): (Vec<Part>, Vec<Packed>) = parts.into_iter().unzip();
    let Understood {
        krate,
        modules,
        places,
        warnings,
    } = understand(parts)?;
    let record = Record::new(&options.operations, modules.into_iter().zip(packed));
    let files = emit::emit(&krate, options)?.made_of(record);
    Ok(Generation {
        files,
        apis: krate.into_apis(),
        places,
        warnings,
    })
}

/// What descriptions come to, without the files.
#[derive(Debug)]
pub struct Analysis {
    /// What the crate would be made of, by where it stands; one description has the root of the crate to itself.
    pub apis: BTreeMap<ModulePath, Api>,
    /// What finds the places of its parts in the descriptions.
    pub places: BTreeMap<ModulePath, Places>,
    /// What the descriptions should mend and the crate can do without.
    pub warnings: Diagnostics,
}

/// Does what [`generate`] does, up to the files.
///
/// # Errors
///
/// Returns what [`generate`] returns.
pub fn analyse(sources: &[Source], options: &Options) -> Result<Analysis, Diagnostics> {
    let selected = read(sources, options)?;
    let Understood {
        krate,
        modules: _,
        places,
        warnings,
    } = understand(each(&selected, |one| part(one, sources.len(), options))?)?;
    Ok(Analysis {
        apis: krate.into_apis(),
        places,
        warnings,
    })
}

/// Reads the descriptions, and finds out which operations of each are asked for.
fn read<'s>(sources: &'s [Source], options: &Options) -> Result<Vec<Selected<'s>>, Diagnostics> {
    package::check_name(&options.package)?;
    package::check_version(&options.version)?;
    check_no_dependency(&options.package)?;
    if sources.is_empty() {
        let message = "there is no description to generate from";
        return Err(Diagnostic::failure("no-description", message).into());
    }
    let overlays = document::assign_overlays(sources, &options.overlays)?;
    let corrected: Vec<Corrected<'_>> = sources.iter().zip(overlays).map(Corrected).collect();
    let documents = each(&corrected, |Corrected((source, overlays))| {
        document::parse(source, overlays)
    })?;
    selection::select(sources, documents, &options.operations)
}

/// The descriptions, checked and put together.
struct Understood {
    krate: Crate,
    /// Where each of the descriptions stands, in their order.
    modules: Vec<ModulePath>,
    places: BTreeMap<ModulePath, Places>,
    warnings: Diagnostics,
}

fn understand(parts: Vec<Part>) -> Result<Understood, Diagnostics> {
    let places = parts
        .iter()
        .map(|part| (part.module.clone(), part.places.clone()));
    let places = places.collect();
    let modules = parts.iter().map(|part| part.module.clone()).collect();
    let (krate, warnings) = assemble::assemble(parts)?;
    Ok(Understood {
        krate,
        modules,
        places,
        warnings,
    })
}

/// A description, and the overlays for it.
struct Corrected<'s>((&'s Source, Vec<Source>));

impl AsRef<Source> for Corrected<'_> {
    fn as_ref(&self) -> &Source {
        let Self((source, _)) = self;
        source
    }
}

/// Takes one of the descriptions of a crate from its document to a checked API.
fn part(selected: &Selected<'_>, count: usize, options: &Options) -> Result<Part, Diagnostics> {
    let Selected {
        source,
        document,
        operations,
    } = selected;
    let options = Options {
        operations: operations.clone(),
        overlays: Vec::new(),
        package: options.package.clone(),
        version: options.version.clone(),
    };
    let said = document.warnings().iter().cloned();
    let (mut api, warnings) = lower::lower(document, &options).map_err(|problems| {
        said.clone()
            .chain(document.place(problems))
            .collect::<Diagnostics>()
    })?;
    api.notes = document.place_notes(std::mem::take(&mut api.notes));
    let warnings: Diagnostics = said.chain(document.place(warnings)).collect();
    let api = match check::check(api) {
        Ok(api) => api,
        // What was left out may be why nothing is left.
        Err(errors) => return Err(warnings.into_iter().chain(document.place(errors)).collect()),
    };
    Ok(Part {
        label: source.label().clone(),
        module: match source.module() {
            Some(module) => module.clone(),
            None if count == 1 => ModulePath::root(),
            None => lower::module_path(document),
        },
        api,
        places: document.places(),
        warnings,
    })
}

/// Runs a stage on each description; all of them have to come through.
fn each<S: AsRef<Source> + Sync, T: Send>(
    descriptions: &[S],
    stage: impl Fn(&S) -> Result<T, Diagnostics> + Sync,
) -> Result<Vec<T>, Diagnostics> {
    let results = parallel::map(descriptions, |description| {
        stage(description).map_err(|mut diagnostics| {
            diagnostics.set_file(description.as_ref().label());
            diagnostics
        })
    });
    let mut problems = Diagnostics::new();
    let results = results
        .into_iter()
        .filter_map(|result| problems.take(result))
        .collect();
    problems.propagate()?;
    Ok(results)
}

/// A package cannot depend on another of its own name.
fn check_no_dependency(package: &str) -> Result<(), Diagnostic> {
    if emit::dependencies()
        .any(|dependency| dependency.replace('-', "_") == package.replace('-', "_"))
    {
        let message = format!(
            "{package:?} cannot be the name of the package: the generated crate depends on `{package}`"
        );
        return Err(Diagnostic::failure("package-name", message)
            .help(format!("`{package}-client` would do")));
    }
    Ok(())
}
