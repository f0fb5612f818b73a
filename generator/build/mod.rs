//! From a build script: a description to a module of the crate that is built.
//!
//! ```no_run
//! // In `main` of build.rs:
//! cratewright::build::Builder::new("harbour.yaml").generate();
//! ```
//!
//! ```ignore
//! // src/lib.rs
//! pub mod harbour {
//!     include!(concat!(env!("OUT_DIR"), "/harbour/mod.rs"));
//! }
//! ```
//!
//! docs/build-script.md explains it, and compares it with other generators.

mod dependencies;
mod module;

use crate::base::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::base::source::{Source, label};
use crate::config::{self, CrateConfig};
use crate::input::document::Places;
use crate::model::settings::Settings;
use crate::output::{self, FileTree, WriteOptions};
use crate::{Generation, Input, Options, generate};
pub use dependencies::dependencies;
pub(crate) use dependencies::enabled;
use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process;

/// Generates a module from descriptions.
///
/// Paths are relative to the folder of the package, which is the current directory of a build script.
#[derive(Debug, Clone)]
pub struct Builder {
    specs: Vec<PathBuf>,
    overlays: Vec<PathBuf>,
    config: Option<PathBuf>,
    module: Option<String>,
    /// The features of the generated code; none for those that a crate has by default.
    features: Option<Vec<String>>,
    settings: Settings,
    folder: Option<PathBuf>,
}

/// What stopped a build.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The texts that it is about.
    pub sources: Vec<Source>,
}

impl<D: Into<Diagnostics>> From<D> for Failure {
    fn from(diagnostics: D) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            sources: Vec::new(),
        }
    }
}

impl Builder {
    /// Generates from a description; the module is called after the file.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            specs: vec![spec.into()],
            overlays: Vec::new(),
            config: None,
            module: None,
            features: None,
            settings: Settings::default(),
            folder: None,
        }
    }

    /// Generates as the first `[[crate]]` of a cratewright.toml says; its `out` and `version` are of no account.
    #[must_use]
    pub fn from_config(config: impl Into<PathBuf>) -> Self {
        Self {
            specs: Vec::new(),
            config: Some(config.into()),
            ..Self::new("")
        }
    }

    /// Adds a description: several are modules of the module.
    #[must_use]
    pub fn spec(mut self, spec: impl Into<PathBuf>) -> Self {
        self.specs.push(spec.into());
        self
    }

    /// Adds a file of corrections, an OpenAPI Overlay.
    #[must_use]
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.overlays.push(overlay.into());
        self
    }

    /// Names the module, which is that of the folder in `OUT_DIR`.
    #[must_use]
    pub fn module(self, module: impl Into<String>) -> Self {
        Self {
            module: Some(module.into()),
            ..self
        }
    }

    /// Chooses the features of the generated code, `client` unless others are named. They are on whatever features the package
    /// itself has; code of several descriptions has all of them.
    #[must_use]
    pub fn features<F: Into<String>>(self, features: impl IntoIterator<Item = F>) -> Self {
        Self {
            features: Some(features.into_iter().map(Into::into).collect()),
            ..self
        }
    }

    /// Decides about types, names and operations.
    #[must_use]
    pub fn settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Writes the module into a folder instead of `OUT_DIR`, for a module that is committed.
    #[must_use]
    pub fn folder(self, folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Some(folder.into()),
            ..self
        }
    }

    /// Generates, and tells cargo what to watch, what to warn of, and which features are on; what is wrong with the
    /// descriptions ends the build script, with a readable text.
    pub fn generate(self) {
        if let Err(Failure {
            diagnostics,
            sources,
        }) = self.try_generate()
        {
            for diagnostic in &diagnostics {
                println!("cargo::error={}", one_line(&diagnostic.to_string()));
            }
            eprintln!("{}", diagnostics.render(&sources, false));
            process::exit(1);
        }
    }

    /// Does what [`Builder::generate`] does, and returns what is wrong.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the descriptions, the configuration or the Cargo.toml of the package.
    pub fn try_generate(self) -> Result<(), Failure> {
        let job = self.job()?;
        let Job {
            specs,
            overlays,
            mut options,
            config,
        } = job;
        let sources = read(&specs)?;
        options.overlays = read(&overlays)?;
        let watched: BTreeSet<PathBuf> = specs
            .iter()
            .chain(&overlays)
            .cloned()
            .chain(config)
            .collect();
        let generation = generate(sources.iter().map(Input::new), &options);
        let generation = generation.map_err(|diagnostics| Failure {
            diagnostics,
            sources: sources.clone(),
        })?;
        let features = enabled(&generation.files, self.features.as_deref());
        print!("{}", instructions(&generation, watched, &features));
        let module = self.module_name(&specs);
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => PathBuf::from(variable("OUT_DIR")?).join(&module),
        };
        check_dependencies(&generation, &features)?;
        let files = FileTree::from_files(module::files(&generation.files))?;
        // What is in OUT_DIR is nobody's but the build script's.
        let options = WriteOptions {
            force: self.folder.is_none(),
            dry_run: false,
        };
        output::write(&files, &folder, &options)?;
        Ok(())
    }

    fn job(&self) -> Result<Job, Failure> {
        let package = env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "client".to_owned());
        let Some(path) = &self.config else {
            return Ok(Job {
                specs: self.specs.clone(),
                overlays: self.overlays.clone(),
                options: Options {
                    settings: self.settings.clone(),
                    ..Options::new(package, crate::model::package::DEFAULT_VERSION)
                },
                config: None,
            });
        };
        let source = Source::read(path)?;
        let crates = config::read(&source, path).map_err(|diagnostics| Failure {
            diagnostics,
            sources: vec![source.clone()],
        })?;
        let Some(CrateConfig {
            specs,
            overlays,
            settings,
            ..
        }) = crates.into_iter().next()
        else {
            let message = format!("`{}` has no `[[crate]]`", label(path));
            return Err(Diagnostic::failure("config", message).into());
        };
        Ok(Job {
            specs: specs.into_iter().map(|spec| spec.input.path).collect(),
            overlays: overlays.into_iter().map(|overlay| overlay.path).collect(),
            options: Options {
                settings,
                ..Options::new(package, crate::model::package::DEFAULT_VERSION)
            },
            config: Some(path.clone()),
        })
    }

    fn module_name(&self, specs: &[PathBuf]) -> String {
        let stem = specs.first().and_then(|spec| spec.file_stem());
        let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
        self.module
            .clone()
            .or(stem)
            .unwrap_or_else(|| "client".to_owned())
    }
}

