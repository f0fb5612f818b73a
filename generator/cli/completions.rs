//! `cratewright completions` and `cratewright man`: what shells and manual readers want to know of the arguments.

use super::args::Cli;
use crate::base::diagnostics::Diagnostic;
use clap::CommandFactory as _;
use clap_complete::Shell;
use std::io;

const NAME: &str = "cratewright";

/// Returns the completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<String, Diagnostic> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    text(script)
}

/// Returns the manual page: that of the command, then those of its subcommands.
pub(super) fn manual() -> Result<String, Diagnostic> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    render(&command, &mut page).map_err(|error| failed(&error))?;
    for subcommand in command.get_subcommands() {
        if subcommand.get_name() != "help" {
            render(subcommand, &mut page).map_err(|error| failed(&error))?;
        }
    }
    text(page)
}

fn render(command: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(page)
}

fn text(bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

fn failed(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::failure("io", format!("cannot write the text: {error}"))
}
