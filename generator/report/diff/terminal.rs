//! The report on a terminal.

use super::change::{Change, Level, Place, Rust};
use super::code::ChangeCode;
use super::report::{LeftOut, Report};
use crate::base::diagnostics::printable;
use crate::input::document::Located;
use std::fmt::Write as _;

/// Places of a change that are listed; of more, it says how many there are.
const PLACES: usize = 3;

impl Report {
    /// Returns the report as text; `colour` adds ANSI colours.
    #[must_use]
    pub fn to_text(&self, colour: bool) -> String {
        self.to_text_within(colour, usize::MAX)
    }

    /// Returns the report as text of about this many lines: whatever breaks, and of the rest what there is room for.
    #[must_use]
    pub fn to_text_within(&self, colour: bool, lines: usize) -> String {
        let painter = Painter { colour };
        let mut text = format!("{}\n", painter.paint(&self.headline(), "1"));
        let mut left_out = LeftOut::default();
        for (level, changes) in self.by_level() {
            let title = format!("{} ({})", level.heading(), changes.len());
            let mut section = format!("\n{}\n", painter.paint(&title, "1"));
            let mut shown = 0;
            for change in changes {
                let entry = painter.change(change);
                let used = text.lines().count() + section.lines().count() + entry.lines().count();
                if level != Level::Breaking && used > lines {
                    break;
                }
                section += &entry;
                shown += 1;
            }
            left_out.add(level, changes.len() - shown);
            if shown > 0 {
                text += &section;
            }
        }
        if let Some(left_out) = left_out.in_words() {
            let _ = writeln!(text, "\n{left_out}; `cratewright diff` shows all.");
        }
        text
    }
}

struct Painter {
    colour: bool,
}

impl Painter {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.colour {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    fn change(&self, change: &Change) -> String {
        let rust = format!("{:<5}", change.rust.to_string());
        let rust = match change.rust {
            Rust::Major => self.paint(&rust, "31"),
            Rust::Minor => self.paint(&rust, "32"),
            Rust::Patch | Rust::None => rust,
        };
        let wire = change.wire.to_string();
        let wire = if change.wire.is_breaking() {
            self.paint(&wire, "31")
        } else {
            wire
        };
        let mut text = format!(
            "  {rust}  {} [{}; {wire}]\n",
            printable(&change.message),
            change.code
        );
        let mut line = |line: &str| {
            let _ = writeln!(text, "         {}", self.paint(line, "2"));
        };
        for place in change.places().take(PLACES) {
            for place in places(place) {
                line(&place);
            }
        }
        let more = change.count.saturating_sub(PLACES);
        if more > 0 {
            let noun = if more == 1 { "place" } else { "places" };
            line(&format!("and in {more} more {noun}"));
        }
        if let Some(consequences) = consequences(change) {
            line(&consequences);
        }
        text
    }
}

/// What comes with a change, in a sentence.
pub(super) fn consequences(change: &Change) -> Option<String> {
    let paths = change.consequences.iter();
    let paths: Vec<String> = paths
        .map(|one| {
            let path = printable(&one.place.rust_path);
            match one.code {
                ChangeCode::TypeAdded
                | ChangeCode::TypeRemoved
                | ChangeCode::OperationAdded
                | ChangeCode::OperationRemoved
                | ChangeCode::HeaderAdded
                | ChangeCode::HeaderRemoved => format!("`{path}`"),
                code => format!("`{path}` ({code})"),
            }
        })
        .collect();
    match paths.as_slice() {
        [] => None,
        shown if shown.len() <= PLACES => Some(format!("with {}", shown.join(", "))),
        all => {
            let shown = all[..PLACES].join(", ");
            let more = all.len() - PLACES;
            let noun = if more == 1 { "item" } else { "items" };
            Some(format!("with {shown} and {more} more {noun}"))
        }
    }
}

fn places(place: &Place) -> Vec<String> {
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
    let old = place.old.iter().map(|place| shown("old", place));
    let new = place.new.iter().map(|place| shown("new", place));
    old.chain(new).collect()
}
