//! What the transports have in common.

use super::send_error::{SendError, SendErrorKind};
use super::sending::Sending;
use bytes::{Bytes, BytesMut};
use http::Method;
use http::header::{CONTENT_LENGTH, HeaderValue};

/// The maximum size that is reserved for a body before any of it was received, in bytes.
const MAX_RESERVED: usize = 64 * 1024;

/// Sets `Content-Length: 0` for methods whose requests usually have a body (RFC 9110, section 8.6).
pub(super) fn announce_empty_body(request: &mut http::Request<impl SentBody>) {
    let expects_body = matches!(
        *request.method(),
        Method::POST | Method::PUT | Method::PATCH
    );
    if expects_body && request.body().is_empty() {
        request
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// A body that may be empty.
pub(super) trait SentBody {
    /// Returns whether it is.
    fn is_empty(&self) -> bool;
}

impl SentBody for Bytes {
    fn is_empty(&self) -> bool {
        self.as_ref().is_empty()
    }
}

impl SentBody for Sending {
    fn is_empty(&self) -> bool {
        http_body::Body::is_end_stream(self)
    }
}

/// The received part of a response body, which must not exceed the size limit.
pub(super) struct Body {
    bytes: BytesMut,
    max_size: usize,
}

impl Body {
    /// Creates a body of the announced size.
    pub(super) fn new(announced: u64, max_size: usize) -> Result<Self, SendError> {
        let announced = usize::try_from(announced)
            .ok()
            .filter(|size| *size <= max_size)
            .ok_or_else(too_large)?;
        Ok(Self {
            bytes: BytesMut::with_capacity(announced.min(MAX_RESERVED)),
            max_size,
        })
    }

    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), SendError> {
        if chunk.len() > self.max_size - self.bytes.len() {
            return Err(too_large());
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    pub(super) fn finish(self) -> Bytes {
        self.bytes.freeze()
    }
}

fn too_large() -> SendError {
    SendError::new(SendErrorKind::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::{Body, SendErrorKind, announce_empty_body};
    use bytes::Bytes;
    use http::Method;

    #[test]
    fn a_body_is_read_up_to_the_limit() {
        let mut body = Body::new(2, 4).expect("a small body");
        body.push(b"ab").expect("two bytes");
        body.push(b"cd").expect("four bytes");
        let error = body.push(b"e").expect_err("five bytes");
        assert_eq!(error.kind(), SendErrorKind::TooLarge);
        assert_eq!(body.finish(), "abcd");
    }

    #[test]
    fn an_announced_size_beyond_the_limit_is_an_error() {
        for announced in [5, u64::MAX] {
            let error = Body::new(announced, 4).err().expect("too large");
            assert_eq!(error.kind(), SendErrorKind::TooLarge);
        }
    }

    #[test]
    fn an_empty_body_is_announced_where_one_is_expected() {
        for (method, body, length) in [
            (Method::POST, "", Some("0")),
            (Method::PATCH, "", Some("0")),
            (Method::POST, "a", None),
            (Method::GET, "", None),
            (Method::DELETE, "", None),
        ] {
            let mut request = http::Request::new(Bytes::from(body));
            *request.method_mut() = method;
            announce_empty_body(&mut request);
            let header = request.headers().get("content-length");
            assert_eq!(header.and_then(|value| value.to_str().ok()), length);
        }
    }
}
