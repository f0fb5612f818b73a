//! Any description that parses: an API that can be emitted, or errors; never a defect of flexgen's own.

#![no_main]

use flexgen::Options;
use flexgen::check::check;
use flexgen::document::parse;
use flexgen::lower::lower;
use flexgen::source::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::new("fuzz.yaml", text);
    let Ok(document) = parse(&source, &[]) else {
        return;
    };
    let options = Options::new("fuzz", "0.1.0");
    let Ok((api, _)) = lower(&document, &options) else {
        return;
    };
    if let Err(diagnostics) = check(api) {
        for diagnostic in &diagnostics {
            assert_ne!(diagnostic.code, "defect", "{diagnostic}");
        }
    }
});
