//! From arguments or cratewright.toml to the crates to make.

use super::args::Selection;
use super::remote::{Pins, Reader};
use crate::base::diagnostics::{At, Diagnostic, Diagnostics};
use crate::base::source::{ReadError, Source, label};
use crate::config::{self, CrateConfig, Spec};
use crate::model::module_path::ModulePath;
use crate::model::package;
use crate::model::settings::Settings;
use crate::{Generation, Input, Options, generate};
use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A crate to make.
#[derive(Clone)]
pub(super) struct Job {
    pub crate_config: CrateConfig,
    /// The configuration that names it, if one does.
    pub config: Option<Arc<Source>>,
    pub reader: Reader,
}

/// Diagnostics, and the texts that they are about.
pub(super) struct Trouble {
    pub diagnostics: Diagnostics,
    pub sources: Vec<Source>,
}

impl<D: Into<Diagnostics>> From<D> for Trouble {
    fn from(diagnostics: D) -> Self {
        Self {
            diagnostics: diagnostics.into(),
            sources: Vec::new(),
        }
    }
}

/// Returns the crates that the arguments ask for; `out` is `None` for a command that writes none.
pub(super) fn select(
    selection: &Selection,
    out: Option<&Option<PathBuf>>,
    pins: Pins,
) -> Result<Vec<Job>, Trouble> {
    if selection.spec.is_empty() {
        configured(
            selection.config.as_deref(),
            selection.package.as_deref(),
            pins,
        )
    } else {
        Ok(vec![from_arguments(selection, out)?])
    }
}

/// Returns the crates of a configuration, or the one of that name.
pub(super) fn configured(
    config: Option<&Path>,
    package: Option<&str>,
    pins: Pins,
) -> Result<Vec<Job>, Trouble> {
    let path = match config {
        Some(path) => path.to_owned(),
        None => {
            let here = env::current_dir().map_err(|error| {
                let message = format!("cannot tell the current directory: {error}");
                Diagnostic::failure("io", message)
            })?;
            config::find(&here)?
        }
    };
    let source = Source::read(&path)?;
    let crates = config::read(&source, &path).map_err(|diagnostics| Trouble {
        diagnostics,
        sources: vec![source.clone()],
    })?;
    let reader = Reader::beside(&path, pins)?;
    let names: Vec<String> = crates
        .iter()
        .map(|config| format!("`{}`", config.package))
        .collect();
    let is_wanted = |config: &CrateConfig| package.is_none_or(|name| config.package == *name);
    let source = Arc::new(source);
    let jobs: Vec<Job> = crates
        .into_iter()
        .filter(is_wanted)
        .map(|crate_config| Job {
            crate_config,
            config: Some(Arc::clone(&source)),
            reader: reader.clone(),
        })
        .collect();
    match package {
        Some(name) if jobs.is_empty() => {
            let message = format!("`{}` names no crate {name:?}", source.label());
            Err(Diagnostic::failure("arguments", message)
                .help(format!("it names {}", names.join(", ")))
                .into())
        }
        _ => Ok(jobs),
    }
}

fn from_arguments(
    selection: &Selection,
    out: Option<&Option<PathBuf>>,
) -> Result<Job, Diagnostics> {
    let Selection {
        spec,
        package,
        crate_version,
        config: _,
        overlay,
        operations,
        deny_warnings: _,
    } = selection;
    let out = match out {
        Some(Some(out)) => Some(out.as_path()),
        Some(None) => {
            return Err(Diagnostic::failure(
                "arguments",
                "`--spec` needs `--out DIR`, the folder to write the crate to",
            )
            .into());
        }
        None => None,
    };
    let specs: Vec<Spec> = spec.iter().map(|spec| placed(spec)).collect();
    let version = crate_version.as_deref().unwrap_or(package::DEFAULT_VERSION);
    let mut diagnostics = Diagnostics::new();
    let package = diagnostics.take(match package {
        Some(name) => package::check_name(name).map(|()| name.clone()),
        None => default_name(out, &specs),
    });
    diagnostics.take(package::check_version(version));
    diagnostics.propagate()?;
    Ok(Job {
        crate_config: CrateConfig {
            package: package.unwrap_or_default(),
            version: version.to_owned(),
            out: out.unwrap_or(Path::new("")).to_owned(),
            specs,
            overlays: overlay.iter().map(|path| of_argument(path)).collect(),
            operations: operations.clone(),
            api: None,
            settings: Settings::default(),
            report: Vec::new(),
        },
        config: None,
        reader: Reader::new(),
    })
}

