//! The report as a comment on a pull request.

use super::change::{Change, Level, Place};
use super::report::{LeftOut, Report};
use super::terminal::consequences;
use crate::base::diagnostics::printable;
use crate::input::document::Located;
use std::fmt::Write as _;

/// Bytes that a comment may have on the sites that people review at, with room for what is around it.
const LIMIT: usize = 60_000;

/// Bytes that the places of one change may take.
const PLACES: usize = 2_000;

/// How much of a change a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// With every place, folded away but the first.
    Full,
    /// With the first place.
    First,
    /// The sentence alone.
    Sentence,
}

impl Report {
    /// Returns the report in Markdown: the summary, then what breaks, then the rest.
    ///
    /// It ends where a comment on GitHub would. Where that is too short for everything, places are left out before changes,
    /// and other changes before those that break something; what is left out is counted by class.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let details = [Detail::Full, Detail::First, Detail::Sentence];
        let fits = |detail: &Detail| {
            let breaking = self.changes.iter().filter(|change| change.is_breaking());
            let rows = breaking.map(|change| row(change, *detail).len());
            rows.sum::<usize>() < LIMIT / 2 || *detail == Detail::Sentence
        };
        let detail = details.into_iter().find(fits).unwrap_or(Detail::Sentence);
        let mut text = format!("### API changes\n\n**{}**\n", self.headline());
        let mut left_out = LeftOut::default();
        let mut is_full = false;
        for (level, changes) in self.by_level() {
            let mut section = format!(
                "\n#### {} ({})\n\n| Rust | wire | what | where |\n|---|---|---|---|\n",
                level.heading(),
                changes.len()
            );
            let mut shown = 0;
            for change in changes {
                let detail = if level == Level::Breaking {
                    detail
                } else {
                    Detail::Full
                };
                let line = row(change, detail);
                is_full |= text.len() + section.len() + line.len() > LIMIT;
                if is_full {
                    break;
                }
                section += &line;
                shown += 1;
            }
            left_out.add(level, changes.len() - shown);
            if shown > 0 {
                text += &section;
            }
        }
        if let Some(left_out) = left_out.in_words() {
            let _ = write!(
                text,
                "\n{left_out}. `cratewright diff` lists all of them.\n"
            );
        }
        text
    }
}

fn row(change: &Change, detail: Detail) -> String {
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
    let place = match detail {
        Detail::Full => shown(&change.place) + &folded(change),
        Detail::First => shown(&change.place),
        Detail::Sentence => String::new(),
    };
    let with = match (detail, consequences(change)) {
        (Detail::Full | Detail::First, Some(with)) => format!("<br>{}", cell(&with)),
        (Detail::Sentence, _) | (_, None) => String::new(),
    };
    let message = cell(&change.message);
    format!(
        "| {rust} | {wire} | {message} `{}`{with} | {place} |\n",
        change.code
    )
}

/// The places behind the first one, to be opened.
fn folded(change: &Change) -> String {
    if change.more.is_empty() {
        return String::new();
    }
    let mut places = String::new();
    let mut left = change.more.len();
    for place in &change.more {
        let item = format!("`{}` {}<br>", cell(&place.rust_path), spots(place));
        if places.len() + item.len() > PLACES {
            break;
        }
        places += &item;
        left -= 1;
    }
    if left > 0 {
        let _ = write!(places, "and {left} more");
    }
    let count = match change.more.len() {
        1 => "1 more place".to_owned(),
        more => format!("{more} more places"),
    };
    format!("<details><summary>{count}</summary>{places}</details>")
}

fn cell(text: &str) -> String {
    printable(text).replace('|', "\\|")
}

fn shown(place: &Place) -> String {
    spots(place) + &pointers(place)
}

fn spots(place: &Place) -> String {
    match (&place.old, &place.new) {
        (Some(old), Some(new)) => format!("{} → {}", spot(old), spot(new)),
        (Some(old), None) => format!("{} → –", spot(old)),
        (None, Some(new)) => format!("– → {}", spot(new)),
        (None, None) => String::new(),
    }
}

/// The pointer, or both where they differ.
fn pointers(place: &Place) -> String {
    let pointer = |place: &Option<Located>| place.as_ref().map(|place| place.pointer.clone());
    let (old, new) = (pointer(&place.old), pointer(&place.new));
    let shown = |pointer: &str| format!("<br>`{}`", cell(pointer));
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
    let file = cell(file);
    match line {
        0 => format!("`{file}`"),
        _ => format!("`{file}:{line}`"),
    }
}
