//! Any text: a document, or errors that each have a place and can be rendered.

#![no_main]

use flexgen::diagnostics::{At, Severity};
use flexgen::document::parse;
use flexgen::source::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let sources = [Source::new("fuzz.yaml", text)];
    let [source] = &sources;
    if let Err(diagnostics) = parse(source, &[]) {
        for error in &diagnostics {
            if error.severity == Severity::Error && error.at != At::Nowhere {
                assert!(source.place(&error.at).is_some(), "{error}");
            }
        }
        let shown = diagnostics.render(&sources, false);
        let is_shown = |c: char| c == '\n' || !c.is_control();
        assert!(shown.chars().all(is_shown), "{shown:?}");
        let _ = diagnostics.reports(&sources);
    }
});
