#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| flexgen_fuzz::lower(text));
