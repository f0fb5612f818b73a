//! cratewright.toml: which description makes which crate, and how.

#[cfg(feature = "cli")]
mod edit;
#[cfg(feature = "cli")]
mod find;
mod keys;
mod report;
#[cfg(feature = "cli")]
mod schema;
mod shape;
mod spec;
mod table;

#[cfg(feature = "cli")]
pub(crate) use edit::with_version;
#[cfg(feature = "cli")]
pub(crate) use find::{FILE_NAME, find};
#[cfg(feature = "cli")]
pub(crate) use schema::schema;

use crate::base::diagnostics::{At, Diagnostic, Diagnostics};
use crate::base::source::{Source, is_url};
use crate::model::module_path::ModulePath;
use crate::model::package;
use crate::model::settings::{Enums, Key, Matchers, Renames, RustPath, Selection, Settings};
use crate::report::diff::ReportRule;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use table::{Entry, File, Picks, Rename, Types};
use toml::Spanned;
use toml::de::DeTable;

/// One `[[crate]]`; its paths are relative to the current directory, as those of arguments are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CrateConfig {
    pub package: String,
    pub version: String,
    pub out: PathBuf,
    pub specs: Vec<Spec>,
    pub overlays: Vec<Input>,
    /// Operation ids; empty means all.
    pub operations: Vec<String>,
    /// The file that the public API is written to.
    pub api: Option<PathBuf>,
    pub settings: Settings,
    /// What the project decides about changes of the descriptions.
    pub report: Vec<ReportRule>,
}

/// A description, and where its API is in the crate, if someone named a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    pub input: Input,
    pub module: Option<ModulePath>,
}

/// A file to read, and where the configuration names it, if it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    pub path: PathBuf,
    /// The line and the column.
    pub at: Option<(usize, usize)>,
}

