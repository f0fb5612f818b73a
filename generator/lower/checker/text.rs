//! Texts that the runtime's libraries read.

use serde_json::Number;

/// Whether a text is a number as JSON writes it.
pub(super) fn is_number(text: &str) -> bool {
    text.trim() == text && serde_json::from_str::<Number>(text).is_ok()
}

/// Whether a text is a UUID in one of the forms that the crate `uuid` reads.
pub(super) fn is_uuid(text: &str) -> bool {
    let inner = text.strip_prefix('{').map(|text| text.strip_suffix('}'));
    let is_simple = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hyphenated = match inner {
        Some(inner) => inner,
        None => Some(text.strip_prefix("urn:uuid:").unwrap_or(text)),
    };
    is_simple || hyphenated.is_some_and(has_uuid_hyphens)
}

/// Whether a text is a UUID with hyphens (RFC 9562, section 4).
pub(super) fn has_uuid_hyphens(text: &str) -> bool {
    let is_hex = |byte: u8| byte == b'-' || byte.is_ascii_hexdigit();
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.bytes().all(is_hex)
}
