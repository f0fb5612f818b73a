//! The command that fixes what `check` found, as the user would type it.

use std::env;
use std::ffi::OsString;

/// How this process was started.
pub(super) struct Invocation {
    /// The program, then its arguments.
    pub arguments: Vec<OsString>,
    /// Whether `cargo run` started it, which sets the package in the environment.
    by_cargo: bool,
}

impl Invocation {
    pub(super) fn of_this_process() -> Self {
        let by_cargo =
            env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
        Self {
            arguments: env::args_os().collect(),
            by_cargo,
        }
    }

    /// Returns the `generate` command with the arguments of this `check`.
    pub(super) fn generate(&self, force: bool) -> String {
        let mut arguments = self
            .arguments
            .iter()
            .map(|argument| argument.to_string_lossy());
        let program = arguments.next();
        let mut words = match program {
            Some(program) if !self.by_cargo => vec![quoted(&program)],
            _ => vec!["cargo run --".to_owned()],
        };
        let mut replaced = false;
        for argument in arguments {
            if argument == "check" && !replaced {
                replaced = true;
                words.push("generate".to_owned());
            } else {
                words.push(quoted(&argument));
            }
        }
        if force {
            words.push("--force".to_owned());
        }
        words.join(" ")
    }
}

/// Quotes a word for a shell where that is needed.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:=@%+\\".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
