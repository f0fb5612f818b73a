//! Bodies that are compressed with gzip (RFC 9110, section 8.4.1.3).

use super::body_stream::{BodyStream, Chunks};
use super::send_error::{SendError, SendErrorKind};
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How much is decompressed at once, in bytes: what a few bytes may become has no bound.
const STEP: usize = 1024;

/// Decompresses a response, whose body must not exceed the size limit then.
pub(crate) fn decompress(
    response: http::Response<Bytes>,
    max_size: usize,
) -> Result<http::Response<Bytes>, SendError> {
    if !is_compressed(response.headers()) {
        return Ok(response);
    }
    // The response to a HEAD request has the headers of a body, and no body.
    if response.body().is_empty() {
        return Ok(response);
    }
    let (mut head, body) = response.into_parts();
    forget_encoding(&mut head.headers);
    let mut decoder = MultiGzDecoder::new(Vec::new());
    for piece in body.chunks(STEP) {
        decoder.write_all(piece).map_err(broken)?;
        if decoder.get_ref().len() > max_size {
            return Err(SendError::new(SendErrorKind::TooLarge));
        }
    }
    let body = decoder.finish().map_err(broken)?;
    if body.len() > max_size {
        return Err(SendError::new(SendErrorKind::TooLarge));
    }
    Ok(http::Response::from_parts(head, body.into()))
}

/// Decompresses a response while it is received.
pub(crate) fn decompress_stream(
    response: http::Response<BodyStream>,
) -> http::Response<BodyStream> {
    if !is_compressed(response.headers()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    forget_encoding(&mut head.headers);
    let chunks = Decompressing {
        body,
        decoder: MultiGzDecoder::new(Vec::new()),
        rest: Bytes::new(),
        has_begun: false,
        is_finished: false,
    };
    http::Response::from_parts(head, BodyStream::new(chunks))
}

fn is_compressed(headers: &HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING);
    encoding.is_some_and(|encoding| {
        let encoding = encoding.as_bytes().trim_ascii();
        encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
    })
}

fn forget_encoding(headers: &mut HeaderMap) {
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
}

fn broken(error: io::Error) -> SendError {
    SendError::with_source(SendErrorKind::Broken, error)
}

struct Decompressing {
    body: BodyStream,
    decoder: MultiGzDecoder<Vec<u8>>,
    /// What was received and not decompressed yet.
    rest: Bytes,
    /// Whether there is a body at all.
    has_begun: bool,
    is_finished: bool,
}

impl Chunks for Decompressing {
    fn poll_chunk(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        loop {
            let chunk = std::mem::take(self.decoder.get_mut());
            if !chunk.is_empty() {
                return Poll::Ready(Some(Ok(chunk.into())));
            }
            if self.is_finished {
                return Poll::Ready(None);
            }
            if self.rest.is_empty() {
                match ready!(self.body.poll_chunk(context)) {
                    Some(Ok(chunk)) => self.rest = chunk,
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => {
                        self.is_finished = true;
                        if !self.has_begun {
                            return Poll::Ready(None);
                        }
                        if let Err(error) = self.decoder.try_finish() {
                            return Poll::Ready(Some(Err(broken(error))));
                        }
                    }
                }
                continue;
            }
            self.has_begun = true;
            let length = self.rest.len().min(STEP);
            let piece = self.rest.split_to(length);
            // A stream should not wait for more than what was received.
            let written = self.decoder.write_all(&piece);
            if let Err(error) = written.and_then(|()| self.decoder.flush()) {
                self.is_finished = true;
                return Poll::Ready(Some(Err(broken(error))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyStream, SendErrorKind, decompress, decompress_stream};
    use bytes::Bytes;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::future::poll_fn;
    use std::io::Write;

    fn compressed(body: &[u8]) -> http::Response<Bytes> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body).expect("a vector takes all");
        let body = encoder.finish().expect("a vector takes all");
        let response = http::Response::builder().header("content-encoding", "gzip");
        let response = response.header("content-length", body.len());
        response.body(body.into()).expect("a response")
    }

    #[test]
    fn decompresses_a_body_up_to_the_limit() {
        let body = vec![b'a'; 100_000];
        let response = decompress(compressed(&body), 100_000).expect("a body");
        assert_eq!(response.body(), &body);
        assert_eq!(response.headers().len(), 0);
        let error = decompress(compressed(&body), 99_999).expect_err("too large");
        assert_eq!(error.kind(), SendErrorKind::TooLarge);
        let plain = http::Response::new(Bytes::from_static(b"plain"));
        assert_eq!(decompress(plain, 5).expect("a body").body(), "plain");
        let cut = compressed(&body).map(|body| body.slice(..body.len() / 2));
        assert_eq!(
            decompress(cut, 100_000).expect_err("cut").kind(),
            SendErrorKind::Broken
        );
    }

    /// As those to HEAD requests, and those with status 204.
    #[test]
    fn a_response_may_have_no_body() {
        let response = || compressed(b"a").map(|_| Bytes::new());
        let whole = decompress(response(), 10).expect("an empty body");
        assert!(whole.body().is_empty());
        assert_eq!(whole.headers()["content-encoding"], "gzip");
        let (_, mut stream) =
            decompress_stream(response().map(BodyStream::from_bytes)).into_parts();
        let chunk = super::super::block_on(poll_fn(|context| stream.poll_chunk(context)));
        assert!(chunk.is_none_or(|chunk| chunk.expect("an empty chunk").is_empty()));
    }

    #[test]
    fn decompresses_a_stream() {
        let body: Vec<u8> = (0..50_000_u32).flat_map(u32::to_le_bytes).collect();
        let response = compressed(&body).map(BodyStream::from_bytes);
        let (_, mut stream) = decompress_stream(response).into_parts();
        let received = super::super::block_on(async {
            let mut received = Vec::new();
            while let Some(chunk) = poll_fn(|context| stream.poll_chunk(context)).await {
                received.extend_from_slice(&chunk.expect("a chunk"));
            }
            received
        });
        assert_eq!(received, body);
    }
}
