//! The report as workflow commands of GitHub Actions, which show it at the lines of the description.

use super::change::{Change, Level};
use super::report::Report;
use crate::base::diagnostics::printable;
use crate::input::document::Located;
use std::fmt::Write as _;

impl Report {
    /// Returns one annotation for each change, what breaks first, and the summary as the last one.
    ///
    /// GitHub shows ten annotations of a level in a step, so each change is one however many places it has.
    #[must_use]
    pub fn to_github(&self) -> String {
        let mut text = String::new();
        for change in &self.changes {
            text += &annotation(change);
        }
        let _ = writeln!(
            text,
            "::notice title=API changes::{}",
            data(&self.headline())
        );
        text
    }
}

fn annotation(change: &Change) -> String {
    let command = match change.level {
        Level::Breaking => "error",
        Level::Addition => "notice",
        Level::Notice => "debug",
    };
    if change.level == Level::Notice {
        let message = data(&change.message);
        return format!("::{command}::{} [{}]\n", message, change.code);
    }
    let place = change.place.new.as_ref().or(change.place.around.as_ref());
    let place = place.map_or_else(String::new, |place| {
        let Located {
            file,
            line,
            column,
            pointer: _,
        } = place;
        let position = match line {
            0 => String::new(),
            _ => format!(",line={line},col={column}"),
        };
        format!("file={}{position},", property(file))
    });
    let more = match change.more.len() {
        0 => String::new(),
        more => format!("; {more} more places"),
    };
    format!(
        "::{command} {place}title={}::{} [Rust: {}; wire: {}{more}]\n",
        property(change.code.as_str()),
        data(&change.message),
        change.rust,
        change.wire
    )
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    let text = printable(text);
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
