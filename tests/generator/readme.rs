//! The README shows the program that is really there.

#[test]
fn the_example_is_the_generated_one() {
    let readme = include_str!("../../README.md");
    let program = include_str!("../../generated/examples/quickstart.rs");
    let (_, code) = program.split_once("\n\nuse ").unwrap_or_default();
    let shown = format!("```rust\nuse {code}```");
    assert!(
        readme.contains(&shown),
        "the README shows another program than generated/examples/quickstart.rs"
    );
}
