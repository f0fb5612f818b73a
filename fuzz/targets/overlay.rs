//! Any text as an overlay of a description.

#![no_main]

use flexgen::document::parse;
use flexgen::source::Source;
use libfuzzer_sys::fuzz_target;

const DESCRIPTION: &str = include_str!("../../tests/cli/harbour.yaml");

fuzz_target!(|text: &str| {
    let sources = [Source::new("harbour.yaml", DESCRIPTION)];
    let overlay = Source::new("overlay.yaml", text);
    if let Err(diagnostics) = parse(&sources[0], std::slice::from_ref(&overlay)) {
        let _ = diagnostics.render(&sources, false);
    }
});
