//! Traces of requests, with the feature `tracing`.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod span;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::Trace;
#[cfg(feature = "tracing")]
pub(crate) use self::span::Trace;
