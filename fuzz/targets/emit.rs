//! Any description that generates: every file is Rust or what its name says, and is the same a second time.

#![no_main]

use flexgen::source::Source;
use flexgen::{Options, generate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let run = || {
        let source = Source::new("fuzz.yaml", text);
        generate(&[source], &Options::new("fuzz", "0.1.0"))
    };
    let Ok(generation) = run() else {
        return;
    };
    for (path, text) in generation.files.iter() {
        if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
            if let Err(error) = syn::parse_file(text) {
                panic!("{path}: {error}\n{text}");
            }
        }
    }
    let again = run().expect("it generated before");
    assert_eq!(generation.files, again.files);
});
