#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| cratewright_fuzz::decode(body));
