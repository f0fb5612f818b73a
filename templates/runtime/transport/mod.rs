//! The HTTP stack below a client.

mod async_transport;
pub mod blocking;
#[cfg(feature = "client")]
mod connector;
#[cfg(feature = "client")]
mod hyper_transport;
mod limits;
#[cfg(any(feature = "client", feature = "reqwest"))]
mod reading;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod send_error;
mod timer;
#[cfg(feature = "blocking")]
mod ureq_transport;

pub use self::async_transport::{BoxFuture, Transport};
#[cfg(feature = "client")]
pub use self::hyper_transport::HyperTransport;
pub use self::limits::Limits;
#[cfg(feature = "reqwest")]
pub use self::reqwest_transport::ReqwestTransport;
pub use self::send_error::{SendError, SendErrorKind};
pub(crate) use self::timer::block_on;
#[cfg(feature = "blocking")]
pub use self::ureq_transport::UreqTransport;
