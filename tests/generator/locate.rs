//! Where the node of a JSON pointer stands, in YAML and in JSON, and what a person sees of it.

use crate::support::assert_reviewed;
use cratewright::diagnostics::{Diagnostic, Diagnostics};
use cratewright::source::Source;
use std::fmt::Write as _;
use std::slice;

/// Each pointer with its line, its column and what is marked.
fn places(text: &str, pointers: &[&str]) -> String {
    let source = Source::new("spec.yaml", text);
    let mut out = String::new();
    for pointer in pointers {
        let place = source.locate(pointer).unwrap();
        writeln!(
            out,
            "{pointer:?}: {}:{} {:?}",
            place.line,
            place.column,
            &source.text()[place.span]
        )
        .unwrap();
    }
    out
}

#[test]
fn json_that_ends_at_the_indentation_of_its_key() {
    let text = "\
info:
  title: Ä
  example: {
    \"list\": [
      1
    ],
  }
  after:
    deep: { here: 1 }
";
    insta::assert_snapshot!(places(
        text,
        &["/info/example/list/0", "/info/after", "/info/after/deep/here"]
    ), @r#"
    "/info/example/list/0": 5:7 "1"
    "/info/after": 8:3 "after"
    "/info/after/deep/here": 9:19 "1"
    "#);
}

#[test]
fn yaml() {
    let text = "\
openapi: 3.0.3
paths:
  /v1/Ä~b:
    get: &get {tags: [one, two]}
    post: *get
    put:
    patch:
    - first: 1 # a comment
      second: |
        a block
    - 'quoted' # a comment
";
    assert_reviewed(
        "locate",
        "yaml",
        &places(
            text,
            &[
                "",
                "/openapi",
                "/paths",
                "/paths/~1v1~1Ä~0b",
                "/paths/~1v1~1Ä~0b/get",
                "/paths/~1v1~1Ä~0b/get/tags/1",
                "/paths/~1v1~1Ä~0b/post",
                "/paths/~1v1~1Ä~0b/post/tags/1",
                "/paths/~1v1~1Ä~0b/put",
                "/paths/~1v1~1Ä~0b/patch",
                "/paths/~1v1~1Ä~0b/patch/0",
                "/paths/~1v1~1Ä~0b/patch/0/first",
                "/paths/~1v1~1Ä~0b/patch/0/second",
                "/paths/~1v1~1Ä~0b/patch/1",
                "/paths/~1v1~1Ä~0b/patch/2",
                "/paths/~1v1~1Ä~0b/delete/responses",
                "no pointer",
            ],
        ),
    );
}

#[test]
fn json_with_tabs_line_breaks_of_windows_and_surrogates() {
    let text = "\u{feff}{\r\n\t\"a\": {\r\n\t\t\"b\": [1, \"\\ud83d\\ude00 \\\"\", true],\r\n\t\t\"c\\/d\": \"\u{1f600}\", \"e\": null\r\n\t}\r\n}";
    assert_reviewed(
        "locate",
        "json_with_tabs_line_breaks_of_windows_and_surrogates",
        &places(
            text,
            &[
                "", "/a", "/a/b", "/a/b/1", "/a/b/2", "/a/c~1d", "/a/e", "/a/f",
            ],
        ),
    );
}

#[test]
fn a_key_can_be_marked() {
    let source = Source::new("spec.yaml", "info:\n  titel: x\n");
    let place = source.locate_key("/info/titel").unwrap();
    assert_eq!(
        (place.line, place.column, &source.text()[place.span]),
        (2, 3, "titel")
    );
    let missing = source.locate_key("/info/title").unwrap();
    assert_eq!((missing.line, missing.column), (1, 1));
}

#[test]
fn an_alias_inside_its_own_anchor_ends() {
    assert_eq!(
        places("a: &a [*a]", &["/a/0/0/0/0"]),
        "\"/a/0/0/0/0\": 1:8 \"*a\"\n"
    );
}

#[test]
fn an_empty_text_has_no_place() {
    assert_eq!(Source::new("spec.yaml", "# nothing\n").locate("/a"), None);
}

