//! The report on a terminal.

use super::change::{Change, Rust};
use super::report::Report;
use crate::base::diagnostics::printable;
use crate::input::document::Located;
use std::fmt::Write as _;

impl Report {
    /// Returns the report as text; `colour` adds ANSI colours.
    #[must_use]
    pub fn to_text(&self, colour: bool) -> String {
        let paint = |text: &str, code: &str| {
            if colour {
                format!("\x1b[{code}m{text}\x1b[0m")
            } else {
                text.to_owned()
            }
        };
        let mut text = format!("{}\n", paint(&self.headline(), "1"));
        for (resource, changes) in self.by_resource() {
            let title = if resource.is_empty() {
                "the crate"
            } else {
                resource
            };
            let _ = write!(text, "\n{}\n", paint(title, "1"));
            for change in changes {
                let rust = format!("{:<5}", change.rust.to_string());
                let rust = match change.rust {
                    Rust::Major => paint(&rust, "31"),
                    Rust::Minor => paint(&rust, "32"),
                    Rust::Patch | Rust::None => rust,
                };
                let wire = change.wire.to_string();
                let wire = if change.wire.is_breaking() {
                    paint(&wire, "31")
                } else {
                    wire
                };
                let _ = writeln!(
                    text,
                    "  {rust}  {} [{}; {wire}]",
                    printable(&change.message),
                    change.code
                );
                for line in places(change) {
                    let _ = writeln!(text, "         {}", paint(&line, "2"));
                }
            }
        }
        text
    }
}

fn places(change: &Change) -> Vec<String> {
    let shown = |word: &str, place: &Located| {
        let Located {
            file,
            line,
            column,
            pointer,
        } = place;
        let (file, pointer) = (printable(file), printable(pointer));
        match line {
            0 => format!("{word} {file}  {pointer}"),
            _ => format!("{word} {file}:{line}:{column}  {pointer}"),
        }
    };
    let old = change.old.iter().map(|place| shown("old", place));
    let new = change.new.iter().map(|place| shown("new", place));
    old.chain(new).collect()
}
