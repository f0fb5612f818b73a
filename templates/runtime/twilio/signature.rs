//! The signature of the requests that Twilio sends (<https://www.twilio.com/docs/usage/security>).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::CONTENT_TYPE;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fmt;

/// The header with the signature.
const HEADER: &str = "x-twilio-signature";

/// The query parameter with the hash of a body that is not a form.
const BODY_HASH: &str = "bodySHA256";

/// Validates that a request comes from Twilio: its header `X-Twilio-Signature` is made with the auth token of the account.
///
/// `Debug` does not show the token.
#[derive(Clone)]
pub struct RequestValidator {
    auth_token: String,
}

impl RequestValidator {
    /// Creates a validator for the requests of an account.
    pub fn new(auth_token: impl Into<String>) -> Self {
        Self {
            auth_token: auth_token.into(),
        }
    }

    /// Validates a request that was sent to `url`: the whole URL as Twilio knows it, with scheme, host and query, which differs
    /// from that of the request behind a proxy.
    ///
    /// The fields of a form are part of the signature; of any other body, the hash that is in the query. The comparison
    /// takes the same time whatever the signature is.
    ///
    /// # Errors
    /// Returns an error when there is no signature, and when it is not that of the request.
    pub fn validate<B: AsRef<[u8]>>(
        &self,
        url: &str,
        request: &http::Request<B>,
    ) -> Result<(), SignatureError> {
        let signature = request.headers().get(HEADER);
        let signature = signature.ok_or(SignatureError::Missing)?;
        let signature = STANDARD.decode(signature.as_bytes());
        let signature = signature.map_err(|_| SignatureError::Wrong)?;
        let body = request.body().as_ref();
        let media_type = request.headers().get(CONTENT_TYPE);
        let is_form = media_type.is_some_and(|one| is_form(one.as_bytes()));
        // Else, the signature of a URL would do for any body.
        let is_signed = match query_value(url, BODY_HASH) {
            Some(hash) => is_hash_of(hash, body),
            None => is_form || body.is_empty(),
        };
        if !is_signed {
            return Err(SignatureError::Wrong);
        }
        let fields = if is_form {
            sorted_fields(body)
        } else {
            Vec::new()
        };
        // With and without the usual port, depending on how the request was made.
        let urls = [Some(url.to_owned()), without_port(url), with_port(url)];
        let mut is_valid = false;
        for url in urls.into_iter().flatten() {
            is_valid |= self.is_signature(&signature, &url, &fields);
        }
        if is_valid {
            Ok(())
        } else {
            Err(SignatureError::Wrong)
        }
    }

    fn is_signature(&self, signature: &[u8], url: &str, fields: &[(String, String)]) -> bool {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(self.auth_token.as_bytes()) else {
            return false;
        };
        mac.update(url.as_bytes());
        for (name, value) in fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        mac.verify_slice(signature).is_ok()
    }
}

impl fmt::Debug for RequestValidator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestValidator").finish_non_exhaustive()
    }
}

/// Why a request is not accepted as one of Twilio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The header `X-Twilio-Signature` is missing.
    Missing,
    /// The signature is not that of the request.
    Wrong,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the header `X-Twilio-Signature` is missing",
            Self::Wrong => "the header `X-Twilio-Signature` is not the signature of the request",
        })
    }
}

impl std::error::Error for SignatureError {}

fn is_form(media_type: &[u8]) -> bool {
    let form = b"application/x-www-form-urlencoded";
    media_type
        .get(..form.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(form))
}

/// Returns the fields of a form in the order of their names and values, each pair once.
fn sorted_fields(form: &[u8]) -> Vec<(String, String)> {
    let mut fields = super::super::decode::form::fields(form);
    fields.sort();
    fields.dedup();
    fields
}

fn is_hash_of(hash: &str, body: &[u8]) -> bool {
    let mut expected = String::with_capacity(64);
    for byte in Sha256::digest(body) {
        expected.push_str(&format!("{byte:02x}"));
    }
    hash.eq_ignore_ascii_case(&expected)
}

fn query_value<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then_some(value)
    })
}

/// Splits a URL into its scheme, its host with the port, and the rest.
fn parts(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some((scheme, &rest[..end], &rest[end..]))
}

fn without_port(url: &str) -> Option<String> {
    let (scheme, host, rest) = parts(url)?;
    let (host, port) = host.rsplit_once(':')?;
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    is_port.then(|| format!("{scheme}://{host}{rest}"))
}

fn with_port(url: &str) -> Option<String> {
    let (scheme, host, rest) = parts(url)?;
    let port = if scheme.eq_ignore_ascii_case("https") {
        443
    } else {
        80
    };
    (!host.contains(':')).then(|| format!("{scheme}://{host}:{port}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::{RequestValidator, SignatureError};

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const FORM: &str = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";

    fn validate(
        url: &str,
        media_type: &str,
        body: &str,
        signature: &str,
    ) -> Result<(), SignatureError> {
        let request = http::Request::post("/myapp.php")
            .header("content-type", media_type)
            .header("X-Twilio-Signature", signature)
            .body(body)
            .expect("a request");
        RequestValidator::new("12345").validate(url, &request)
    }

    const IS_FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

    /// The example of the page about security, and those of Twilio's own libraries.
    #[test]
    fn accepts_the_published_examples() {
        assert_eq!(
            validate(URL, IS_FORM, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            Ok(())
        );
        let page = FORM.replace("14158675309", "14158675310");
        assert_eq!(
            validate(URL, IS_FORM, &page, "GvWf1cFY/Q7PnoempGyD5oXAezc="),
            Ok(())
        );
        let body = r#"{"property": "value", "boolean": true}"#;
        let url = format!(
            "{URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
        );
        assert_eq!(
            validate(
                &url,
                "application/json",
                body,
                "a9nBmqA0ju/hNViExpshrM61xv4="
            ),
            Ok(())
        );
        let other = validate(
            &url,
            "application/json",
            "{}",
            "a9nBmqA0ju/hNViExpshrM61xv4=",
        );
        assert_eq!(other, Err(SignatureError::Wrong));
        let unsigned = validate(
            URL,
            "application/json",
            body,
            "zYQTYrRWXE7LtzbG4PfP7/bkkGo=",
        );
        assert_eq!(unsigned, Err(SignatureError::Wrong));
    }

    #[test]
    fn the_usual_port_makes_no_difference() {
        let url = URL.replace(".com/", ".com:443/");
        assert_eq!(
            validate(&url, IS_FORM, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            Ok(())
        );
    }

    #[test]
    fn refuses_everything_else() {
        let right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        for (url, body, signature) in [
            (URL, FORM.replace("1234&", "1235&"), right),
            (
                "https://mycompany.com/myapp.php?foo=1&bar=3",
                FORM.to_owned(),
                right,
            ),
            (
                "http://mycompany.com/myapp.php?foo=1&bar=2",
                FORM.to_owned(),
                right,
            ),
            (URL, FORM.to_owned(), "RSOYDt4T1cUTdK1PDd93/VVr8B9="),
            (URL, FORM.to_owned(), "not Base64"),
            (URL, FORM.to_owned(), ""),
        ] {
            assert_eq!(
                validate(url, IS_FORM, &body, signature),
                Err(SignatureError::Wrong),
                "{url} {body} {signature}"
            );
        }
        let request = http::Request::new("");
        let error = RequestValidator::new("12345").validate(URL, &request);
        assert_eq!(error, Err(SignatureError::Missing));
        assert!(!format!("{:?}", RequestValidator::new("12345")).contains("12345"));
    }
}
