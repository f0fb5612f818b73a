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
}
