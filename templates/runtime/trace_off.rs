//! What a request leaves in the user's traces without the feature `tracing`: nothing.

use super::error::{Error, SendError};
use super::operation::Meta;
use super::response::Deviation;
use bytes::Bytes;
use http::{Request, Response};
use std::time::Duration;

/// The trace of one request.
pub(super) struct Trace;

impl Trace {
    #[inline]
    pub(super) fn start(_: &Meta, _: &Request<Bytes>) -> Self {
        Self
    }

    pub(super) fn enclose<F: Future>(&self, future: F) -> F {
        future
    }

    #[inline]
    pub(super) fn repeat(&self, _: u32, _: Duration, _: &Result<Response<Bytes>, SendError>) {}

    #[inline]
    pub(super) fn finish(&self, _: Result<&Response<Bytes>, &SendError>) {}

    #[inline]
    pub(super) fn deviations(&self, _: &'static str, _: &[Deviation]) {}

    #[inline]
    pub(super) fn refused(&self, _: &Error) {}
}
