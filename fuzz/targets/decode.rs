#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| flexgen_fuzz::decode(body));
