//! Parses descriptions with `serde_yaml` and does nothing else: `parse FILE...`.

use cratewright::source::Source;
use cratewright_benches::generating;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let sources: Option<Vec<Source>> = std::env::args_os()
        .skip(1)
        .map(|path| Source::read(Path::new(&path)).ok())
        .collect();
    match sources {
        Some(sources) if !sources.is_empty() => {
            black_box(generating::parse(&sources));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("usage: parse DESCRIPTION...");
            ExitCode::from(2)
        }
    }
}
