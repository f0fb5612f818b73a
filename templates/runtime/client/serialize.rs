//! Requests as data: what an operation sends, without the server and the credentials.

use super::super::model::Base64;
use super::super::wire::{BuildError, DEFAULT_ACCEPT, Encoded, Encoder, Target};
use super::operation::Operation;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use serde::ser::{Error as _, SerializeStruct, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The server that takes the place of the one that is not serialized.
const SERVER: &str = "http://server";

/// The client's own account in a path, where the request does not name one.
#[cfg(feature = "twilio")]
const OWN_ACCOUNT: &str = "{AccountSid}";

/// Serializes a request as `operation`, `method`, `path` with the query, `headers`, and `body`, or `body_base64` where the
/// body is not text.
///
/// # Errors
/// Returns an error for a request that cannot be built, and the serializer's.
pub fn serialize_request<O: Operation, S: Serializer>(
    operation: &O,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let encoded = encode(operation).map_err(S::Error::custom)?;
    let mut request = serializer.serialize_struct("Request", 5)?;
    request.serialize_field("operation", O::META.id)?;
    request.serialize_field("method", O::META.method)?;
    request.serialize_field("path", &path(&encoded))?;
    request.serialize_field("headers", &headers::<O>(&encoded))?;
    match std::str::from_utf8(&encoded.body) {
        Ok(text) => request.serialize_field("body", text)?,
        Err(_) => {
            let body = Base64::from(encoded.body.clone());
            request.serialize_field("body_base64", body.as_str())?;
        }
    }
    request.end()
}

fn encode<O: Operation>(operation: &O) -> Result<Encoded, BuildError> {
    let target = Target {
        server: Cow::Borrowed(SERVER),
        query_credentials: Vec::new(),
        #[cfg(feature = "twilio")]
        account_sid: Some(OWN_ACCOUNT),
    };
    let mut encoder = Encoder::new(&O::META, &target);
    operation.encode(&mut encoder);
    encoder.finish()
}

fn path(encoded: &Encoded) -> String {
    let path = encoded
        .uri
        .path_and_query()
        .map_or("/", |path| path.as_str());
    #[cfg(feature = "twilio")]
    let path = path.replace("%7BAccountSid%7D", OWN_ACCOUNT);
    path.to_owned()
}

/// Returns the headers that the request has of its own, without credentials.
fn headers<O: Operation>(encoded: &Encoded) -> BTreeMap<&str, Cow<'_, str>> {
    let own = encoded.headers.iter();
    let own = own.filter(|(name, value)| {
        !value.is_sensitive() && **name != AUTHORIZATION && **name != COOKIE
    });
    let mut headers: BTreeMap<&str, Cow<'_, str>> = own
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect();
    if encoded.is_form {
        headers.insert(
            CONTENT_TYPE.as_str(),
            "application/x-www-form-urlencoded".into(),
        );
    }
    if O::META.accept != DEFAULT_ACCEPT {
        headers.insert(ACCEPT.as_str(), O::META.accept.into());
    }
    headers
}

/// Implements `Serialize` for requests.
#[cfg(feature = "operations")]
macro_rules! serialize_requests {
    ($($name:ident),+ $(,)?) => {$(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                runtime::serialize_request(self, serializer)
            }
        }
    )+};
}
#[cfg(feature = "operations")]
pub(crate) use serialize_requests;

/// A request for the tests of the runtime.
#[cfg(feature = "samples")]
#[derive(Debug, Clone)]
pub struct SampleRequest {
    /// A part of the path.
    pub name: String,
    /// A parameter of the query.
    pub limit: super::super::model::Field<i64>,
    /// The body.
    pub body: Vec<u8>,
}

#[cfg(feature = "samples")]
impl Operation for SampleRequest {
    type Output = ();

    const META: super::super::wire::Meta = super::super::wire::Meta::new(
        "Sample",
        "PUT",
        "https://api.example.com",
        "/samples/{name}",
    );

    fn encode(&self, request: &mut Encoder<'_>) {
        request
            .path(&self.name)
            .query("limit", &self.limit)
            .header("x-sample", &self.name);
        request.bytes("application/octet-stream", &self.body);
    }
}

#[cfg(feature = "samples")]
use super::super as runtime;
#[cfg(feature = "samples")]
runtime::serialize_requests! { SampleRequest }

#[cfg(test)]
#[cfg(feature = "samples")]
mod tests {
    use super::super::super::model::Field;
    use super::SampleRequest;
    use serde_json::json;

    #[test]
    fn a_request_is_serialized_without_server_and_credentials() {
        let mut request = SampleRequest {
            name: "a b".to_owned(),
            limit: Field::Value(3),
            body: b"text".to_vec(),
        };
        let headers = json!({"content-type": "application/octet-stream", "x-sample": "a b"});
        assert_eq!(
            serde_json::to_value(&request).expect("JSON"),
            json!({
                "operation": "Sample", "method": "PUT", "path": "/samples/a%20b?limit=3",
                "headers": headers, "body": "text",
            })
        );
        request.body = vec![0xff];
        let value = serde_json::to_value(&request).expect("JSON");
        assert_eq!(value["body_base64"], "/w==");
        request.name = "..".to_owned();
        let error = serde_json::to_value(&request).expect_err("not a path");
        assert!(error.to_string().contains("`name`"), "{error}");
    }
}
