//! The `cratewright` command.

use std::process::ExitCode;

/// Half of the work is to make and drop small texts and trees, on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cratewright::cli::main()
}
