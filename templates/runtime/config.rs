//! What a client is configured with.

use super::credentials::{Credentials, Proof};
use super::environment::variable;
use super::error::BuildError;
use super::operation::{Auth, Meta};
use super::region::{is_label, located};
use super::retry::Retry;
use super::usual_headers::UsualHeaders;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// What requests are built with: credentials, the address of the API, headers and the user agent;
/// and how they are sent: limits and retries.
///
/// Clients are made of one; by itself it is what
/// [`Operation::to_request`](super::operation::Operation::to_request) asks for. `Debug` shows the
/// names of the headers, not their values.
#[derive(Clone)]
pub struct Config {
    credentials: Credentials,
    base_url: Option<String>,
    edge: Option<String>,
    region: Option<String>,
    user_agent: HeaderValue,
    headers: HeaderMap,
    usual_headers: UsualHeaders,
    limits: Limits,
    retry: Retry,
    repeatable: bool,
}

impl Config {
    /// Makes a configuration with the addresses of the description and the default [`Limits`].
    #[must_use]
    #[inline]
    pub fn new(credentials: Credentials) -> Self {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Self {
            credentials,
            base_url: None,
            edge: None,
            region: None,
            user_agent: HeaderValue::from_static(user_agent),
            headers: HeaderMap::new(),
            usual_headers: UsualHeaders::default(),
            limits: Limits::default(),
            retry: Retry::default(),
            repeatable: false,
        }
    }

    /// Makes a configuration of environment variables: the [credentials](Credentials::from_env), and
    /// with the prefix `TWILIO` also `TWILIO_EDGE` and `TWILIO_REGION`.
    ///
    /// # Errors
    /// Returns an error that names the variable which is missing, empty or not valid.
    #[inline]
    pub fn from_env(prefix: &str) -> Result<Self, BuildError> {
        let mut config = Self::new(Credentials::from_env(prefix)?);
        if let Some(edge) = variable(&format!("{prefix}_EDGE"))?.value {
            config = config.with_edge(&edge)?;
        }
        if let Some(region) = variable(&format!("{prefix}_REGION"))?.value {
            config = config.with_region(&region)?;
        }
        Ok(config)
    }

    /// Sends every request to `base_url` instead of the server that the description names.
    ///
    /// The URL has the scheme `http` or `https`, a host, and possibly a port and a path that goes
    /// before the paths of the operations. It is left alone by edge and region.
    ///
    /// # Errors
    /// Returns an error for anything else, and for a URL with a user name or password in it:
    /// credentials belong into [`Credentials`].
    #[inline]
    pub fn with_base_url(mut self, base_url: &str) -> Result<Self, BuildError> {
        check_base_url(base_url)
            .map_err(|reason| BuildError::of_client(format!("the base URL {reason}")))?;
        self.base_url = Some(base_url.trim_end_matches('/').to_owned());
        Ok(self)
    }

    /// Enters the API at an edge: `product.edge.region.twilio.com`, where the region is `us1` unless
    /// it is set.
    ///
    /// # Errors
    /// Returns an error for text that cannot be a part of a host name.
    #[inline]
    pub fn with_edge(mut self, edge: &str) -> Result<Self, BuildError> {
        self.edge = Some(label("edge", edge)?);
        Ok(self)
    }

    /// Sends every request to a region: `product.region.twilio.com`.
    ///
    /// # Errors
    /// Returns an error for text that cannot be a part of a host name.
    #[inline]
    pub fn with_region(mut self, region: &str) -> Result<Self, BuildError> {
        self.region = Some(label("region", region)?);
        Ok(self)
    }

    /// Sets the `User-Agent` header, in place of the name and version of this crate.
    ///
    /// # Errors
    /// Returns an error for text that a header cannot carry.
    #[inline]
    pub fn with_user_agent(mut self, user_agent: &str) -> Result<Self, BuildError> {
        self.user_agent = user_agent_value(user_agent)?;
        self.usual_headers = UsualHeaders::default();
        Ok(self)
    }

    /// Appends a product to the `User-Agent` header, such as `my-app/1.2` (RFC 9110, section
    /// 10.1.5).
    ///
    /// # Errors
    /// Returns an error for text that a header cannot carry.
    #[inline]
    pub fn with_product(mut self, product: &str) -> Result<Self, BuildError> {
        let before = self.user_agent.to_str().unwrap_or_default();
        self.user_agent = user_agent_value(&format!("{before} {product}"))?;
        self.usual_headers = UsualHeaders::default();
        Ok(self)
    }

