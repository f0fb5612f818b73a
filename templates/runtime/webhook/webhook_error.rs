//! Requests that are not what the description says.

use std::fmt;

/// Why a request is not a webhook of its kind. It does not repeat a value of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookError {
    webhook: &'static str,
    reason: String,
}

impl WebhookError {
    pub(super) fn new(webhook: &'static str, reason: String) -> Self {
        Self { webhook, reason }
    }

    /// Returns what the description calls the webhook.
    pub fn webhook(&self) -> &'static str {
        self.webhook
    }

    /// Returns the reason.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { webhook, reason } = self;
        write!(f, "the webhook {webhook} cannot be decoded: {reason}")
    }
}

impl std::error::Error for WebhookError {}
