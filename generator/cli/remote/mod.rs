//! Descriptions from standard input, from `https://` URLs and from files.
//!
//! What a configuration names by URL is pinned by its hash in `cratewright.lock`, which is beside the configuration: a run gets
//! the same bytes, from a cache or from the server, or says that they changed. `cratewright fetch` accepts what the server has
//! now.

mod cache;
mod http;
mod lock;

pub(super) use lock::FILE_NAME as LOCK_FILE;

use crate::base::diagnostics::Diagnostic;
use crate::base::source::{ReadError, Source, is_url, label};
use crate::input::files;
use crate::output::hash;
use lock::Lock;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Stands for standard input in the place of a path.
pub(super) const STDIN: &str = "-";
/// Bytes that a description may have.
const LARGEST: u64 = 64 << 20;

/// What is done about URLs that are not pinned, or whose contents changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pins {
    /// New ones are pinned, and what changed is refused.
    Add,
    /// Both are refused.
    Keep,
    /// Both are pinned as they are now.
    Update,
    /// Nothing is pinned.
    Ignore,
}

/// Reads descriptions, and what their references lead to.
#[derive(Debug, Clone)]
pub(super) struct Reader(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    pins: Pins,
    /// The lock file; none without a configuration.
    path: Option<PathBuf>,
    lock: Mutex<Lock>,
}

impl Reader {
    /// Makes a reader that pins nothing.
    pub(super) fn new() -> Self {
        Self(Arc::new(Shared {
            pins: Pins::Ignore,
            path: None,
            lock: Mutex::new(Lock::default()),
        }))
    }

    /// Makes a reader with the lock file beside a configuration.
    pub(super) fn beside(config: &Path, pins: Pins) -> Result<Self, Diagnostic> {
        let path = config.parent().unwrap_or(Path::new("")).join(LOCK_FILE);
        let lock = Lock::read(&path)?;
        Ok(Self(Arc::new(Shared {
            pins,
            path: Some(path),
            lock: Mutex::new(lock),
        })))
    }

    /// Reads a description: standard input, a URL or a file.
    pub(super) fn read(&self, path: &Path) -> Result<Source, ReadError> {
        if path.as_os_str() == STDIN {
            return stdin();
        }
        let reader = self.clone();
        let source = match url_of(path) {
            Some(url) => self.at_url(url)?,
            None => Source::read(path)?,
        };
        Ok(source.among(path, move |path| match url_of(path) {
            Some(url) => reader.at_url(url),
            None => files::read(path),
        }))
    }

    /// Writes the lock file, if it changed.
    pub(super) fn finish(&self) -> Result<Vec<String>, Diagnostic> {
        let Some(path) = &self.0.path else {
            return Ok(Vec::new());
        };
        let mut lock = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.pins == Pins::Update {
            lock.drop_unused();
        }
        lock.write(path)
    }

    fn at_url(&self, url: &str) -> Result<Source, ReadError> {
        Source::from_bytes(url, self.fetch(url)?)
    }

    /// Returns what is at a URL, as far as the pins allow.
    fn fetch(&self, url: &str) -> Result<Vec<u8>, ReadError> {
        let Shared { pins, path, lock } = &*self.0;
        let pinned = {
            let mut lock = lock.lock().unwrap_or_else(PoisonError::into_inner);
            lock.pinned(url)
        };
        match (pins, &pinned) {
            (Pins::Add | Pins::Keep, Some(pinned)) => {
                if let Some(bytes) = cache::get(pinned) {
                    return Ok(bytes);
                }
            }
            (Pins::Keep, None) => {
                let file = label(path.as_deref().unwrap_or(Path::new(LOCK_FILE)));
                let message = format!("`{url}` is not pinned in `{file}`");
                return Err(ReadError::new("url-not-pinned", message)
                    .help("`cratewright fetch` pins what is there now"));
            }
            (Pins::Update | Pins::Ignore, _) | (Pins::Add, None) => {}
        }
        let bytes = http::get(url, LARGEST)?;
        let found = hash(&bytes);
        match (pins, pinned) {
            (Pins::Add | Pins::Keep, Some(pinned)) if pinned != found => {
                let message = format!("`{url}` has changed since it was pinned");
                return Err(ReadError::new("url-changed", message)
                    .help("`cratewright fetch` accepts what is there now; `cratewright diff` tells what changed"));
            }
            (Pins::Ignore, _) => {}
            (Pins::Add | Pins::Keep | Pins::Update, _) => {
                cache::put(&found, &bytes);
                let mut lock = lock.lock().unwrap_or_else(PoisonError::into_inner);
                lock.pin(url, found);
            }
        }
        Ok(bytes)
    }
}

fn url_of(path: &Path) -> Option<&str> {
    path.to_str().filter(|path| is_url(path))
}

fn stdin() -> Result<Source, ReadError> {
    let mut bytes = Vec::new();
    let read = io::stdin().take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| {
        ReadError::new(
            "file-unreadable",
            format!("cannot read standard input: {error}"),
        )
    })?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("standard input has more than {} MiB", LARGEST >> 20);
        return Err(ReadError::new("too-large", message));
    }
    Source::from_bytes("<stdin>", bytes)
}