    /// Sends a header with every request, unless the operation sets it itself.
    ///
    /// `Authorization` takes the place of the credential.
    #[must_use]
    #[inline]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self.usual_headers = UsualHeaders::default();
        self
    }

    /// Sets the credentials.
    #[must_use]
    #[inline]
    pub fn with_credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self.usual_headers = UsualHeaders::default();
        self
    }

    /// Sets the limits that requests are sent under.
    #[must_use]
    #[inline]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets when requests are sent again.
    #[must_use]
    #[inline]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Declares that it is harmless to carry out a request twice, whatever its method.
    #[must_use]
    #[inline]
    pub(super) fn with_repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// Returns the credentials.
    #[inline]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns the address that requests go to, unless it is the one that the description names.
    #[inline]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns the headers that are sent with every request.
    #[inline]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the limits that requests are sent under.
    #[inline]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Returns when requests are sent again.
    #[inline]
    pub fn retry(&self) -> &Retry {
        &self.retry
    }

    #[inline]
    pub(super) fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// Returns where requests of an operation go, without a slash at the end.
    #[inline]
    pub(super) fn server(&self, meta: &Meta) -> Cow<'_, str> {
        match self.base_url() {
            Some(base_url) => Cow::Borrowed(base_url),
            None => located(meta.server, self.edge.as_deref(), self.region.as_deref()),
        }
    }

    /// Returns a URL of the API's own with the credential in it, when that is where it goes.
    #[inline]
    pub(super) fn with_query_credential(&self, meta: &Meta, uri: Uri) -> Uri {
        let (Auth::Client, Ok(Proof::Query(name, pair))) = (meta.auth, self.credentials.proof())
        else {
            return uri;
        };
        let is_there = |query: &str| {
            query
                .split('&')
                .any(|pair| pair.split_once('=').map_or(pair, |(name, _)| name) == name)
        };
        let text = match uri.query() {
            Some(query) if is_there(query) => return uri,
            Some(_) => format!("{uri}&{pair}"),
            None => format!("{uri}?{pair}"),
        };
        text.parse().unwrap_or(uri)
    }

    /// Returns the headers of a request of which the operation sets none, besides the type of a
    /// form.
    #[inline]
    pub(super) fn usual_headers(&self, auth: Auth, is_form: bool) -> &HeaderMap {
        self.usual_headers.get(self, auth, is_form)
    }

    #[inline]
    pub(super) fn user_agent_header(&self) -> HeaderValue {
        self.user_agent.clone()
    }
}

impl fmt::Debug for Config {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("credentials", &self.credentials)
            .field("base_url", &self.base_url)
            .field("edge", &self.edge)
            .field("region", &self.region)
            .field("user_agent", &self.user_agent)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

#[inline]
fn user_agent_value(text: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::from_str(text).map_err(|_| {
        BuildError::of_client("the user agent has characters that a header cannot carry")
    })
}

#[inline]
fn label(what: &str, text: &str) -> Result<String, BuildError> {
    if is_label(text) {
        return Ok(text.to_owned());
    }
    Err(BuildError::of_client(format!(
        "the {what} cannot be a part of a host name"
    )))
}

#[inline]
fn check_base_url(base_url: &str) -> Result<(), Cow<'static, str>> {
    let uri: http::Uri = base_url
        .parse()
        .map_err(|error| format!("is not valid: {error}"))?;
    let authority = uri.authority().ok_or("has no scheme and host")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("has a scheme other than `http` and `https`".into());
    }
    if authority.as_str().contains('@') {
        return Err("has a user name or password in it; they belong into the credentials".into());
    }
    if authority.host().is_empty() {
        return Err("has no host".into());
    }
    if base_url.contains(['?', '#']) {
        return Err("has a query or a fragment".into());
    }
    Ok(())
}

/// The limits that one request is sent under.
///
/// ```text
/// timeout               60 s      from the call to its outcome, every attempt and pause included
/// attempt_timeout       30 s      one attempt, from connecting to the last byte of the response
/// connect_timeout       10 s      the part of it that may pass until the connection stands
/// max_response_size     16 MiB    the body of the response
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// How long a request may take in all, every attempt and the pauses between them included.
    ///
    /// A transport is given the time that is left for the attempt it is asked for.
    pub timeout: Duration,
    /// How long an attempt may take, from connecting to the last byte of the response.
    pub attempt_timeout: Duration,
    /// How long connecting may take, the TLS handshake included.
    pub connect_timeout: Duration,
    /// How many bytes the body of a response may have. A longer one is not read on.
    pub max_response_size: usize,
}

impl Default for Limits {
    #[inline]
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_response_size: 16 * 1024 * 1024,
        }
    }
}
