//! The HTTP stack below a client.

mod async_transport;
pub mod blocking;
mod body_stream;
#[cfg(feature = "client")]
mod connector;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(feature = "client")]
mod hyper_transport;
mod layer;
mod limits;
#[cfg(any(feature = "client", feature = "reqwest"))]
mod reading;
mod request_body;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod send_error;
#[cfg(any(feature = "client", feature = "reqwest"))]
mod sending;
mod timer;
#[cfg(feature = "blocking")]
mod ureq_transport;

pub use self::async_transport::{BoxFuture, Transport};
pub use self::body_stream::{BodyStream, Chunks};
#[cfg(feature = "gzip")]
pub(crate) use self::gzip::{decompress, decompress_stream};
#[cfg(feature = "client")]
pub use self::hyper_transport::HyperTransport;
pub(crate) use self::layer::layered;
pub use self::layer::{Layer, LayerResult, Next};
pub use self::limits::Limits;
pub use self::request_body::{Progress, RequestBody};
#[cfg(feature = "reqwest")]
pub use self::reqwest_transport::ReqwestTransport;
pub use self::send_error::{SendError, SendErrorKind};
pub(crate) use self::timer::block_on;
#[cfg(feature = "oauth")]
pub(crate) use self::timer::block_on_within;
#[cfg(feature = "blocking")]
pub use self::ureq_transport::UreqTransport;
