//! The `flexgen` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    flexgen::cli::main()
}
