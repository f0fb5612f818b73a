//! Descriptions in tests/mistakes, one mistake each, and what is reported of them.
//!
//! `# Operations:` on the first line lists the operations that are asked for.

use crate::support::assert_reviewed;
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::fs;

#[test]
fn each_is_explained() {
    insta::glob!("../mistakes", "*.{yaml,json}", |path| {
        let text = fs::read_to_string(path).unwrap();
        let operations = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("# Operations: "));
        let operations = operations
            .into_iter()
            .flat_map(|listed| listed.split(", "))
            .map(str::to_owned)
            .collect();
        let options = Options {
            operations,
            ..Options::new("harbour", "0.1.0")
        };
        let sources = [Source::new(
            path.file_name().unwrap().to_str().unwrap(),
            text,
        )];
        let message = match generate(&sources, &options) {
            Ok(generation) => format!(
                "A crate, and:\n\n{}",
                generation.analysis.warnings.render(&sources, false)
            ),
            Err(diagnostics) => diagnostics.render(&sources, false),
        };
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert_reviewed("mistakes", name, &message);
    });
}
