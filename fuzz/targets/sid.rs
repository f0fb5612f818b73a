//! Any text as a SID: what is taken is what the pattern says, and comes back as it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twilio_flex::Sid;
use twilio_flex::sids::{Ac, Ch};

fn follows(text: &str, prefix: &str) -> bool {
    let digits = |digits: &str| digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    text.strip_prefix(prefix).is_some_and(digits)
}

fuzz_target!(|text: &str| {
    match Sid::<Ch>::parse(text) {
        Ok(sid) => {
            assert!(follows(text, "CH"), "{text:?}");
            assert_eq!(sid.as_str(), text);
            assert_eq!(sid.to_string().parse::<Sid<Ch>>(), Ok(sid));
        }
        Err(error) => {
            assert!(!follows(text, "CH"), "{text:?}");
            let _ = error.to_string();
        }
    }
    assert_eq!(Sid::<Ac>::parse(text).is_ok(), follows(text, "AC"));
});
