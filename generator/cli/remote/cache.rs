//! Descriptions from URLs by their hashes, in the cache folder of the user.

use crate::output::hash;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process;

/// Names the folder of the cache; an empty value means none.
const VARIABLE: &str = "CRATEWRIGHT_CACHE";

/// Returns the bytes with that hash, where they are there and intact.
pub(super) fn get(sha256: &str) -> Option<Vec<u8>> {
    let bytes = fs::read(folder()?.join(sha256)).ok()?;
    (hash(&bytes) == sha256).then_some(bytes)
}

/// Keeps bytes; a cache that cannot be written is one that stays empty.
pub(super) fn put(sha256: &str, bytes: &[u8]) {
    let Some(folder) = folder() else { return };
    let draft = folder.join(format!("{sha256}.{}.tmp", process::id()));
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&draft, bytes))
        .and_then(|()| fs::rename(&draft, folder.join(sha256)));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
}

fn folder() -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return (!named.is_empty()).then(|| PathBuf::from(named));
    }
    let set = |variable: &str| env::var_os(variable).filter(|value| !value.is_empty());
    let base = if cfg!(windows) {
        PathBuf::from(set("LOCALAPPDATA")?)
    } else {
        match set("XDG_CACHE_HOME") {
            Some(folder) => PathBuf::from(folder),
            None => PathBuf::from(set("HOME")?).join(".cache"),
        }
    };
    Some(base.join("cratewright"))
}
