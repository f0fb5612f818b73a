//! Without the feature `tracing`, nothing is recorded.

use super::super::decode::Deviation;
use super::super::error::Error;
use super::super::transport::SendError;
use super::super::wire::Meta;
use bytes::Bytes;
use http::{Request, Response};
use std::future::Future;
use std::time::Duration;

/// The trace of one request.
pub(crate) struct Trace;

impl Trace {
    pub(crate) fn start(_: &Meta, _: &Request<Bytes>) -> Self {
        Self
    }

    pub(crate) fn enclose<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn retry(&self, _: u32, _: Duration, _: &Result<Response<Bytes>, SendError>) {}

    pub(crate) fn finish(&self, _: Result<&Response<Bytes>, &SendError>) {}

    pub(crate) fn deviations(&self, _: &'static str, _: &[Deviation]) {}

    pub(crate) fn fail_with(&self, _: &Error) {}
}
