//! Counts what the machine's speed does not change, and holds it against `budget.txt`: instructions, allocations, sizes.
//!
//! `budget` fails when a count is above its budget by more than the slack; `budget --update` writes the counts of today
//! into the file. Instructions are counted by valgrind, and left out by name where there is none.

mod cases;
mod counts;
mod file;

use cases::Case;
use cratewright_benches::allocations::Counting;
use file::Verdict;
use std::env;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<ExitCode, Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => check(),
        ["--update"] => {
            file::write(&counts::all()?)?;
            Ok(ExitCode::SUCCESS)
        }
        // What runs under valgrind: a case, so many times.
        ["repeat", name, times] => {
            let case = Case::named(name).ok_or("there is no such case")?;
            case.repeat(times.parse()?)?;
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            eprintln!("usage: budget [--update]");
            Ok(ExitCode::from(2))
        }
    }
}

fn check() -> Result<ExitCode, Failure> {
    let counts = counts::all()?;
    let verdicts = file::compare(&counts)?;
    println!(
        "{:58} {:>12} {:>12} {:>7}",
        "count", "now", "budget", "change"
    );
    for verdict in &verdicts {
        println!("{verdict}");
    }
    if verdicts.iter().any(Verdict::is_broken) {
        println!(
            "\nA budget is broken: find out what became slower or larger. If it is worth its price, raise the budget with\n\
             `cargo run --release --package cratewright-benches --bin budget -- --update`, and say why in the commit."
        );
        return Ok(ExitCode::FAILURE);
    }
    if verdicts.iter().any(Verdict::is_bettered) {
        println!("\nSome counts are well below their budgets: `--update` keeps them there.");
    }
    Ok(ExitCode::SUCCESS)
}
