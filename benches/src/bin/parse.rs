//! Parses descriptions with `serde_yaml` and does nothing else: `parse FILE...`.

use flexgen::source::Source;
use flexgen_benches::generating;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let sources: Result<Vec<Source>, _> = std::env::args_os()
        .skip(1)
        .map(|path| Source::read(Path::new(&path)))
        .collect();
    match sources {
        Ok(sources) if !sources.is_empty() => {
            black_box(generating::parse(&sources));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("usage: parse DESCRIPTION...");
            ExitCode::from(2)
        }
    }
}
