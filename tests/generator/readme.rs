//! The README shows the program that cratewright writes.

use crate::support::root;
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::fs;

/// The description is the one of the documentation, so that the README does not change with spec/flex.yaml.
#[test]
fn the_example_is_the_generated_one() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let source = Source::read(&root().join("tests/docs/flex.yaml")).unwrap();
    let generation = generate(&[source], &Options::new("twilio-flex", "0.1.0")).unwrap();
    let program = generation.files.get("examples/quickstart.rs").unwrap();
    let (_, code) = program.split_once("\n\nuse ").unwrap();
    assert!(
        readme.contains(&format!("```rust\nuse {code}```")),
        "the README shows another program than this:\n{program}"
    );
    let program = asynchronous(generation.files.get("src/lib.rs").unwrap());
    assert!(
        readme.contains(&format!("```rust\n{program}```")),
        "the README shows another program than this:\n{program}"
    );
}

/// The example of the crate's documentation, which its doctests compile, as a program.
fn asynchronous(documentation: &str) -> String {
    let (_, usage) = documentation.split_once("//! # Usage\n").unwrap();
    let code = usage.split("//! ```").nth(1).unwrap();
    let lines = code
        .lines()
        .skip(1)
        .filter_map(|line| line.strip_prefix("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let shown: Vec<&str> = lines.filter(|line| !line.starts_with("# ")).collect();
    let example = shown.join("\n") + "\n";
    example.replace("async fn example()", "#[tokio::main]\nasync fn main()")
}
