//! cratewright.toml: which description makes which crate.

mod report;
mod spec;

use crate::base::diagnostics::{At, Diagnostic, Diagnostics};
use crate::base::source::Source;
use crate::model::module_path::ModulePath;
use crate::model::package;
use crate::report::diff::ReportRule;
use spec::Specs;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The name that is looked for in the current directory.
pub(crate) const FILE_NAME: &str = "cratewright.toml";

/// One `[[crate]]`; its paths are relative to the current directory, as those of arguments are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CrateConfig {
    pub package: String,
    pub version: String,
    pub out: PathBuf,
    pub specs: Vec<Spec>,
    pub overlays: Vec<PathBuf>,
    /// Operation ids; empty means all.
    pub operations: Vec<String>,
    /// What the project decides about changes of the descriptions.
    pub report: Vec<ReportRule>,
}

/// A description, and where its API stands in the crate, if someone said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    pub path: PathBuf,
    pub module: Option<ModulePath>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "crate", default)]
    crates: Vec<Entry>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    package: Spanned<String>,
    out: Spanned<String>,
    spec: Spanned<Specs>,
    version: Option<Spanned<String>>,
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    overlays: Vec<Spanned<String>>,
    #[serde(default)]
    report: Vec<report::Entry>,
}

/// Reads a configuration; the diagnostics are about that source.
pub(crate) fn read(source: &Source, path: &Path) -> Result<Vec<CrateConfig>, Diagnostics> {
    let file: File = toml::from_str(source.text()).map_err(|error| {
        placed(
            source,
            error.span(),
            Diagnostic::failure("config", error.message().trim_end()),
        )
    })?;
    let mut reader = Reader {
        source,
        folder: path.parent().unwrap_or(Path::new("")),
        diagnostics: Diagnostics::new(),
    };
    if file.crates.is_empty() {
        reader.complain(
            None,
            Diagnostic::failure("config", "there is no `[[crate]]` in it").help(EXAMPLE),
        );
    }
    reader.unique("package", file.crates.iter().map(|entry| &entry.package));
    reader.unique("out", file.crates.iter().map(|entry| &entry.out));
    let crates = file
        .crates
        .into_iter()
        .map(|entry| reader.entry(entry))
        .collect();
    reader.diagnostics.propagate()?;
    Ok(crates)
}

/// Returns the text of a configuration in which a crate has another version, and everything else stays as it is.
pub(crate) fn with_version(
    source: &Source,
    package: &str,
    version: &str,
) -> Result<String, Diagnostic> {
    let text = source.text();
    let changed =
        || Diagnostic::failure("config", format!("`{}` changed meanwhile", source.label()));
    let file: File = toml::from_str(text).map_err(|_| changed())?;
    let mut entries = file.crates.into_iter();
    let entry = entries.find(|entry| entry.package.as_ref() == package);
    let entry = entry.ok_or_else(changed)?;
    Ok(match entry.version {
        Some(known) => {
            let Range { start, end } = known.span();
            format!("{}\"{version}\"{}", &text[..start], &text[end..])
        }
        None => {
            let end = entry.package.span().end;
            let line_end = text[end..]
                .find('\n')
                .map_or(text.len(), |newline| end + newline);
            format!(
                "{}\nversion = \"{version}\"{}",
                &text[..line_end],
                &text[line_end..]
            )
        }
    })
}

/// What a minimal configuration looks like.
pub(crate) const EXAMPLE: &str = "\
a crate is named like this:
[[crate]]
package = \"twilio-flex\"
out = \"generated\"
spec = \"spec/flex.yaml\"";

struct Reader<'a> {
    source: &'a Source,
    /// The folder that the paths are relative to.
    folder: &'a Path,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn entry(&mut self, entry: Entry) -> CrateConfig {
        let Entry {
            package,
            out,
            spec,
            version,
            operations,
            overlays,
            report,
        } = entry;
        let report = self.rules(report);
        if let Err(fault) = package::check_name(package.as_ref()) {
            self.complain(Some(package.span()), fault);
        }
        if let Some(version) = &version
            && let Err(fault) = package::check_version(version.as_ref())
        {
            self.complain(Some(version.span()), fault);
        }
        if spec.as_ref().0.is_empty() {
            self.complain(
                Some(spec.span()),
                Diagnostic::failure("config", "`spec` names no file"),
            );
        }
        CrateConfig {
            package: package.into_inner(),
            version: version
                .map_or_else(|| package::DEFAULT_VERSION.to_owned(), Spanned::into_inner),
            out: self.path("out", out.span(), out.as_ref()),
            specs: spec
                .as_ref()
                .0
                .iter()
                .map(|one| self.spec(one, spec.span()))
                .collect(),
            overlays: overlays
                .iter()
                .map(|path| self.path("overlays", path.span(), path.as_ref()))
                .collect(),
            operations,
            report,
        }
    }

    fn rules(&mut self, entries: Vec<report::Entry>) -> Vec<ReportRule> {
        let mut rules = Vec::new();
        for entry in entries {
            match report::rule(entry) {
                Ok(rule) => rules.push(rule),
                Err((span, fault)) => self.complain(Some(span), fault),
            }
        }
        rules
    }

    fn spec(&mut self, entry: &spec::Entry, whole: Range<usize>) -> Spec {
        let spec::Entry { path, module, span } = entry;
        let span = span.clone().unwrap_or(whole);
        let module = module.as_deref().map(ModulePath::parse).transpose();
        Spec {
            path: self.path("spec", span.clone(), path),
            module: module.unwrap_or_else(|fault| {
                self.complain(Some(span), fault);
                None
            }),
        }
    }

    fn path(&mut self, key: &str, span: Range<usize>, path: &str) -> PathBuf {
        if path.is_empty() {
            self.complain(
                Some(span),
                Diagnostic::failure("config", format!("`{key}` is an empty path")),
            );
        }
        self.folder.join(path)
    }

    fn unique<'b>(&mut self, key: &str, values: impl Iterator<Item = &'b Spanned<String>>) {
        let mut seen = BTreeMap::new();
        for value in values {
            let normal = value
                .as_ref()
                .trim_start_matches("./")
                .trim_end_matches('/');
            if let Some(first) = seen.insert(normal, value.span()) {
                let (line, _) = self.source.line_column(first.start);
                let message = format!("another crate, on line {line}, has the same `{key}`");
                self.complain(Some(value.span()), Diagnostic::failure("config", message));
            }
        }
    }

    fn complain(&mut self, span: Option<Range<usize>>, fault: Diagnostic) {
        self.diagnostics.push(placed(self.source, span, fault));
    }
}

fn placed(source: &Source, span: Option<Range<usize>>, fault: Diagnostic) -> Diagnostic {
    let fault = fault.in_file(source.label().clone());
    match span {
        Some(span) => {
            let (line, column) = source.line_column(span.start);
            Diagnostic {
                at: At::Position { line, column },
                ..fault
            }
        }
        None => fault,
    }
}
