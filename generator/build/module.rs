//! The files of a crate as those of a module, which another crate includes.

use crate::output::FileTree;

/// The root of the module.
const ROOT: &str = "mod.rs";

/// Returns the files of the module: those of `src/`, with `lib.rs` as its root.
pub(super) fn files(krate: &FileTree) -> impl Iterator<Item = (String, String)> {
    krate.iter().filter_map(|(path, text)| {
        let path = path.strip_prefix("src/")?;
        let text = without_doctests(text);
        Some(match path {
            // An included file cannot document what includes it.
            "lib.rs" => (ROOT.to_owned(), without_inner_docs(&text)),
            path => (path.to_owned(), text),
        })
    })
}

fn without_inner_docs(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("//!"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Marks the examples in the documentation as not to be compiled: they name the types as those of a crate.
fn without_doctests(text: &str) -> String {
    let mut is_open = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let docs = bare.strip_prefix("///").or(bare.strip_prefix("//!"));
        let fence = docs.and_then(|docs| docs.trim_start().strip_prefix("```"));
        match fence {
            Some(language) => {
                let is_code = matches!(language.trim(), "" | "rust" | "no_run" | "should_panic");
                if !is_open && is_code {
                    let before = line.len() - language.len();
                    out.push_str(&line[..before]);
                    out.push_str("ignore\n");
                } else {
                    out.push_str(line);
                }
                is_open = !is_open;
            }
            None => out.push_str(line),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{files, without_doctests};
    use crate::output::FileTree;

    #[test]
    fn examples_are_not_compiled() {
        let text = "/// A.\n///\n/// ```\n/// let a = 1;\n/// ```\n///\n/// ```text\n/// a\n/// ```\nfn a() {}\n";
        assert_eq!(
            without_doctests(text),
            text.replacen("```\n", "```ignore\n", 1)
        );
    }

    #[test]
    fn the_root_documents_nothing() {
        let crate_files = [
            ("Cargo.toml", "[package]\n"),
            ("src/lib.rs", "// Header.\n\n//! Docs.\n\npub mod a;\n"),
            ("src/a.rs", "//! A.\n"),
        ];
        let crate_files = crate_files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let tree = FileTree::from_files(crate_files).unwrap_or_default();
        let module: Vec<(String, String)> = files(&tree).collect();
        assert_eq!(
            module,
            [
                ("a.rs".to_owned(), "//! A.\n".to_owned()),
                (
                    "mod.rs".to_owned(),
                    "// Header.\n\n\npub mod a;\n".to_owned()
                ),
            ]
        );
    }
}
