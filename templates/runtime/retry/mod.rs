//! When a request is sent again.

mod after;
mod policy;

pub(crate) use self::after::retry_after;
pub use self::policy::Retry;
pub(crate) use self::policy::is_idempotent;
