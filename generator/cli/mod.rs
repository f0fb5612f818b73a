//! The command line: a thin caller of the library.

mod api;
mod args;
mod bump;
mod cargo_lock;
mod changelog;
mod check;
mod completions;
mod dependencies;
mod diff;
mod explain;
mod fetch;
mod files;
mod fix;
mod folded;
mod generate;
mod github;
mod init;
mod inspect;
mod jobs;
mod old_names;
mod outcome;
mod printer;
mod progress;
mod ready;
mod regeneration;
mod remote;
mod report_rules;
mod revision;
mod sarif;
mod similar;
mod words;

use crate::config;
use args::{Cli, Command};
use clap::Parser;
use fix::Invocation;
use jobs::Trouble;
use outcome::Outcome;
use printer::Printer;
use ready::prepare;
use remote::Pins;
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
    let mut printer = Printer::new(&cli.output);
    printer.diagnostics(&old_names::variables(), &[]);
    if cli.output.is_for_people() {
        progress::enable();
    }
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
        Command::Init(args) => init::init(args, printer),
        Command::Generate(args) => {
            let ready = prepare(&args.selection, &args.out, Pins::Add, printer)?;
            generate::write_all(&ready, args, printer)
        }
        Command::Check(args) => {
            let ready = prepare(&args.selection, &args.out, Pins::Keep, printer)?;
            check::compare_all(&ready, invocation, printer)
        }
        Command::Inspect(args) => inspect::inspect_all(args, printer),
        Command::Api(args) => api::print(args, printer),
        Command::Diff(args) => diff::compare(args, printer),
        Command::Fetch(args) => fetch::fetch(args, printer),
        Command::Dependencies(args) => dependencies::print(args, printer),
        Command::Explain(args) => explain::explain(args, printer),
        Command::Schema => {
            printer.text(&config::schema());
            Ok(Outcome::Fine)
        }
        Command::Completions(args) => {
            printer.text(&completions::completions(args.shell)?);
            Ok(Outcome::Fine)
        }
        Command::Man => {
            printer.text(&completions::manual()?);
            Ok(Outcome::Fine)
        }
    }
}
