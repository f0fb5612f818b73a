//! What may stand in the `[package]` section of a generated crate.

use crate::base::diagnostics::Diagnostic;
use crate::model::reserved::dependencies;
use crate::model::settings::Settings;
use std::collections::BTreeMap;

/// Rust's keywords, reserved ones included: no crate can be named by one.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Crates that come with Rust, and `test`, which cargo's own test harness is called.
const STANDARD: [&str; 6] = ["alloc", "core", "proc_macro", "proc-macro", "std", "test"];

/// The version of a crate for which nobody names one.
pub const DEFAULT_VERSION: &str = "0.1.0";

/// crates.io's limit.
const LENGTH_LIMIT: usize = 64;

/// The `[package]` section of a crate: a name and a version that cargo takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    name: String,
    version: String,
    fields: BTreeMap<String, String>,
    dependencies: BTreeMap<String, String>,
}

impl Package {
    /// Checks a name and a version for a crate that is to be generated.
    ///
    /// # Errors
    ///
    /// Returns what cargo refuses, and a name that one of the dependencies of every generated crate has.
    pub fn new(name: &str, version: &str) -> Result<Self, Diagnostic> {
        check_name(name)?;
        check_version(version)?;
        check_no_dependency(name)?;
        Ok(Self {
            name: name.to_owned(),
            version: version.to_owned(),
            fields: BTreeMap::new(),
            dependencies: BTreeMap::new(),
        })
    }

    /// Adds the fields of `[package]` and the dependencies that the user wants.
    #[must_use]
    pub fn with(self, settings: &Settings) -> Self {
        Self {
            fields: settings.manifest.clone(),
            dependencies: settings.dependencies.clone(),
            ..self
        }
    }

    /// Returns the fields of `[package]` besides name and version, each with its value in TOML.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter();
        fields.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the dependencies besides those of every crate, each with its value in TOML.
    pub fn dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        let dependencies = self.dependencies.iter();
        dependencies.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the name of the package.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name of the crate: that of the package, as Rust code spells it.
    #[must_use]
    pub fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Returns the version of the package.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// Checks a package name by cargo's rules: ASCII letters, digits, `-` and `_`, a letter first, no keyword, no crate that comes with Rust.
pub fn check_name(name: &str) -> Result<(), Diagnostic> {
    let Some(reason) = fault(name) else {
        return Ok(());
    };
    let diagnostic = Diagnostic::failure(
        "package-name",
        format!("{name:?} cannot be the name of a package: {reason}"),
    );
    Err(match suggestion(name) {
        Some(better) => diagnostic.help(format!("`{better}` would do")),
        None => diagnostic.help("a name like `twilio-flex` would do"),
    })
}

/// Checks that a version is one by the rules of Semantic Versioning, which cargo asks for.
pub fn check_version(version: &str) -> Result<(), Diagnostic> {
    match semver::Version::parse(version) {
        Ok(_) => Ok(()),
        Err(error) => Err(Diagnostic::failure(
            "package-version",
            format!("{version:?} is not a version: {error}"),
        )
        .help("three numbers with dots between them, such as `0.1.0`")),
    }
}

/// A package cannot depend on another of its own name.
fn check_no_dependency(name: &str) -> Result<(), Diagnostic> {
    let spelled = name.replace('-', "_");
    if dependencies().any(|dependency| dependency.replace('-', "_") == spelled) {
        let message = format!(
            "{name:?} cannot be the name of the package: the generated crate depends on `{name}`"
        );
        return Err(
            Diagnostic::failure("package-name", message).help(format!("`{name}-client` would do"))
        );
    }
    Ok(())
}

fn fault(name: &str) -> Option<String> {
    let first = name.chars().next();
    let foreign = name
        .chars()
        .find(|c| !matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_'));
    match (first, foreign) {
        (None, _) => Some("it is empty".to_owned()),
        (_, Some(c)) => Some(format!(
            "it has {c:?}, and only ASCII letters, digits, `-` and `_` are allowed"
        )),
        (Some(c), _) if !c.is_ascii_alphabetic() => {
            Some("it does not begin with a letter".to_owned())
        }
        _ if name.len() > LENGTH_LIMIT => {
            Some(format!("it is longer than {LENGTH_LIMIT} characters"))
        }
        _ if KEYWORDS.contains(&name) => Some("it is a keyword of Rust".to_owned()),
        _ if STANDARD.contains(&name) => Some("a crate of that name comes with Rust".to_owned()),
        _ => None,
    }
}

/// Returns a name like this one that cargo takes.
pub(crate) fn suggestion(name: &str) -> Option<String> {
    let mut better: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    better.truncate(LENGTH_LIMIT - "-client".len());
    let trimmed = better
        .trim_start_matches(|c: char| !c.is_ascii_alphabetic())
        .trim_end_matches('-')
        .to_owned();
    let candidates = [trimmed.clone(), format!("{trimmed}-client")];
    candidates
        .into_iter()
        .find(|candidate| !trimmed.is_empty() && fault(candidate).is_none())
}

#[cfg(test)]
mod tests {
    use super::{check_name, check_version};

    #[test]
    fn takes_what_cargo_takes() {
        for name in ["twilio-flex", "a", "A_1", "types", "x".repeat(64).as_str()] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for version in ["0.1.0", "1.2.3-beta.1+build"] {
            assert_eq!(check_version(version), Ok(()), "{version}");
        }
    }

    #[test]
    fn refuses_what_cargo_refuses() {
        let long = "x".repeat(65);
        let names = [
            "",
            "1a",
            "-a",
            "_",
            "a b",
            "a\"\n[dependencies]",
            "é",
            "type",
            "test",
            "std",
            "proc-macro",
            &long,
        ];
        for name in names {
            assert!(check_name(name).is_err(), "{name}");
        }
        for version in ["", "1", "1.0", "v1.0.0", "1.0.0\"\n", "01.0.0"] {
            assert!(check_version(version).is_err(), "{version}");
        }
    }

    #[test]
    fn suggests_a_name_that_it_takes() {
        let help = |name| check_name(name).err().and_then(|fault| fault.help);
        assert_eq!(help("My API").as_deref(), Some("`my-api` would do"));
        assert_eq!(help("2type").as_deref(), Some("`type-client` would do"));
        assert_eq!(
            help("日本").as_deref(),
            Some("a name like `twilio-flex` would do")
        );
    }
}
