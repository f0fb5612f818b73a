//! Files as they were at a git revision, read with the `git` of the user.

use crate::diagnostics::{Diagnostic, printable};
use crate::source::{Source, label};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Reads `FILE`, or `REVISION:FILE` where there is no file of that name.
pub(super) fn read(argument: &Path) -> Result<Source, Diagnostic> {
    let text = argument.to_str().unwrap_or_default();
    match text.split_once(':') {
        Some((revision, path)) if !argument.exists() => Revision::new(revision, path)?.read(path),
        _ => Source::read(argument),
    }
}

/// A revision, and the folder whose repository it is in.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    name: String,
    folder: PathBuf,
}

impl Revision {
    /// Finds the revision in the repository of the current folder, or of the file where its path is absolute.
    pub(super) fn new(name: &str, path: &str) -> Result<Self, Diagnostic> {
        let path = Path::new(path);
        let folder = match path.parent() {
            Some(parent) if path.is_absolute() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let revision = Self {
            name: name.to_owned(),
            folder,
        };
        let shown = printable(name).into_owned();
        if name.is_empty() || name.starts_with('-') {
            let message = format!("`{shown}` is no revision");
            return Err(Diagnostic::failure("git-revision", message)
                .help("a file is named by its path, or like `HEAD~1:spec/flex.yaml`"));
        }
        if !revision.git(&["rev-parse", "--git-dir"])?.status.success() {
            let folder = match label(&revision.folder).as_str() {
                "." => "the current folder".to_owned(),
                folder => format!("`{folder}`"),
            };
            let message =
                format!("{folder} is in no git repository, so that there is no revision `{shown}`");
            return Err(Diagnostic::failure("git-repository", message).help(format!(
                "if a file is meant, `{shown}:{}` does not exist",
                label(path)
            )));
        }
        let commit = format!("{name}^{{commit}}");
        let found = revision.git(&["rev-parse", "--verify", "--quiet", &commit])?;
        if !found.status.success() {
            let message = format!("git knows no revision `{shown}`");
            return Err(Diagnostic::failure("git-revision", message).help(
                "`git log --oneline` lists the revisions; a shallow clone has only the last one",
            ));
        }
        Ok(revision)
    }

    /// Reads a file as it was, and what its references lead to as that was.
    pub(super) fn read(&self, path: &str) -> Result<Source, Diagnostic> {
        let source = self.file(path)?;
        let revision = self.clone();
        let neighbour = move |path: &Path| revision.file(&label(path));
        Ok(source.among(path, neighbour))
    }

    fn file(&self, path: &str) -> Result<Source, Diagnostic> {
        let slashed = path.replace('\\', "/");
        // From the root of the repository, as git has it, then from the folder, as other paths are.
        let candidates = match Path::new(path).strip_prefix(&self.folder) {
            Ok(inside) if Path::new(path).is_absolute() => vec![format!("./{}", label(inside))],
            _ if slashed.starts_with("./") || slashed.starts_with("../") => vec![slashed],
            _ => vec![slashed.clone(), format!("./{slashed}")],
        };
        for candidate in &candidates {
            let object = format!("{}:{candidate}", self.name);
            let output = self.git(&["cat-file", "blob", &object])?;
            if output.status.success() {
                return Source::from_bytes(format!("{}:{path}", self.name), output.stdout);
            }
        }
        let message = format!(
            "there is no file `{}` at the revision `{}`",
            printable(path),
            printable(&self.name)
        );
        let help = format!(
            "`git ls-tree -r --name-only {}` lists the files",
            printable(&self.name)
        );
        Err(Diagnostic::failure("git-path", message).help(help))
    }

    fn git(&self, arguments: &[&str]) -> Result<Output, Diagnostic> {
        git(&self.folder, arguments)
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, Diagnostic> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let message = "a file at a revision is read with `git`, which is not installed";
            Diagnostic::failure("git-missing", message).help("install git, or name two files")
        }
        _ => Diagnostic::failure("git-missing", format!("cannot run `git`: {error}")),
    })
}
