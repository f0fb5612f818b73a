//! Prints a synthetic description: `describe 20000 >large.yaml`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let operations = std::env::args().nth(1).and_then(|count| count.parse().ok());
    match operations {
        Some(operations) => {
            print!(
                "{}",
                cratewright_benches::synthetic::description(operations)
            );
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("usage: describe NUMBER-OF-OPERATIONS");
            ExitCode::from(2)
        }
    }
}
