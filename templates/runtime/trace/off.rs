//! Without the feature `tracing`, nothing is recorded.

use super::super::decode::Deviation;
use super::super::error::Error;
use super::super::transport::SendError;
use super::super::wire::Meta;
use http::{Request, Response};
use std::future::Future;
use std::time::Duration;

/// The trace of one request.
pub(crate) struct Trace;

impl Trace {
    pub(crate) fn start<B>(_: &Meta, _: &Request<B>) -> Self {
        Self
    }

    #[cfg(feature = "oauth")]
    pub(crate) fn none() -> Self {
        Self
    }

    pub(crate) fn enclose<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn retry<B>(&self, _: u32, _: Duration, _: &Result<Response<B>, SendError>) {}

    pub(crate) fn finish<B>(&self, _: Result<&Response<B>, &SendError>) {}

    pub(crate) fn deviations(&self, _: &'static str, _: &[Deviation]) {}

    pub(crate) fn fail_with(&self, _: &Error) {}
}
