//! What a request leaves in the user's traces with the feature `tracing`: a span.

use super::error::{Error, SendError, SendErrorKind};
use super::operation::Meta;
use super::response::Deviation;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tracing::field::Empty;
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Span, debug, info_span, warn};

/// The span of one request, whatever number of attempts it takes.
///
/// Its fields have the names of the OpenTelemetry semantic conventions for HTTP clients, where
/// these have one. It has no query, no header and no body.
pub(super) struct Trace {
    span: Span,
    begin: Instant,
    repetitions: AtomicU32,
}

impl Trace {
    #[inline]
    pub(super) fn start(meta: &Meta, request: &Request<Bytes>) -> Self {
        let uri = request.uri();
        let usual_port = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let span = info_span!(
            "request",
            otel.name = format_args!("{} {}", meta.method, meta.path),
            otel.kind = "client",
            otel.status_code = Empty,
            operation = meta.id,
            http.request.method = meta.method.as_str(),
            url.template = meta.path,
            server.address = uri.host().unwrap_or_default(),
            server.port = uri.port_u16().unwrap_or(usual_port),
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            "error.type" = Empty,
            attempt = 1,
            duration_ms = Empty,
        );
        Self {
            span,
            begin: Instant::now(),
            repetitions: AtomicU32::new(0),
        }
    }

    pub(super) fn enclose<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.span.clone())
    }

    /// Notes that the request is going to be sent again, and why.
    #[inline]
    pub(super) fn repeat(
        &self,
        attempt: u32,
        pause: Duration,
        outcome: &Result<Response<Bytes>, SendError>,
    ) {
        let repetitions = self.repetitions.fetch_add(1, Ordering::Relaxed) + 1;
        let reason = error_type(outcome.as_ref());
        let pause_ms = milliseconds(pause);
        self.span.record("attempt", repetitions + 1);
        self.span.record("http.request.resend_count", repetitions);
        self.span.in_scope(|| {
            debug!(attempt, pause_ms, "error.type" = reason, "sending again");
        });
    }

    /// Notes how the request ended.
    #[inline]
    pub(super) fn finish(&self, outcome: Result<&Response<Bytes>, &SendError>) {
        let duration = milliseconds(self.begin.elapsed());
        self.span.record("duration_ms", duration);
        if let Ok(response) = outcome {
            let status = response.status().as_u16();
            self.span.record("http.response.status_code", status);
        }
        if let Some(reason) = error_type(outcome) {
            self.fail(&reason);
        }
    }

    /// Warns of what deviates from the description: where, and how, but not with what value.
    #[inline]
    pub(super) fn deviations(&self, operation: &'static str, deviations: &[Deviation]) {
        if deviations.is_empty() {
            return;
        }
        self.span.in_scope(|| {
            for deviation in deviations {
                let (path, reason) = (deviation.path(), deviation.reason());
                warn!(
                    operation,
                    path, reason, "the response deviates from the description"
                );
            }
        });
    }

    /// Notes that the answer was no success.
    #[inline]
    pub(super) fn refused(&self, error: &Error) {
        if let Error::Decode(_) = error {
            self.fail("decode");
        }
    }

    #[inline]
    fn fail(&self, reason: &str) {
        self.span.record("error.type", reason);
        self.span.record("otel.status_code", "ERROR");
    }
}

#[inline]
fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Returns the kind of failure: the status, or how far the request came.
#[inline]
fn error_type(outcome: Result<&Response<Bytes>, &SendError>) -> Option<String> {
    let kind = match outcome.map(Response::status) {
        Ok(status) if status.is_client_error() || status.is_server_error() => {
            return Some(status.as_str().to_owned());
        }
        Ok(_) => return None,
        Err(error) => error.kind(),
    };
    let name = match kind {
        SendErrorKind::Setup => "setup",
        SendErrorKind::Token => "token",
        SendErrorKind::Connect => "connect",
        SendErrorKind::ConnectTimeout => "connect_timeout",
        SendErrorKind::Timeout => "timeout",
        SendErrorKind::TooLarge => "too_large",
        SendErrorKind::Broken => "broken",
    };
    Some(name.to_owned())
}
