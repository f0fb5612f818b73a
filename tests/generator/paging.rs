//! How lists are paged, recognised from the parameters and the responses of many kinds of APIs.

use crate::support::{assert_reviewed, root};
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::fmt::Write;
use std::fs;

const CONST: &str = "const PAGING: runtime::Paging = ";

/// Returns a line for each list that pages: its request, and how.
fn paged(code: &str) -> String {
    let mut lines = String::new();
    for implementation in code.split("impl Paged for ").skip(1) {
        let (name, body) = implementation.split_once(" {").unwrap();
        let (_, expression) = body.split_once(CONST).unwrap();
        let (expression, _) = expression.split_once(';').unwrap();
        let expression: String = expression.split_whitespace().collect();
        let expression = expression.replace("runtime::", "");
        writeln!(lines, "{name}: {expression}").unwrap();
    }
    lines
}

fn pages(file: &str) -> String {
    let text = fs::read_to_string(root().join("tests/paging").join(file)).unwrap();
    let made = generate(&[Source::new(file, text)], &Options::new("ships", "0.1.0")).unwrap();
    made.files.iter().map(|(_, code)| paged(code)).collect()
}

#[test]
fn the_next_page_is_found_in_many_dialects() {
    assert_reviewed("paging", "dialects", &pages("dialects.yaml"));
}

#[test]
fn the_next_page_of_a_search_is_found() {
    assert_reviewed("paging", "searches", &pages("searches.yaml"));
}
