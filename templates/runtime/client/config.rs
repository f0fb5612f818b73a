//! The configuration of a client.

use super::super::auth::Credentials;
use super::super::retry::{Attempt, Retry, RetryRule};
use super::super::transport::{Layer, Limits};
#[cfg(feature = "twilio")]
use super::super::twilio::Location;
use super::super::wire::BuildError;
use super::default_headers::DefaultHeaders;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// How requests are built, from the credential, the base URL, headers and the user agent, and how they are sent: limits
/// and retries.
///
/// Clients are created from one, and [`Operation::to_request`](super::super::Operation::to_request) needs one. `Debug`
/// shows the names of the headers, but not their values.
#[derive(Clone)]
pub struct Config {
    pub(super) credentials: Credentials,
    pub(super) base_url: Option<String>,
    /// The server that takes the place of the description's first one.
    pub(super) server: Option<String>,
    #[cfg(feature = "twilio")]
    pub(super) location: Location,
    pub(super) user_agent: HeaderValue,
    pub(super) headers: HeaderMap,
    pub(super) default_headers: DefaultHeaders,
    limits: Limits,
    retry: Retry,
    /// The limits and retries of the client, whatever the options of a request are.
    #[cfg(feature = "oauth")]
    of_client: (Limits, Retry),
    is_idempotent: bool,
    retry_rule: Option<RetryRule>,
    layers: Vec<Arc<dyn Layer>>,
    outer_layers: Vec<Arc<dyn Layer>>,
}

