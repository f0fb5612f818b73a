//! Lists of files for people: many files of a folder are one line.

use super::words::{Verbosity, plural};
use std::collections::BTreeMap;

/// Files of which each has its line.
const LISTED: usize = 12;
/// Files of one folder of which each has its line, where there are more than [`LISTED`] in all.
const OF_FOLDER: usize = 3;

/// Returns a line for each file or folder.
pub(super) fn folded(paths: &[String], verbosity: Verbosity) -> Vec<String> {
    if paths.len() <= LISTED || verbosity == Verbosity::Verbose {
        return paths.to_vec();
    }
    let deepest = paths.iter().map(|path| path.matches('/').count()).max();
    let mut depths = (1..=deepest.unwrap_or_default()).rev();
    depths
        .find_map(|depth| Some(at_depth(paths, depth)).filter(|lines| lines.len() <= LISTED))
        .unwrap_or_else(|| at_depth(paths, 1))
}

/// Folds the folders of so many steps.
fn at_depth(paths: &[String], depth: usize) -> Vec<String> {
    let folder_of = |path: &str| {
        let (folder, _) = path.rsplit_once('/').unwrap_or_default();
        let steps: Vec<&str> = folder.split('/').take(depth).collect();
        steps.join("/")
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        *counts.entry(folder_of(path)).or_default() += 1;
    }
    let mut lines: Vec<String> = Vec::new();
    for path in paths {
        let folder = folder_of(path);
        let count = counts.get(&folder).copied().unwrap_or_default();
        let line = if count <= OF_FOLDER || folder.is_empty() {
            path.clone()
        } else {
            format!("{folder}/ ({})", plural(count, "file"))
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Verbosity, folded};

    #[test]
    fn many_files_of_a_folder_are_one_line() {
        let mut paths = vec!["Cargo.toml".to_owned(), "src/lib.rs".to_owned()];
        paths.extend((0..20).map(|number| format!("src/runtime/{number}.rs")));
        assert_eq!(
            folded(&paths, Verbosity::Normal),
            ["Cargo.toml", "src/lib.rs", "src/runtime/ (20 files)"]
        );
        assert_eq!(folded(&paths, Verbosity::Verbose), paths);
        assert_eq!(folded(&paths[..9], Verbosity::Normal), paths[..9]);
        let folders = (0..80).map(|number| format!("src/runtime/{}/{number}.rs", number % 20));
        let paths: Vec<String> = folders.collect();
        assert_eq!(
            folded(&paths, Verbosity::Normal),
            ["src/runtime/ (80 files)"]
        );
    }
}
