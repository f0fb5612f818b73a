//! When a request is sent again.

mod after;
mod attempt;
mod policy;

pub(crate) use self::after::retry_after;
pub use self::attempt::Attempt;
pub(crate) use self::attempt::RetryRule;
pub use self::policy::Retry;
pub(crate) use self::policy::{has_idempotency_key, is_idempotent};
