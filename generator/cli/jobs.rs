//! From arguments or cratewright.toml to the crates to make.

use super::args::Selection;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::source::Source;
use crate::config::{self, CrateConfig, FILE_NAME, Spec};
use crate::model::module_path::ModulePath;
use crate::model::package;
use crate::{Generation, Input, Options, generate};
use std::path::{Path, PathBuf};

/// A crate to make.
#[derive(Clone)]
pub(super) struct Job {
    pub crate_config: CrateConfig,
    /// The configuration that names it, if one does.
    pub config_path: Option<PathBuf>,
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
) -> Result<Vec<Job>, Trouble> {
    if selection.spec.is_empty() {
        configured(selection)
    } else {
        Ok(vec![from_arguments(selection, out)?])
    }
}

fn configured(selection: &Selection) -> Result<Vec<Job>, Trouble> {
    let path = selection.config.as_deref().unwrap_or(Path::new(FILE_NAME));
    if selection.config.is_none() && !path.exists() {
        return Err(Diagnostic::failure("arguments", format!("there is no {FILE_NAME} in the current directory"))
            .help("name a description with `--spec FILE --out DIR`, or a configuration with `--config FILE`")
            .into());
    }
    let source = Source::read(path)?;
    let crates = config::read(&source, path).map_err(|diagnostics| Trouble {
        diagnostics,
        sources: vec![source],
    })?;
    let names: Vec<String> = crates
        .iter()
        .map(|config| format!("`{}`", config.package))
        .collect();
    let is_wanted = |config: &CrateConfig| {
        selection
            .package
            .as_ref()
            .is_none_or(|name| config.package == *name)
    };
    let jobs: Vec<Job> = crates
        .into_iter()
        .filter(is_wanted)
        .map(|crate_config| Job {
            crate_config,
            config_path: Some(path.to_owned()),
        })
        .collect();
    match &selection.package {
        Some(name) if jobs.is_empty() => {
            let message = format!("`{}` names no crate {name:?}", path.display());
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
            overlays: overlay.clone(),
            operations: operations.clone(),
            report: Vec::new(),
        },
        config_path: None,
    })
}

/// Reads `FILE` or `MODULE=FILE`; a file whose name has a `=` is meant where it is there.
fn placed(spec: &Path) -> Spec {
    let split = spec.to_str().and_then(|text| text.split_once('='));
    let placed = split.filter(|_| !spec.exists()).and_then(|(module, path)| {
        Some(Spec {
            path: PathBuf::from(path),
            module: Some(ModulePath::parse(module).ok()?),
        })
    });
    placed.unwrap_or_else(|| Spec {
        path: spec.to_owned(),
        module: None,
    })
}

/// The name of the folder, or without one the name of the description, where cargo would take it.
fn default_name(out: Option<&Path>, specs: &[Spec]) -> Result<String, Diagnostic> {
    let named = match out {
        Some(out) => std::path::absolute(out)
            .ok()
            .and_then(|out| Some(out.file_name()?.to_owned())),
        None => specs
            .first()
            .and_then(|spec| spec.path.file_stem())
            .map(ToOwned::to_owned),
    };
    let name = named
        .and_then(|name| name.into_string().ok())
        .unwrap_or_default();
    match package::check_name(&name) {
        Ok(()) => Ok(name),
        // Where nothing is written, the name is only shown.
        Err(_) if out.is_none() => Ok("api".to_owned()),
        Err(fault) => Err(fault.help("name the package with `--package NAME`")),
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
        self.run_with(&|path| Ok(Source::read(path)?))
    }

    /// Runs the pipeline on files that are read in another way.
    pub(super) fn run_with(
        &self,
        read_file: &dyn Fn(&Path) -> Result<Source, Diagnostic>,
    ) -> Result<(Generation, Vec<Source>), Trouble> {
        let CrateConfig {
            package,
            version,
            out: _,
            specs,
            overlays,
            operations,
            report: _,
        } = &self.crate_config;
        let mut diagnostics = Diagnostics::new();
        let sources: Vec<Source> = specs
            .iter()
            .filter_map(|spec| diagnostics.take(read_file(&spec.path)))
            .collect();
        let overlays: Vec<Source> = overlays
            .iter()
            .filter_map(|overlay| diagnostics.take(read_file(overlay)))
            .collect();
        diagnostics.propagate()?;
        let options = Options {
            package: package.clone(),
            version: version.clone(),
            operations: operations.clone(),
            overlays,
        };
        match generate(inputs(specs, &sources), &options) {
            Ok(generation) => Ok((generation, sources)),
            Err(diagnostics) => Err(Trouble {
                diagnostics,
                sources,
            }),
        }
    }

    /// Returns the files that must not stand beside the generated ones.
    pub(super) fn inputs(&self) -> Vec<&Path> {
        let CrateConfig {
            specs, overlays, ..
        } = &self.crate_config;
        specs
            .iter()
            .map(|spec| &spec.path)
            .chain(overlays)
            .chain(&self.config_path)
            .map(PathBuf::as_path)
            .collect()
    }
}
