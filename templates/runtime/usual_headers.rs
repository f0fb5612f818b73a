//! The headers that requests have in common.

use super::config::Config;
use super::credentials::Proof;
use super::operation::Auth;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use std::sync::OnceLock;

/// The media type of forms.
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
/// The media type that answers are wanted in, unless the operation says another.
pub(super) const USUAL_ACCEPT: &str = "application/json";
const ACCEPTED: HeaderValue = HeaderValue::from_static(USUAL_ACCEPT);

/// What follows from a [`Config`] alone: made when the first request needs it, then copied.
#[derive(Clone, Default)]
pub(super) struct UsualHeaders {
    of_client: Variants,
    of_none: Variants,
}

#[derive(Clone, Default)]
struct Variants {
    form: OnceLock<HeaderMap>,
    other: OnceLock<HeaderMap>,
}

impl UsualHeaders {
    #[inline]
    pub(super) fn get(&self, config: &Config, auth: Auth, is_form: bool) -> &HeaderMap {
        let variants = match auth {
            Auth::Client => &self.of_client,
            Auth::None => &self.of_none,
        };
        let variant = if is_form {
            &variants.form
        } else {
            &variants.other
        };
        variant.get_or_init(|| make(config, auth, is_form))
    }
}

/// The caller's headers go before the usual ones, and the type of a form before the caller's.
#[inline]
fn make(config: &Config, auth: Auth, is_form: bool) -> HeaderMap {
    let mut headers = config.headers().clone();
    if is_form {
        headers.insert(CONTENT_TYPE, FORM);
    }
    headers.entry(ACCEPT).or_insert(ACCEPTED);
    headers
        .entry(USER_AGENT)
        .or_insert_with(|| config.user_agent_header());
    if let (Auth::Client, Ok(Proof::Header(name, value))) = (auth, config.credentials().proof()) {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if let Some(authorization) = headers.get_mut(AUTHORIZATION) {
        authorization.set_sensitive(true);
    }
    headers
}
