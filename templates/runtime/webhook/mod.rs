//! Requests that the service sends: webhooks and callbacks.

mod delivery;
mod webhook_error;

pub use self::delivery::{Delivery, Webhook};
pub use self::webhook_error::WebhookError;
