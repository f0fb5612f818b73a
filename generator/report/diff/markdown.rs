//! The report as a comment on a pull request.

use super::change::Change;
use super::report::Report;
use crate::base::diagnostics::printable;
use crate::input::document::Located;
use std::fmt::Write as _;

/// Bytes that a comment may have on the sites that people review at, with room for what stands around it.
const LIMIT: usize = 60_000;

impl Report {
    /// Returns the report in Markdown: the summary, then the resources, in each what breaks first.
    ///
    /// It ends where a comment on GitHub would, and says how much is left out.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = format!("### API changes\n\n**{}**\n", self.headline());
        let mut left_out = 0;
        for (resource, changes) in self.by_resource() {
            let title = if resource.is_empty() {
                "The crate"
            } else {
                resource
            };
            let mut section = format!(
                "\n#### {}\n\n| Rust | wire | what | where |\n|---|---|---|---|\n",
                code_if(title, !resource.is_empty())
            );
            let mut shown = 0;
            for change in changes {
                let line = row(change);
                if text.len() + section.len() + line.len() > LIMIT {
                    break;
                }
                section += &line;
                shown += 1;
            }
            left_out += changes.len() - shown;
            if shown > 0 {
                text += &section;
            }
        }
        if left_out > 0 {
            let _ = write!(
                text,
                "\n{left_out} more: `cratewright diff` lists all of them.\n"
            );
        }
        text
    }
}

fn code_if(text: &str, is_code: bool) -> String {
    if is_code {
        format!("`{text}`")
    } else {
        text.to_owned()
    }
}

fn row(change: &Change) -> String {
    let rust = if change.rust == super::Rust::Major {
        "**major**".to_owned()
    } else {
        change.rust.to_string()
    };
    let wire = if change.wire.is_breaking() {
        format!("**{}**", change.wire)
    } else {
        change.wire.to_string()
    };
    let place = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{} → {}", spot(old), spot(new)),
        (Some(old), None) => format!("{} → –", spot(old)),
        (None, Some(new)) => format!("– → {}", spot(new)),
        (None, None) => String::new(),
    } + &pointers(change);
    let message = printable(&change.message).replace('|', "\\|");
    format!(
        "| {rust} | {wire} | {message} `{}` | {place} |\n",
        change.code
    )
}

/// The pointer, or both where they differ.
fn pointers(change: &Change) -> String {
    let pointer = |place: &Option<Located>| place.as_ref().map(|place| place.pointer.clone());
    let (old, new) = (pointer(&change.old), pointer(&change.new));
    let shown = |pointer: &str| format!("<br>`{}`", printable(pointer).replace('|', "\\|"));
    match (&old, &new) {
        (Some(old), Some(new)) if old != new => shown(old) + &shown(new),
        _ => new
            .or(old)
            .map_or_else(String::new, |pointer| shown(&pointer)),
    }
}

/// A line of a file, or the file where no line is known.
fn spot(place: &Located) -> String {
    let Located {
        file,
        line,
        column: _,
        pointer: _,
    } = place;
    let file = printable(file).replace('|', "\\|");
    match line {
        0 => format!("`{file}`"),
        _ => format!("`{file}:{line}`"),
    }
}
