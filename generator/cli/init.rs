//! `cratewright init`: a configuration to begin with.

use super::args::{InitArgs, MessageFormat};
use super::files;
use super::jobs::Trouble;
use super::outcome::Outcome;
use super::printer::Printer;
use super::remote::Reader;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::source::{Source, is_url, label};
use crate::config::FILE_NAME;
use crate::input::document;
use crate::model::package;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that descriptions are often in, besides the current one.
const FOLDERS: [&str; 5] = [".", "spec", "openapi", "api", "docs"];

#[derive(Serialize)]
struct InitializedLine<'a> {
    kind: &'static str,
    config: &'static str,
    package: &'a str,
    spec: &'a str,
    out: &'a str,
}

/// Writes a configuration for one description.
pub(super) fn init(args: &InitArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let config = Path::new(FILE_NAME);
    if config.exists() {
        let message = format!("there is a {FILE_NAME} here already");
        return Err(Diagnostic::failure("config", message)
            .help("add a `[[crate]]` to it for another crate")
            .into());
    }
    let spec = match args.spec.as_ref().or(args.named.as_ref()) {
        Some(spec) => spec.clone(),
        None => find()?,
    };
    let source = Reader::new().read(&spec)?;
    let document = document::parse(&source, &[]).map_err(|diagnostics| Trouble {
        diagnostics,
        sources: vec![source.clone()],
    })?;
    let package = match &args.package {
        Some(name) => {
            package::check_name(name)?;
            name.clone()
        }
        None => name_of(document.title()),
    };
    let out = match &args.out {
        Some(out) => label(out),
        None => package.clone(),
    };
    let spec = label(&spec);
    files::replace(config, &text(&package, &spec, &out))?;
    match printer.format {
        MessageFormat::Json => printer.json(&InitializedLine {
            kind: "initialized",
            config: FILE_NAME,
            package: &package,
            spec: &spec,
            out: &out,
        }),
        MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
            printer.remark(&format!(
                "wrote {FILE_NAME} for the package `{package}`, made of {spec}\n\
                 next: `cratewright generate` writes the crate to {out}/\n"
            ));
        }
    }
    Ok(Outcome::Fine)
}

/// Returns the one description that is here.
fn find() -> Result<PathBuf, Diagnostics> {
    let mut found: Vec<PathBuf> = FOLDERS
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten())
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_description(path))
        .map(|path| path.strip_prefix(".").map(Path::to_owned).unwrap_or(path))
        .collect();
    found.sort();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => {
            let message = "no OpenAPI description is here";
            Err(Diagnostic::failure("arguments", message)
                .help("name it: `cratewright init FILE`, which can be an `https://` URL")
                .into())
        }
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|path| format!("`{}`", label(path)))
                .collect();
            let message = format!("there are several descriptions: {}", names.join(", "));
            Err(Diagnostic::failure("arguments", message)
                .help("name one of them: `cratewright init FILE`")
                .into())
        }
    }
}

/// Returns whether a file begins as a description does.
fn is_description(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("yaml" | "yml" | "json")) {
        return false;
    }
    let Ok(source) = Source::read(path) else {
        return false;
    };
    let mut lines = source.text().lines().map(str::trim_start);
    lines.any(|line| {
        let line = line.trim_start_matches(['{', ' ']);
        ["openapi:", "\"openapi\":", "'openapi':"]
            .iter()
            .any(|key| line.starts_with(key))
    })
}

/// Makes a name of a package of the title of a description.
fn name_of(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let name = words.join("-");
    match package::check_name(&name) {
        Ok(()) => name,
        Err(_) => package::suggestion(&name).unwrap_or_else(|| "api-client".to_owned()),
    }
}

fn text(package: &str, spec: &str, out: &str) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let fetched = if is_url(spec) {
        "# It is pinned by its hash in cratewright.lock; `cratewright fetch` accepts what is there now.\n"
    } else {
        ""
    };
    format!(
        "# Which description makes which crate; `cratewright generate` reads this. The keys are explained in docs/configuration.md\n\
         # of cratewright, and `cratewright schema` prints a JSON schema of them for editors.\n\
         \n\
         [[crate]]\n\
         package = {}\n\
         version = {}\n\
         {fetched}spec = {}\n\
         out = {}\n\
         \n\
         # operations = [\"listShips\", \"GET /ships/{{id}}\"]  # instead of all; `tags`, `paths` and `exclude` select, too\n\
         # types.formats.uuid = \"uuid::Uuid\"  # with the crate under `dependencies`\n\
         # rename.operations.listShips = \"List\"\n",
        quoted(package),
        quoted(package::DEFAULT_VERSION),
        quoted(spec),
        quoted(out),
    )
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names_of_packages() {
        for (title, name) in [
            ("Twilio - Flex", "twilio-flex"),
            ("Harbour API (v2)", "harbour-api-v2"),
            ("3D Maps", "d-maps"),
            ("港", "api-client"),
            ("Test", "test-client"),
        ] {
            assert_eq!(name_of(title), name, "{title}");
        }
    }
}
