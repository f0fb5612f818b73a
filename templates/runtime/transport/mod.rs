//! The HTTP stack below a client.

mod async_transport;
pub mod blocking;
mod limits;
#[cfg(feature = "client")]
mod reqwest_transport;
mod send_error;
mod timer;
#[cfg(feature = "blocking")]
mod ureq_transport;

pub use self::async_transport::{BoxFuture, Transport};
pub use self::limits::Limits;
#[cfg(feature = "client")]
pub(crate) use self::reqwest_transport::ReqwestTransport;
pub use self::send_error::{SendError, SendErrorKind};
pub(crate) use self::timer::block_on;
#[cfg(feature = "blocking")]
pub(crate) use self::ureq_transport::UreqTransport;
