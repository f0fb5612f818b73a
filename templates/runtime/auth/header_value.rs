//! Header values with a credential in them.

use super::super::wire::push_base64;
use http::header::{HeaderName, HeaderValue};

/// Why a credential cannot be sent.
pub(crate) type CredentialError = &'static str;

/// Returns the value of an `Authorization` header for HTTP Basic (RFC 7617).
pub(super) fn basic(user: &str, password: &str) -> Result<HeaderValue, CredentialError> {
    if user.contains(':') {
        return Err("the user name of the credentials contains a colon (RFC 7617, section 2)");
    }
    let mut text = String::from("Basic ");
    push_base64(&mut text, format!("{user}:{password}").as_bytes());
    sensitive(&text)
}

/// Returns a cookie: a name, which is a token, and a value (RFC 6265, section 4.1.1).
pub(super) fn cookie(name: &str, value: &str) -> Result<HeaderValue, CredentialError> {
    // A header name is a token, too.
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("the name of the cookie has characters that are not allowed in it");
    }
    if value.contains([';', ',', ' ', '"', '\\']) {
        return Err("the cookie of the credentials has characters that are not allowed in it");
    }
    sensitive(&format!("{name}={value}"))
}

/// Returns a header value that `Debug` does not show.
pub(super) fn sensitive(text: &str) -> Result<HeaderValue, CredentialError> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| "the credentials have characters that are not allowed in a header")?;
    value.set_sensitive(true);
    Ok(value)
}