#[test]
fn a_byte_offset_becomes_line_and_column() {
    let source = Source::new("spec.yaml", "aé\nüb\n");
    assert_eq!(source.line_column(0), (1, 1));
    assert_eq!(source.line_column(3), (1, 3));
    assert_eq!(source.line_column(6), (2, 2));
    assert_eq!(source.line_column(5), (2, 1), "inside a character");
    assert_eq!(source.line_column(99), (3, 1));
}

#[test]
fn no_text_and_no_pointer_makes_it_fail() {
    let pieces = [
        "a", ": ", "\n", " ", "- ", "[", "]", "{", "}", "&x ", "*x", "\"", "'", "|", ">", "#",
        "? ", ", ", "é", "\t", "\r", "!!t ", "~", "%", "---\n", "\u{0}",
    ];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[usize::try_from(state >> 33).unwrap() % pieces.len()]);
        }
        let source = Source::new("spec.yaml", text);
        for pointer in ["", "/a", "/0/0", "/a/a/0", "/é"] {
            for place in [source.locate(pointer), source.locate_key(pointer)]
                .into_iter()
                .flatten()
            {
                assert!(source.text().get(place.span).is_some());
            }
            let diagnostics: Diagnostics = Diagnostic::error("code", pointer, "message").into();
            let _ = diagnostics.render(slice::from_ref(&source), false);
        }
    }
}

#[test]
fn deep_nesting_ends() {
    for text in [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "{a: ".repeat(100_000),
        "? ".repeat(100_000),
    ] {
        let _ = Source::new("spec.yaml", text).locate("/0/0/0");
    }
}

#[test]
fn what_a_person_sees() {
    let text =
        "paths:\n  /a:\n    $ref: '#/components/schemas/Chanel'\n    text: \"\\e[31m\u{202e}\"\n";
    let source = Source::new("spec.yaml", text);
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(
        Diagnostic::error(
            "dangling-ref",
            "/paths/~1a/$ref",
            "`$ref` to `#/components/schemas/Chanel`, which does not exist",
        )
        .help("did you mean `Channel`?"),
    );
    diagnostics.push(Diagnostic::warning(
        "bidi",
        "/paths/~1a/text",
        "a text with \u{1b}[31m and \u{202e} in it",
    ));
    diagnostics.push(Diagnostic::warning(
        "unused",
        "/paths/~1a",
        "a mapping is marked at its key",
    ));
    diagnostics.push(Diagnostic::error("version", "", "about the whole"));
    diagnostics.push(Diagnostic::syntax(
        "syntax",
        2,
        5,
        "a place that is known as line and column",
    ));
    diagnostics.push(Diagnostic::syntax("syntax", 99, 5, "a place past the end"));
    diagnostics.push(Diagnostic::failure("io", "no place").help("a way out"));
    assert_reviewed(
        "locate",
        "what_a_person_sees",
        &diagnostics.render(slice::from_ref(&source), false),
    );
}

#[test]
fn a_document_in_one_line_is_shown_in_part() {
    let text = format!("{{{}\"bad\": 1}}", "\"key\": \"ä\", ".repeat(10_000));
    let source = Source::new("spec.json", text);
    let diagnostics: Diagnostics = Diagnostic::error("code", "/bad", "far to the right").into();
    let shown = diagnostics.render(slice::from_ref(&source), false);
    assert!(
        shown.lines().all(|line| line.chars().count() < 200),
        "{shown}"
    );
    assert!(shown.contains("\"bad\": 1"), "{shown}");
}

#[test]
fn what_a_machine_reads() {
    let source = Source::new("spec.yaml", "a: 1\nb: 2\n");
    let diagnostics: Diagnostics = Diagnostic::error("code", "/b", "message")
        .help("help")
        .into();
    let reports =
        serde_json::to_string_pretty(&diagnostics.reports(slice::from_ref(&source))).unwrap();
    assert_reviewed("locate", "what_a_machine_reads", &reports);
}
