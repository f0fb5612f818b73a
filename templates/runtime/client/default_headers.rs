//! The headers that requests have in common.

use super::super::wire::Auth;
use http::header::HeaderMap;
use std::sync::OnceLock;

/// The headers that follow from the configuration alone: created for the first request, then copied.
#[derive(Clone, Default)]
pub(super) struct DefaultHeaders {
    authenticated: Variants,
    public: Variants,
}

#[derive(Clone, Default)]
struct Variants {
    form: OnceLock<HeaderMap>,
    other: OnceLock<HeaderMap>,
}

impl DefaultHeaders {
    /// Returns the headers for requests with or without a credential, and with or without a form.
    pub(super) fn get_or_init(
        &self,
        auth: Auth,
        is_form: bool,
        create: impl FnOnce() -> HeaderMap,
    ) -> &HeaderMap {
        let variants = match auth {
            Auth::Client => &self.authenticated,
            Auth::None | Auth::AnyOf(_) => &self.public,
        };
        let variant = if is_form {
            &variants.form
        } else {
            &variants.other
        };
        variant.get_or_init(create)
    }
}