/// Reads `FILE` or `MODULE=FILE`; a file whose name has a `=` is meant where it is there.
fn placed(spec: &Path) -> Spec {
    let split = spec.to_str().and_then(|text| text.split_once('='));
    let placed = split.filter(|_| !spec.exists()).and_then(|(module, path)| {
        Some(Spec {
            input: of_argument(Path::new(path)),
            module: Some(ModulePath::parse(module).ok()?),
        })
    });
    placed.unwrap_or_else(|| Spec {
        input: of_argument(spec),
        module: None,
    })
}

/// A file that an argument names is at no place of a configuration.
fn of_argument(path: &Path) -> config::Input {
    config::Input {
        path: path.to_owned(),
        at: None,
    }
}

/// The name of the folder, or without one the name of the description, where cargo would take it.
fn default_name(out: Option<&Path>, specs: &[Spec]) -> Result<String, Diagnostic> {
    let named = match out {
        Some(out) => std::path::absolute(out)
            .ok()
            .and_then(|out| Some(out.file_name()?.to_owned())),
        None => specs
            .first()
            .and_then(|spec| spec.input.path.file_stem())
            .map(ToOwned::to_owned),
    };
    let name = named
        .and_then(|name| name.into_string().ok())
        .unwrap_or_default();
    match package::check_name(&name) {
        Ok(()) => Ok(name),
        // Where nothing is written, the name is only shown.
        Err(_) if out.is_none() => Ok("api".to_owned()),
        Err(fault) => {
            let name = package::suggestion(&name).unwrap_or_else(|| "NAME".to_owned());
            Err(fault.help(format!("name the package with `--package {name}`")))
        }
    }
}

/// The inputs of descriptions, in the order of their sources.
fn inputs<'s>(specs: &[Spec], sources: &'s [Source]) -> Vec<Input<'s>> {
    let inputs = specs.iter().zip(sources).map(|(spec, source)| {
        let input = Input::new(source);
        match &spec.module {
            Some(module) => input.in_module(module.clone()),
            None => input,
        }
    });
    inputs.collect()
}

impl Job {
    /// Returns the job for another version of the crate.
    pub(super) fn with_version(&self, version: &str) -> Self {
        let mut job = self.clone();
        version.clone_into(&mut job.crate_config.version);
        job
    }

    /// Runs the pipeline; the sources come back with what came of them.
    pub(super) fn run(&self) -> Result<(Generation, Vec<Source>), Trouble> {
        self.run_with(&|path| self.reader.read(path))
    }

    /// Runs the pipeline on files that are read in another way.
    pub(super) fn run_with(
        &self,
        read_file: &dyn Fn(&Path) -> Result<Source, ReadError>,
    ) -> Result<(Generation, Vec<Source>), Trouble> {
        let CrateConfig {
            package,
            version,
            out: _,
            specs,
            overlays,
            operations,
            api: _,
            settings,
            report: _,
        } = &self.crate_config;
        let read = |input: &config::Input| {
            read_file(&input.path).map_err(|fault| self.unreadable(input, fault))
        };
        let mut diagnostics = Diagnostics::new();
        let sources: Vec<Source> = specs
            .iter()
            .filter_map(|spec| diagnostics.take(read(&spec.input)))
            .collect();
        let overlays: Vec<Source> = overlays
            .iter()
            .filter_map(|overlay| diagnostics.take(read(overlay)))
            .collect();
        diagnostics.propagate()?;
        let options = Options {
            package: package.clone(),
            version: version.clone(),
            operations: operations.clone(),
            overlays,
            settings: settings.clone(),
        };
        match generate(inputs(specs, &sources), &options) {
            Ok(generation) => Ok((generation, sources)),
            Err(diagnostics) => Err(Trouble {
                diagnostics,
                sources,
            }),
        }
    }

    /// Places what is wrong with a file where the configuration names it.
    fn unreadable(&self, input: &config::Input, fault: ReadError) -> Diagnostic {
        let fault = Diagnostic::from(fault);
        match (&self.config, input.at) {
            (Some(config), Some((line, column))) => Diagnostic {
                at: At::Position { line, column },
                ..fault.in_source(config)
            },
            _ => fault.in_file(label(&input.path)),
        }
    }

    /// Returns the files that must not be beside the generated ones.
    pub(super) fn inputs(&self) -> Vec<&Path> {
        let CrateConfig {
            specs, overlays, ..
        } = &self.crate_config;
        let config = self.config.as_ref().and_then(|config| config.path());
        specs
            .iter()
            .map(|spec| &spec.input)
            .chain(overlays)
            .map(|input| input.path.as_path())
            .chain(config)
            .collect()
    }
}
