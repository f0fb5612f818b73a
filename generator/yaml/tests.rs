//! Reading in halves.

use super::halves::{Halves, joined};
use super::{half, parse};
use std::fs;
use std::path::Path;

/// Where a text can be cut, its halves are read as the whole is, or not at all.
fn check(text: &str) -> usize {
    let whole = parse(text).ok().map(|value| value.to_string());
    let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let cuts = lines.iter().step_by(1 + lines.len() / 20);
    let mut read = 0;
    for &at in cuts {
        let cut = Halves::cut_from(text, at);
        let value = cut.and_then(|Halves { first, second }| joined(half(first)?, half(&second)?));
        if let Some(value) = value {
            read += 1;
            assert_eq!(Some(value.to_string()), whole, "{text}\ncut at {at}");
        }
    }
    read
}

#[test]
fn halves_are_read_as_the_whole() {
    let mut read = 0;
    for folder in ["spec", "tests/fixtures", "tests/mistakes"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in fs::read_dir(folder).into_iter().flatten().flatten() {
            read += fs::read_to_string(file.path()).map_or(0, |text| check(&text));
        }
    }
    assert!(read > 500, "{read}");
}

#[test]
fn what_reaches_over_the_cut_is_read_as_a_whole() {
    for text in [
        "a:\n  b: \"x\n  c: y\"\n  d: z\n",
        "a:\n  b: |\n    x\n  c: >\n    y\n\n    z\n  d: 1\n",
        "a:\n  b: x\n    y\n  c: z\n",
        "a:\n  x\n  b: c\n",
        "a:\n  b: &m 1\n  c: *m\n  d: &m 2\n  e: *m\n",
        "a:\n  <<: {c: 1}\n  b: 2\nd: 3\n",
        "a:\n  b: 1\n  c: 2\n  b: 3\n",
        "a:\n  b: 1\n  c: 2\na:\n  d: 3\n",
        "{x: 1,\na:\n  {b: 1}}\n  c: 2\n",
        "a:\n  {b: 1,\n  c: 2}\n  d: 3\n",
        "a:\n  b: 1\u{85}c:\n  d: 2\n  e: 3\n",
        "a:\n  b: 1\n...\n  c: 2\n",
        "a:\n  b: 1\n---\na:\n  c: 2\n",
        "---\n# c\na:\n  b: 1\n\n# d\n  c: 2\n  ? e\n  : f\n",
        "a:\n- b\n- c\nd:\n- e: 1\n  f: 2\n",
        "a:\n  - b\n  - c\n",
        "a:\r\n  b: 1\r\n  c: 2\r\nd:\r\n  e: 3\r\n",
        "a: # x\n  b: 1\n  c: 2\n",
        "a:\n    b: 1\n    c:\n  d: 2\n",
        "? a\n:\n  b: 1\n  c: 2\n",
        "a:\n  'b': 1\n  \"c\": 2\n  3: 4\n  3.0: 5\n",
        "x: 1\na:\n\n  b: 1\n  c: 2\n",
        "a: !t\n  b: 1\n  c: 2\n",
        "a: [1,\nb:\n  2]\n  c: 3\n",
    ] {
        check(text);
    }
}
