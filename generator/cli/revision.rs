//! Files as they were at a git revision, read with the `git` of the user.

use super::remote::Reader;
use crate::base::diagnostics::{Diagnostic, printable};
use crate::base::source::{ReadError, Source, is_url, label};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Reads `FILE`, a URL, or `REVISION:FILE` where there is no file of that name.
pub(super) fn read(argument: &Path) -> Result<Source, Diagnostic> {
    let text = argument.to_str().unwrap_or_default();
    match text.split_once(':') {
        Some((revision, path)) if !argument.exists() && !is_url(text) => {
            Revision::new(revision, path)?.read(path)
        }
        _ => Ok(Reader::new().read(argument)?),
    }
}

/// A revision, and the folder whose repository it is in.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    name: String,
    folder: PathBuf,
}

/// What a path is relative to.
#[derive(Debug, Clone, Copy)]
enum From {
    Root,
    Folder,
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

    /// Returns the last commit of the repository that a folder is in.
    pub(super) fn head(folder: &Path) -> Result<Self, Diagnostic> {
        let path = label(&folder.join("file"));
        Self::new("HEAD", &path)
    }

    /// Reads a file as it was, and what its references lead to as that was.
    ///
    /// The path is one from the root of the repository, as git has it, or else from the current folder.
    pub(super) fn read(&self, path: &str) -> Result<Source, Diagnostic> {
        let is_relative = path.starts_with("./") || path.starts_with("../");
        let from_root = if is_relative || Path::new(path).is_absolute() {
            None
        } else {
            self.file(path, From::Root)?
        };
        let (from, source) = match from_root {
            Some(source) => (From::Root, Some(source)),
            None => (From::Folder, self.file(path, From::Folder)?),
        };
        let source = source.ok_or_else(|| self.missing(path))?;
        Ok(self.among(source, path, from))
    }

    /// Reads a file as it was; the path is one from the current folder.
    pub(super) fn read_here(&self, path: &Path) -> Result<Source, ReadError> {
        let path = label(path);
        let source = self.file(&path, From::Folder)?;
        let source = source.ok_or_else(|| self.missing(&path))?;
        Ok(self.among(source, &path, From::Folder))
    }

    fn among(&self, source: Source, path: &str, from: From) -> Source {
        let revision = self.clone();
        source.among(path, move |path: &Path| {
            let path = label(path);
            let found = revision.file(&path, from)?;
            found.ok_or_else(|| revision.missing(&path))
        })
    }

    fn file(&self, path: &str, from: From) -> Result<Option<Source>, ReadError> {
        let slashed = path.replace('\\', "/");
        let inside = match (Path::new(path).strip_prefix(&self.folder), from) {
            (Ok(inside), _) if Path::new(path).is_absolute() => format!("./{}", label(inside)),
            (_, From::Root) => slashed,
            (_, From::Folder) => format!("./{slashed}"),
        };
        let object = format!("{}:{inside}", self.name);
        let output = self.git(&["cat-file", "blob", &object])?;
        if !output.status.success() {
            return Ok(None);
        }
        let label = format!("{}:{path}", self.name);
        Source::from_bytes(label, output.stdout).map(Some)
    }

    fn missing(&self, path: &str) -> ReadError {
        let (path, name) = (printable(path), printable(&self.name));
        let message = format!("there is no file `{path}` at the revision `{name}`");
        let help = format!("`git ls-tree -r --name-only {name}` lists the files");
        ReadError::new("git-path", message).help(help)
    }

    fn git(&self, arguments: &[&str]) -> Result<Output, ReadError> {
        git(&self.folder, arguments)
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, ReadError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let message = "a file at a revision is read with `git`, which is not installed";
            ReadError::new("git-missing", message).help("install git, or name two files")
        }
        _ => ReadError::new("git-missing", format!("cannot run `git`: {error}")),
    })
}
