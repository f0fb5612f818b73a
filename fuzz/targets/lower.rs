#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| cratewright_fuzz::lower(text));
