//! The codes of diagnostics: each is explained in a file of its own.

/// A kind of complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The stable name.
    pub name: &'static str,
    /// What it means, a wrong and a right example, and what to do: Markdown.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($name:literal,)*) => {
        /// Every code, sorted by name.
        pub const CODES: &[Code] = &[
            $(Code {
                name: $name,
                explanation: include_str!(concat!("codes/", $name, ".md")),
            },)*
        ];
    };
}

codes![
    "arguments",
    "bump",
    "circular-ref",
    "config",
    "dangling-ref",
    "defect",
    "denied-warnings",
    "dependencies",
    "duplicate-operation-id",
    "duplicate-parameter",
    "duplicate-path",
    "edited-file",
    "file-empty",
    "file-is-folder",
    "file-not-found",
    "file-not-utf8",
    "file-path",
    "file-unreadable",
    "fixed",
    "foreign-file",
    "git-missing",
    "git-path",
    "git-repository",
    "git-revision",
    "header-name",
    "in-the-way",
    "interrupted",
    "invalid-default",
    "invalid-pattern",
    "invalid-range",
    "io",
    "journal",
    "json-syntax",
    "lock-file",
    "locked",
    "manifest",
    "missing-file",
    "module",
    "module-clash",
    "no-description",
    "no-document",
    "no-operations",
    "old-name",
    "out-folder",
    "overlay-extends",
    "overlay-no-match",
    "overlay-structure",
    "overlay-target",
    "overlay-version",
    "package-name",
    "package-version",
    "paging-rule",
    "path-template",
    "stale",
    "structure",
    "too-deep",
    "too-large",
    "undeclared-path-parameter",
    "unknown-code",
    "unknown-key",
    "unknown-operation",
    "unknown-security-scheme",
    "unknown-server-variable",
    "unsupported-ref",
    "unused-path-parameter",
    "url-changed",
    "url-not-pinned",
    "url-redirected",
    "url-unreachable",
    "version",
    "yaml-syntax",
    "yaml-value",
];

impl Code {
    /// Finds a code by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        CODES.iter().find(|code| code.name == name)
    }

    /// Returns the first sentence of the explanation.
    #[must_use]
    pub fn summary(&self) -> String {
        let first = self.explanation.split("\n\n").next().unwrap_or_default();
        let words: Vec<&str> = first.split_whitespace().collect();
        let text = words.join(" ");
        match text.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => text,
        }
    }
}
