//! The command line: a thin caller of the library.

mod args;
mod bump;
mod check;
mod diff;
mod explain;
mod generate;
mod inspect;
mod jobs;
mod mend;
mod outcome;
mod printer;
mod ready;
mod regeneration;
mod report_rules;
mod revision;

use args::{Cli, Command};
use clap::Parser;
use jobs::Trouble;
use mend::Invocation;
use outcome::Outcome;
use printer::Printer;
use ready::prepare;
use std::process::ExitCode;

/// Runs the command line of this process and returns its exit status: 0 fine, 1 `check` found stale output, 2 an error.
#[must_use]
pub fn main() -> ExitCode {
    let invocation = Invocation::of_this_process();
    let cli = match Cli::try_parse_from(&invocation.arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(
                u8::try_from(error.exit_code()).unwrap_or(Outcome::Failed as u8),
            );
        }
    };
    let mut printer = Printer::new(cli.message_format);
    let outcome = run(&cli.command, &invocation, &mut printer).unwrap_or_else(|trouble| {
        printer.trouble(&trouble);
        Outcome::Failed
    });
    let outcome = if printer.finish() {
        outcome
    } else {
        Outcome::Failed
    };
    ExitCode::from(outcome as u8)
}

fn run(
    command: &Command,
    invocation: &Invocation,
    printer: &mut Printer,
) -> Result<Outcome, Trouble> {
    match command {
        Command::Generate(args) => {
            let ready = prepare(&args.selection, &args.out, printer)?;
            generate::write_all(&ready, args, printer)
        }
        Command::Check(args) => {
            let ready = prepare(&args.selection, &args.out, printer)?;
            check::compare_all(&ready, invocation, printer)
        }
        Command::Inspect(args) => inspect::inspect_all(args, printer),
        Command::Diff(args) => diff::compare(args, printer),
        Command::Explain(args) => explain::explain(args, printer),
    }
}