/// Reads a configuration; the diagnostics are about that source.
pub(crate) fn read(source: &Source, path: &Path) -> Result<Vec<CrateConfig>, Diagnostics> {
    let syntax = |error: toml::de::Error| {
        let fault = Diagnostic::failure("config", error.message().trim_end());
        Diagnostics::from(placed(source, error.span(), fault))
    };
    let document = DeTable::parse(source.text()).map_err(syntax)?;
    let mut faults = Vec::new();
    let nowhere = 0..0;
    shape::check_table(document.get_ref(), keys::FILE, "", &nowhere, &mut faults);
    faults.sort_by_key(|(span, _)| span.start);
    let mut faults: Diagnostics = faults
        .into_iter()
        .map(|(span, fault)| placed(source, (span != nowhere).then_some(span), fault))
        .collect();
    faults.propagate()?;
    let file: File = toml::from_str(source.text()).map_err(syntax)?;
    let mut reader = Reader {
        source,
        shared: Arc::new(source.clone()),
        folder: path.parent().unwrap_or(Path::new("")),
        crates: BTreeSet::new(),
        diagnostics: Diagnostics::new(),
    };
    if file.crates.is_empty() {
        let fault = Diagnostic::failure("config", "there is no `[[crate]]` in it");
        reader.complain(None, fault.help(keys::EXAMPLE));
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

struct Reader<'a> {
    source: &'a Source,
    shared: Arc<Source>,
    /// The folder that the paths are relative to.
    folder: &'a Path,
    /// The dependencies that are stated for the crate, as Rust writes their names.
    crates: BTreeSet<String>,
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
            tags,
            paths,
            exclude,
            overlays,
            types,
            derives,
            rename,
            enums,
            of_enum,
            api,
            features,
            manifest,
            dependencies,
            paging,
            stream_ends,
            media_types,
            report,
        } = entry;
        let named = dependencies.keys().map(Spanned::get_ref);
        self.crates = named.map(|name| name.replace('-', "_")).collect();
        let report = self.rules(report);
        self.check(&package, version.as_ref(), &spec);
        let include = Picks {
            operations,
            tags,
            paths,
        };
        let Types { formats, schemas } = types;
        let settings = Settings {
            source: Some(Arc::clone(&self.shared)),
            selection: Selection {
                include: self.matchers(include),
                exclude: self.matchers(exclude),
            },
            formats: self.types(formats),
            schemas: self.types(schemas),
            derives: derives
                .into_iter()
                .map(|(name, list)| (self.key(&name), self.rust_paths(&list)))
                .collect(),
            renames: self.renames(rename),
            enums: Enums {
                default: enums.unwrap_or_default(),
                schemas: self.keyed(of_enum),
            },
            features: features.unwrap_or_default(),
            manifest: in_toml(manifest),
            dependencies: self.dependencies(dependencies),
            paging: self.keyed(paging),
            stream_ends: self.keyed(stream_ends),
            media_types: media_types.iter().map(|name| self.key(name)).collect(),
        };
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
                .map(|path| self.input("overlays", path.span(), path.as_ref()))
                .collect(),
            operations: Vec::new(),
            api: api.map(|api| self.path("api", api.span(), api.as_ref())),
            settings,
            report,
        }
    }

    /// Checks the name and the version of a package, and that it has a description.
    fn check(
        &mut self,
        package: &Spanned<String>,
        version: Option<&Spanned<String>>,
        spec: &Spanned<spec::Specs>,
    ) {
        if let Err(fault) = package::check_name(package.as_ref()) {
            self.complain(Some(package.span()), fault);
        }
        if let Some(version) = version
            && let Err(fault) = package::check_version(version.as_ref())
        {
            self.complain(Some(version.span()), fault);
        }
        if spec.as_ref().0.is_empty() {
            let fault = Diagnostic::failure("config", "`spec` names no file");
            self.complain(Some(spec.span()), fault);
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
            input: self.input("spec", span.clone(), path),
            module: module.unwrap_or_else(|fault| {
                self.complain(Some(span), fault);
                None
            }),
        }
    }

    fn input(&mut self, key: &str, span: Range<usize>, path: &str) -> Input {
        Input {
            at: Some(self.source.line_column(span.start)),
            path: self.path(key, span, path),
        }
    }

    fn path(&mut self, key: &str, span: Range<usize>, path: &str) -> PathBuf {
        if path.is_empty() {
            let fault = Diagnostic::failure("config", format!("`{key}` is an empty path"));
            self.complain(Some(span), fault);
        }
        if is_url(path) {
            return PathBuf::from(path);
        }
        self.folder.join(path)
    }

    fn matchers(&self, picks: Picks) -> Matchers {
        let Picks {
            operations,
            tags,
            paths,
        } = picks;
        let keys = |names: Vec<Spanned<String>>| names.iter().map(|name| self.key(name)).collect();
        Matchers {
            operations: keys(operations),
            tags: keys(tags),
            paths: keys(paths),
        }
    }

    fn types(&mut self, types: table::Named<Spanned<String>>) -> BTreeMap<Key, RustPath> {
        let mut read = BTreeMap::new();
        for (name, path) in types {
            let key = self.key(&name);
            read.extend(self.rust_path(&path).map(|path| (key, path)));
        }
        read
    }

    fn rust_paths(&mut self, list: &[Spanned<String>]) -> Vec<RustPath> {
        let list = list.iter();
        list.filter_map(|path| self.rust_path(path)).collect()
    }

    fn rust_path(&mut self, path: &Spanned<String>) -> Option<RustPath> {
        match RustPath::parse(path.as_ref()) {
            Ok(read) => {
                if let Some(missing) = read.krate().filter(|name| !self.is_known(name)) {
                    let message = format!("`{missing}` is not among the dependencies of the crate");
                    let help = "add it to `[crate.dependencies]`, with its version";
                    let fault = Diagnostic::failure("config", message).help(help);
                    self.complain(Some(path.span()), fault);
                }
                Some(read)
            }
            Err(reason) => {
                let fault = Diagnostic::failure("config", reason);
                let help = "a path of Rust looks like `uuid::Uuid`";
                self.complain(Some(path.span()), fault.help(help));
                None
            }
        }
    }

    /// Whether paths of the generated crate may begin with a name.
    fn is_known(&self, name: &str) -> bool {
        const OWN: [&str; 13] = [
            "alloc",
            "bytes",
            "chrono",
            "core",
            "crate",
            "futures_core",
            "http",
            "self",
            "serde",
            "serde_json",
            "std",
            "super",
            "uuid",
        ];
        OWN.contains(&name) || self.crates.contains(name)
    }

    fn renames(&mut self, rename: Rename) -> Renames {
        let Rename {
            types,
            fields,
            operations,
            modules,
        } = rename;
        Renames {
            types: self.names(types),
            fields: fields
                .into_iter()
                .map(|(schema, names)| (self.key(&schema), self.names(names)))
                .collect(),
            operations: self.names(operations),
            modules: self.names(modules),
        }
    }

    /// Checks names that the user chose: what is no identifier would be spelled in another way.
    fn names(&mut self, names: table::Named<Spanned<String>>) -> BTreeMap<Key, String> {
        let mut read = BTreeMap::new();
        for (key, name) in names {
            if syn::parse_str::<syn::Ident>(name.as_ref()).is_err() {
                let message = format!("`{}` is not a valid name in Rust", name.as_ref());
                self.complain(Some(name.span()), Diagnostic::failure("config", message));
            }
            read.insert(self.key(&key), name.into_inner());
        }
        read
    }

    /// Checks dependencies for what cargo would refuse, and writes each as TOML has it on one line.
    fn dependencies(&mut self, table: table::Named<toml::Value>) -> BTreeMap<String, String> {
        let mut read = BTreeMap::new();
        for (name, value) in table {
            if let Some(reason) = dependency_fault(name.as_ref(), &value) {
                let message = format!("`{}` is no dependency: {reason}", name.as_ref());
                let help = "a dependency looks like `jiff = \"0.2\"` or `jiff = { version = \"0.2\", features = [\"serde\"] }`";
                let fault = Diagnostic::failure("config", message).help(help);
                self.complain(Some(name.span()), fault);
            }
            read.insert(name.into_inner(), value.to_string());
        }
        read
    }

    fn keyed<T>(&self, map: table::Named<T>) -> BTreeMap<Key, T> {
        let map = map.into_iter();
        map.map(|(name, value)| (self.key(&name), value)).collect()
    }

    fn key(&self, name: &Spanned<String>) -> Key {
        Key {
            text: name.get_ref().clone(),
            at: Some(self.source.line_column(name.span().start)),
        }
    }

    fn unique<'b>(&mut self, key: &str, values: impl Iterator<Item = &'b Spanned<String>>) {
        let mut seen = BTreeMap::new();
        for value in values {
            let normal = without_detours(value.as_ref());
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

/// Returns a path without `.`, `..` and doubled slashes, as far as its text says where it leads.
fn without_detours(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    root.to_owned() + &kept.join("/")
}

/// Returns why cargo takes no dependency of this name and value.
fn dependency_fault(name: &str, value: &toml::Value) -> Option<String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !is_name {
        return Some("only ASCII letters, digits, `-` and `_` are allowed in a name".to_owned());
    }
    let version = match value {
        toml::Value::Table(table) => {
            let has = |key| table.contains_key(key);
            if !["version", "path", "git", "workspace"].into_iter().any(has) {
                return Some("it has no `version`, `path` or `git`".to_owned());
            }
            table.get("version")?
        }
        value => value,
    };
    let Some(text) = version.as_str() else {
        return Some(format!("its version is not a string but `{version}`"));
    };
    let error = semver::VersionReq::parse(text).err()?;
    Some(format!("{text:?} is not a version: {error}"))
}

/// Writes each value as TOML has it on one line.
fn in_toml(table: BTreeMap<String, toml::Value>) -> BTreeMap<String, String> {
    let table = table.into_iter();
    table.map(|(key, value)| (key, value.to_string())).collect()
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

#[cfg(test)]
mod tests {
    use super::without_detours;

    #[test]
    fn two_spellings_of_a_folder_are_one() {
        for path in ["a/b", "./a//b/", "a/c/../b", "c/../a/./b"] {
            assert_eq!(without_detours(path), "a/b", "{path}");
        }
        assert_eq!(without_detours("../../a"), "../../a");
        assert_eq!(without_detours("/a/../b"), "/b");
        assert_eq!(without_detours("."), "");
    }
}