/// What to generate.
struct Job {
    specs: Vec<PathBuf>,
    overlays: Vec<PathBuf>,
    options: Options,
    config: Option<PathBuf>,
}

fn read(paths: &[PathBuf]) -> Result<Vec<Source>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let sources = paths.iter().map(|path| Source::read(path));
    let sources: Vec<Source> = sources.filter_map(|source| problems.take(source)).collect();
    problems.propagate()?;
    Ok(sources)
}

fn variable(name: &str) -> Result<String, Diagnostic> {
    env::var(name).map_err(|_| {
        let message = format!("`{name}` is not set: this is for a build script, which cargo runs");
        Diagnostic::failure("arguments", message)
            .help("name a folder with `Builder::folder` to generate from another program")
    })
}

/// Returns what cargo is told: files to watch, warnings, and features of the generated code.
fn instructions(
    generation: &Generation,
    mut watched: BTreeSet<PathBuf>,
    features: &[String],
) -> String {
    let files = generation.analysis.places.values().flat_map(Places::files);
    watched.extend(files.filter_map(Source::path).map(Path::to_owned));
    let mut text = String::new();
    for path in &watched {
        let _ = writeln!(text, "cargo::rerun-if-changed={}", path.display());
    }
    let warnings = generation.analysis.warnings.iter();
    for warning in warnings.filter(|one| one.severity == Severity::Warning) {
        let _ = writeln!(text, "cargo::warning={}", one_line(&warning.to_string()));
    }
    let known = dependencies::features(&generation.files);
    let values: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
    let _ = writeln!(
        text,
        "cargo::rustc-check-cfg=cfg(feature, values({}))",
        values.join(", ")
    );
    for feature in features {
        let _ = writeln!(text, "cargo::rustc-cfg=feature=\"{feature}\"");
    }
    text
}

/// Refuses a package whose manifest lacks a crate that the generated code uses.
fn check_dependencies(generation: &Generation, features: &[String]) -> Result<(), Diagnostic> {
    let Some(folder) = env::var_os("CARGO_MANIFEST_DIR") else {
        return Ok(());
    };
    let path = PathBuf::from(folder).join("Cargo.toml");
    let Ok(source) = Source::read(&path) else {
        return Ok(());
    };
    println!("cargo::rerun-if-changed=Cargo.toml");
    let missing = dependencies::missing(&generation.files, features, source.text());
    if missing.is_empty() {
        return Ok(());
    }
    let message = "Cargo.toml lacks dependencies of the generated code";
    Err(Diagnostic::failure("dependencies", message)
        .in_file("Cargo.toml")
        .help(format!("add these lines:\n\n[dependencies]\n{missing}")))
}

fn one_line(text: &str) -> String {
    text.split('\n').collect::<Vec<_>>().join("  ")
}
