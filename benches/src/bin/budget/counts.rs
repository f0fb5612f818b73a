//! Counting.

use super::Failure;
use super::cases::Case;
use cratewright_benches::{generating, synthetic};
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// One count.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub(super) name: String,
    /// None where it cannot be counted here, with the reason.
    pub(super) value: Result<u64, &'static str>,
}

impl Count {
    fn new(name: impl Into<String>, value: u64) -> Self {
        Self {
            name: name.into(),
            value: Ok(value),
        }
    }
}

/// Counts everything.
pub(super) fn all() -> Result<Vec<Count>, Failure> {
    let mut counts = Vec::new();
    let has_valgrind = Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok();
    for case in Case::ALL {
        let value = if has_valgrind {
            Ok(instructions(case)?)
        } else {
            Err("valgrind is not installed")
        };
        counts.push(Count {
            name: format!("{}/instructions", case.name()),
            value,
        });
    }
    for case in Case::ALL {
        let taken = case.taken()?;
        counts.push(Count::new(
            format!("{}/allocations", case.name()),
            taken.allocations,
        ));
        counts.push(Count::new(
            format!("{}/allocated-bytes", case.name()),
            taken.bytes,
        ));
    }
    sizes("five-operations", generating::FLEX, &mut counts);
    sizes("73-operations", &synthetic::description(73), &mut counts);
    dependencies(&mut counts)?;
    Ok(counts)
}

/// Counts the instructions of one call: those of so many, less those of none.
fn instructions(case: Case) -> Result<u64, Failure> {
    let none = under_valgrind(case, 0)?;
    let some = under_valgrind(case, case.times())?;
    Ok(some.saturating_sub(none) / case.times())
}

fn under_valgrind(case: Case, times: u64) -> Result<u64, Failure> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args(["repeat", case.name(), &times.to_string()])
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text.lines().find_map(|line| line.split_once("Collected :"));
    match collected {
        Some((_, count)) if output.status.success() => Ok(count.trim().parse()?),
        _ => Err(format!("valgrind: {text}").into()),
    }
}

/// Counts what is written into a crate.
fn sizes(name: &str, text: &str, counts: &mut Vec<Count>) {
    let crate_of = generating::generate(&[generating::source(text)]);
    let (mut lines, mut own_lines, mut bytes) = (0, 0, 0);
    for (path, text) in crate_of.files.iter() {
        let count = text.lines().count() as u64;
        lines += count;
        bytes += text.len() as u64;
        if path.starts_with("src/") && !path.starts_with("src/runtime/") {
            own_lines += count;
        }
    }
    counts.push(Count::new(format!("{name}/lines-of-the-crate"), lines));
    counts.push(Count::new(
        format!("{name}/lines-of-the-description"),
        own_lines,
    ));
    counts.push(Count::new(format!("{name}/bytes-of-the-crate"), bytes));
}

/// Counts the packages that the generated crate is built with.
fn dependencies(counts: &mut Vec<Count>) -> Result<(), Failure> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/Cargo.toml");
    fs::metadata(&manifest)?;
    for (name, features) in [
        ("no-feature", ""),
        ("client", "client"),
        ("blocking", "blocking"),
    ] {
        let output = Command::new(env!("CARGO"))
            .args([
                "tree",
                "--locked",
                "--edges=normal",
                "--prefix=none",
                "--no-dedupe",
                "--no-default-features",
            ])
            .args(["--target=x86_64-unknown-linux-gnu", "--features", features])
            .arg("--manifest-path")
            .arg(&manifest)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let text = String::from_utf8(output.stdout)?;
        let mut packages: Vec<&str> = text
            .lines()
            .map(|line| line.trim_end_matches(" (*)"))
            .collect();
        packages.sort_unstable();
        packages.dedup();
        counts.push(Count::new(
            format!("{name}/dependencies"),
            packages.len() as u64 - 1,
        ));
    }
    Ok(())
}