impl Config {
    /// Creates a configuration with the servers of the description and the default [`Limits`].
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Self {
            credentials,
            base_url: None,
            server: None,
            #[cfg(feature = "twilio")]
            location: Location::default(),
            user_agent: HeaderValue::from_static(user_agent),
            headers: HeaderMap::new(),
            default_headers: DefaultHeaders::default(),
            limits: Limits::default(),
            retry: Retry::default(),
            #[cfg(feature = "oauth")]
            of_client: (Limits::default(), Retry::default()),
            is_idempotent: false,
            retry_rule: None,
            layers: Vec::new(),
            outer_layers: Vec::new(),
        }
    }

    /// Sends every request to `base_url` instead of the server that the description names.
    ///
    /// The URL has the scheme `http` or `https`, a host, and optionally a port and a path, to which the paths of the
    /// operations are appended.
    ///
    /// # Errors
    /// Returns an error for anything else, and for a URL with a user name or a password, which belong in [`Credentials`].
    pub fn with_base_url(mut self, base_url: &str) -> Result<Self, BuildError> {
        check_base_url(base_url)
            .map_err(|reason| BuildError::for_client(format!("the base URL {reason}")))?;
        self.base_url = Some(base_url.trim_end_matches('/').to_owned());
        Ok(self)
    }

    /// Sends requests to this server instead of the first one of the description, except those of operations that have
    /// servers of their own.
    ///
    /// # Errors
    /// Returns an error for what is not a base URL; see [`with_base_url`](Self::with_base_url).
    pub fn with_server(mut self, server: impl fmt::Display) -> Result<Self, BuildError> {
        let server = server.to_string();
        check_base_url(&server)
            .map_err(|reason| BuildError::for_client(format!("the URL of the server {reason}")))?;
        self.server = Some(server.trim_end_matches('/').to_owned());
        Ok(self)
    }

    /// Sets the header `User-Agent`, whose default is the name and the version of this crate.
    ///
    /// # Errors
    /// Returns an error for text that is not allowed in a header.
    pub fn with_user_agent(mut self, user_agent: &str) -> Result<Self, BuildError> {
        self.user_agent = user_agent_value(user_agent)?;
        self.default_headers = DefaultHeaders::default();
        Ok(self)
    }

    /// Appends a product to the header `User-Agent`, such as `my-app/1.2` (RFC 9110, section 10.1.5).
    ///
    /// # Errors
    /// Returns an error for text that is not allowed in a header.
    pub fn with_product(self, product: &str) -> Result<Self, BuildError> {
        let before = self.user_agent.to_str().unwrap_or_default();
        let user_agent = format!("{before} {product}");
        self.with_user_agent(&user_agent)
    }

    /// Sends a header with every request, unless the operation sets it itself.
    ///
    /// `Authorization` replaces the credential.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self.default_headers = DefaultHeaders::default();
        self
    }

    /// Sets the credential.
    #[must_use]
    pub fn with_credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self.default_headers = DefaultHeaders::default();
        self
    }

    /// Sets the limits on the time and size of requests.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        #[cfg(feature = "oauth")]
        self.of_client.0.clone_from(&limits);
        self
    }

    /// Sets when requests are sent again.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        #[cfg(feature = "oauth")]
        self.of_client.1.clone_from(&retry);
        self
    }

    /// Sets the rule by which requests are sent again, within the number of attempts: it returns whether there is another
    /// one. [`Attempt::is_retried`] is what is decided without it.
    #[must_use]
    pub fn with_retry_rule(
        mut self,
        rule: impl Fn(&Attempt<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.retry_rule = Some(Arc::new(rule));
        self
    }

    /// Adds a layer around each attempt to send a request, inside of those that were added before.
    #[must_use]
    pub fn with_layer(mut self, layer: impl Layer + 'static) -> Self {
        self.layers.push(Arc::new(layer));
        self
    }

    /// Adds a layer around each request with all its attempts, inside of those that were added before.
    #[must_use]
    pub fn with_outer_layer(mut self, layer: impl Layer + 'static) -> Self {
        self.outer_layers.push(Arc::new(layer));
        self
    }

    /// Sets the limits and retries of one request.
    pub(super) fn with_options(mut self, limits: Limits, retry: Retry) -> Self {
        self.limits = limits;
        self.retry = retry;
        self
    }

    /// Takes back the limits and retries of one request.
    #[cfg(feature = "oauth")]
    pub(super) fn with_limits_of_client(mut self) -> Self {
        (self.limits, self.retry) = self.of_client;
        self
    }

    /// Declares that all requests are idempotent.
    pub(super) fn with_idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// Returns the credential.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns the base URL, if it was set.
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns the headers that are sent with every request.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the limits on the time and size of requests.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Returns when requests are sent again.
    pub fn retry(&self) -> &Retry {
        &self.retry
    }

    pub(super) fn retry_rule(&self) -> Option<&RetryRule> {
        self.retry_rule.as_ref()
    }

    pub(super) fn set_retry_rule(&mut self, rule: RetryRule) {
        self.retry_rule = Some(rule);
    }

    pub(super) fn layers(&self) -> &[Arc<dyn Layer>] {
        &self.layers
    }

    pub(super) fn outer_layers(&self) -> &[Arc<dyn Layer>] {
        &self.outer_layers
    }

    pub(super) fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    #[cfg(feature = "oauth")]
    pub(super) fn user_agent(&self) -> &HeaderValue {
        &self.user_agent
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Config");
        debug
            .field("credentials", &self.credentials)
            .field("base_url", &self.base_url)
            .field("server", &self.server);
        #[cfg(feature = "twilio")]
        debug.field("location", &self.location);
        debug
            .field("user_agent", &self.user_agent)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

fn user_agent_value(text: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::from_str(text).map_err(|_| {
        BuildError::for_client("the user agent has characters that are not allowed in a header")
    })
}

fn check_base_url(base_url: &str) -> Result<(), Cow<'static, str>> {
    let uri: Uri = base_url
        .parse()
        .map_err(|error| format!("is not valid: {error}"))?;
    let authority = uri.authority().ok_or("has no scheme and host")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("has a scheme other than `http` and `https`".into());
    }
    if authority.as_str().contains('@') {
        return Err("has a user name or a password, which belong in the credentials".into());
    }
    if authority.host().is_empty() {
        return Err("has no host".into());
    }
    let port = authority.as_str().rsplit_once(':');
    let port = port
        .map(|(_, port)| port)
        .filter(|port| !port.ends_with(']'));
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err("has a port that is not a number from 0 to 65535".into());
    }
    if base_url.contains(['?', '#']) {
        return Err("has a query or a fragment".into());
    }
    Ok(())
}

#[cfg(test)]
#[path = "../../../tests/runtime/unit/config.rs"]
mod tests;
