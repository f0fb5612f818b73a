//! The id that a server gives a request.

use http::HeaderMap;

/// The headers in which servers send the id of a request, most common first.
const HEADERS: &[&str] = &[
    "x-request-id",
    "request-id",
    #[cfg(feature = "twilio")]
    "twilio-request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-goog-request-id",
    "x-github-request-id",
    "x-correlation-id",
    "correlation-id",
    "x-trace-id",
    "cf-ray",
];

/// Returns the id that a server gave a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let mut ids = HEADERS.iter().filter_map(|name| headers.get(*name));
    ids.find_map(|id| id.to_str().ok())
}
