//! The CHANGELOG.md of a generated crate, which belongs to the user; what is in it stays, and entries are put at its top.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::report::diff::{Change, Report, Rust};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The name of the file.
pub(super) const FILE_NAME: &str = "CHANGELOG.md";
const TITLE: &str = "# Changelog\n";
const UNRELEASED: &str = "## [Unreleased]";
/// The parts of an entry, in the order of Keep a Changelog, and the class of what is in each.
const PARTS: [(&str, Rust); 3] = [
    ("Breaking", Rust::Major),
    ("Added", Rust::Minor),
    ("Changed", Rust::Patch),
];

/// A changelog.
pub(super) struct Changelog {
    /// What is before the entries.
    head: String,
    /// What is under `Unreleased`, without that heading.
    unreleased: String,
    /// The entries of versions.
    rest: String,
}

impl Changelog {
    /// Reads the changelog of a crate.
    pub(super) fn read(out: &Path) -> Result<Self, Diagnostic> {
        let path = out.join(FILE_NAME);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::parse("")),
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", label(&path));
                Err(Diagnostic::failure("io", message))
            }
        }
    }

    fn parse(text: &str) -> Self {
        let (head, entries) = match text.find("\n## ") {
            Some(first) => text.split_at(first + 1),
            None if text.trim().is_empty() => (TITLE, ""),
            None => (text, ""),
        };
        let (unreleased, rest) = match entries.strip_prefix(UNRELEASED) {
            Some(unreleased) => match unreleased.find("\n## ") {
                Some(next) => unreleased.split_at(next + 1),
                None => (unreleased, ""),
            },
            None => ("", entries),
        };
        Self {
            head: head.trim_end().to_owned(),
            unreleased: unreleased.trim().to_owned(),
            rest: rest.to_owned(),
        }
    }

    /// Returns the class of the weightiest change under `Unreleased`, as its headings say it.
    pub(super) fn unreleased_class(&self) -> Option<Rust> {
        let has = |title: &str| {
            let heading = format!("### {title}");
            self.unreleased.lines().any(|line| line.trim() == heading)
        };
        let class = PARTS.iter().find(|(title, _)| has(title));
        class.map(|(_, class)| *class)
    }

    /// Returns the file with changes collected under `Unreleased`.
    pub(super) fn with_unreleased(&self, report: &Report) -> BTreeMap<String, String> {
        self.with_entry(UNRELEASED, report)
    }

    /// Returns the file with an entry of a version, which takes in what was unreleased.
    pub(super) fn with_version(&self, version: &str, report: &Report) -> BTreeMap<String, String> {
        self.with_entry(&format!("## [{version}]"), report)
    }

    fn with_entry(&self, heading: &str, report: &Report) -> BTreeMap<String, String> {
        let Self {
            head,
            unreleased,
            rest,
        } = self;
        let mut text = format!("{head}\n\n{heading}\n");
        let entry = merged(unreleased, report);
        if !entry.is_empty() {
            text.push('\n');
            text.push_str(&entry);
        }
        if !rest.is_empty() {
            text.push('\n');
            text.push_str(rest);
        }
        BTreeMap::from([(FILE_NAME.to_owned(), text)])
    }
}

/// Adds the lines of a report to the parts of an entry; parts and text that are the user's own stay where they are.
fn merged(entry: &str, report: &Report) -> String {
    let mut parts: Vec<(String, Vec<String>)> = vec![(String::new(), Vec::new())];
    for line in entry.lines() {
        match (line.strip_prefix("### "), parts.last_mut()) {
            (Some(title), _) => parts.push((title.trim().to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    for (title, class) in PARTS {
        let changes = report.changes.iter();
        let lines = changes.filter(|change| class_of(change) == class).map(line);
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() {
            continue;
        }
        let known = parts.iter().position(|(known, _)| known == title);
        let at = known.unwrap_or_else(|| {
            let place = |title: &str| PARTS.iter().position(|(part, _)| *part == title);
            let later = |(known, _): &(String, _)| place(known) > place(title);
            let at = parts.iter().position(later).unwrap_or(parts.len());
            parts.insert(at, (title.to_owned(), Vec::new()));
            at
        });
        if let Some((_, known)) = parts.get_mut(at) {
            known.retain(|line| !line.trim().is_empty());
            for line in lines {
                if !known.contains(&line) {
                    known.push(line);
                }
            }
        }
    }
    let parts = parts.into_iter().filter_map(|(title, lines)| {
        let body = lines.join("\n");
        let body = body.trim();
        match (title.as_str(), body) {
            ("", "") => None,
            ("", body) => Some(format!("{body}\n")),
            (title, body) => Some(format!("### {title}\n\n{body}\n")),
        }
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// What breaks on the wire alone breaks as well.
fn class_of(change: &Change) -> Rust {
    match change.rust {
        _ if change.is_breaking() => Rust::Major,
        Rust::Major | Rust::Minor => Rust::Minor,
        Rust::Patch | Rust::None => Rust::Patch,
    }
}

fn line(change: &Change) -> String {
    format!("- {}.", change.message)
}

#[cfg(test)]
mod tests {
    use super::{Changelog, FILE_NAME};
    use crate::report::diff::{Report, Rust};

    #[test]
    fn what_is_unreleased_becomes_the_entry_of_a_version() {
        let text = "# Changelog\n\nMine.\n\n## [Unreleased]\n\nWords.\n\n### Added\n\n- a\n\n## [0.1.0]\n\n- first\n";
        let changelog = Changelog::parse(text);
        assert_eq!(changelog.unreleased_class(), Some(Rust::Minor));
        let files = changelog.with_version("0.1.1", &Report::default());
        let new = text.replace("## [Unreleased]", "## [0.1.1]");
        assert_eq!(files.get(FILE_NAME), Some(&new));
        let same = changelog.with_unreleased(&Report::default());
        assert_eq!(same.get(FILE_NAME).map(String::as_str), Some(text));
    }

    #[test]
    fn a_changelog_that_is_not_there_begins_with_a_title() {
        let files = Changelog::parse("").with_version("0.2.0", &Report::default());
        let text = files.get(FILE_NAME).map(String::as_str);
        assert_eq!(text, Some("# Changelog\n\n## [0.2.0]\n"));
    }
}
