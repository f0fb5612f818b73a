//! The files that a description is made of.

use super::text;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::{self, Neighbours, ReadError, Source, is_url, join_url};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A file that was read.
#[derive(Debug)]
pub(super) struct File {
    /// Lexically normal, or a URL; `None` for a text that was never in a file.
    path: Option<PathBuf>,
    /// `None` for a file that is not YAML or JSON, which was reported.
    pub value: Option<Value>,
}

/// Every file that was read, the description first.
#[derive(Debug)]
pub(super) struct Files {
    neighbours: Option<Neighbours>,
    all: Vec<File>,
    /// Why files are not YAML or JSON, each reported once.
    pub faults: Vec<Diagnostic>,
}

impl Files {
    /// Starts with the description; the files numbered next, `overlays` of them, are none that a reference leads to.
    pub(super) fn new(root: &Source, value: Value, overlays: usize) -> Self {
        let mut all = vec![File {
            path: root.path().map(normal_path),
            value: Some(value),
        }];
        all.resize_with(1 + overlays, || File {
            path: None,
            value: None,
        });
        Self {
            neighbours: root.neighbours().cloned(),
            all,
            faults: Vec::new(),
        }
    }

    pub(super) fn value(&self, file: usize) -> Option<&Value> {
        self.all.get(file)?.value.as_ref()
    }

    /// Returns the path of a file, to name things after.
    pub(super) fn path(&self, file: usize) -> &Path {
        self.all
            .get(file)
            .and_then(|file| file.path.as_deref())
            .unwrap_or(Path::new("document"))
    }

    /// Returns whether a file is at a URL, and so are its neighbours.
    pub(super) fn is_remote(&self, file: usize) -> bool {
        url_of(self.path(file)).is_some()
    }

    /// Returns whether URLs can be read, which is up to the caller who brought the description.
    pub(super) fn reads_urls(&self) -> bool {
        self.neighbours.is_some()
    }

    /// Finds or reads the file that a relative path or a URL names, seen from the file that has it.
    ///
    /// What was read anew is added to `sources`. A file that is no YAML or JSON is one without a value.
    pub(super) fn open(
        &mut self,
        from: usize,
        relative: &str,
        sources: &mut Vec<Arc<Source>>,
    ) -> Result<usize, Diagnostic> {
        let path = self.target(from, relative)?;
        let is_it = |file: &File| file.path.as_ref() == Some(&path);
        if let Some(known) = self.all.iter().position(is_it) {
            return Ok(known);
        }
        let source = match &self.neighbours {
            Some(neighbours) => neighbours.read(&path),
            None => read(&path),
        };
        let at_root = |fault: ReadError| {
            let diagnostic = Diagnostic::error(fault.code, "", fault.message);
            match fault.help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        };
        let source = Arc::new(source.map_err(at_root)?);
        let value = match text::value(&source) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.faults.push(fault.in_source(&source));
                None
            }
        };
        sources.push(source);
        self.all.push(File {
            path: Some(path),
            value,
        });
        Ok(self.all.len() - 1)
    }
}

impl Files {
    /// Returns the path that a reference means.
    fn target(&self, from: usize, relative: &str) -> Result<PathBuf, Diagnostic> {
        if is_url(relative) {
            return Ok(PathBuf::from(relative));
        }
        let Some(here) = self.all.get(from).and_then(|file| file.path.as_deref()) else {
            let message =
                "the description was not read from a file, so that no path is relative to it";
            return Err(Diagnostic::error("missing-file", "", message));
        };
        Ok(match url_of(here) {
            Some(base) => PathBuf::from(join_url(base, relative)),
            None => normal(&here.parent().unwrap_or(Path::new("")).join(relative)),
        })
    }
}

fn url_of(path: &Path) -> Option<&str> {
    path.to_str().filter(|path| is_url(path))
}

/// Reads a file that a reference leads to.
pub(crate) fn read(path: &Path) -> Result<Source, ReadError> {
    // The folder that the others are relative to has no name.
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    let label = source::label(path);
    let missing = |message: String| ReadError::new("missing-file", message);
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        // A device or a pipe might never end.
        Ok(_) => return Err(missing(format!("`{label}` is no file"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(missing(format!("`{label}` does not exist")));
        }
        Err(error) => return Err(missing(format!("cannot read `{label}`: {error}"))),
    }
    Source::read(path)
}

/// Leaves a URL as it is, and takes `.` and `..` out of a path.
fn normal_path(path: &Path) -> PathBuf {
    match url_of(path) {
        Some(url) => PathBuf::from(url),
        None => normal(path),
    }
}

/// Takes `.` and `..` out of a path without asking the file system.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            Component::ParentDir
            | Component::Normal(_)
            | Component::Prefix(_)
            | Component::RootDir => out.push(component),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::path::Path;

    #[test]
    fn the_folder_itself_is_no_file() {
        let reason = read(Path::new("")).map_err(|error| error.message);
        assert_eq!(reason.err().as_deref(), Some("`.` is no file"));
    }
}
