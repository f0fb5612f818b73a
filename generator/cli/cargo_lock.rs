//! The entry of a generated crate in the Cargo.lock that it belongs to.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the Cargo.lock with another version of a package: its path, its text, and what that becomes.
///
/// The file is the nearest one from the folder of the crate upwards, as cargo finds it for a workspace. None is returned where
/// that has no entry of the package as a path, or the version already: then cargo writes it, or has nothing to write.
pub(super) fn with_version(
    out: &Path,
    package: &str,
    version: &str,
) -> Option<(PathBuf, String, String)> {
    let absolute = std::path::absolute(out).ok()?;
    let mut found = absolute.ancestors().map(|folder| folder.join("Cargo.lock"));
    let absolute_path = found.find(|path| path.is_file())?;
    let text = fs::read_to_string(&absolute_path).ok()?;
    let new = replaced(&text, package, version)?;
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| absolute_path.strip_prefix(here).ok().map(Path::to_owned));
    Some((relative.unwrap_or(absolute_path), text, new))
}

fn replaced(text: &str, package: &str, version: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut entries: Vec<String> = text.split("[[package]]").map(str::to_owned).collect();
    let is_own = |entry: &String| {
        let mut lines = entry.lines();
        lines.any(|line| line == name) && !entry.contains("\nsource = ")
    };
    let entry = entries.iter_mut().find(|entry| is_own(entry))?;
    let old = entry.lines().find(|line| line.starts_with("version = "))?;
    let new = format!("version = \"{version}\"");
    if old == new {
        return None;
    }
    *entry = entry.replacen(old, &new, 1);
    Some(entries.join("[[package]]"))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"harbour\"\nversion = \"0.1.0\"\nsource = \"registry\"\n\n\
                        [[package]]\nname = \"harbour\"\nversion = \"0.1.0\"\ndependencies = [\n \"serde\",\n]\n";

    #[test]
    fn the_entry_without_a_source_has_the_version() {
        let new = replaced(LOCK, "harbour", "0.2.0").unwrap_or_default();
        assert_eq!(new.matches("0.2.0").count(), 1);
        assert!(new.contains("version = \"0.2.0\"\ndependencies"), "{new}");
        assert_eq!(replaced(LOCK, "harbour", "0.1.0"), None);
        assert_eq!(replaced(LOCK, "ship", "0.2.0"), None);
    }
}
