//! Building a request: the server, the credentials and the headers that its operation does not set itself.

#[cfg(feature = "test-util")]
use super::super::auth::QueryCredentials;
use super::super::auth::{AuthHeader, Credential};
use super::super::wire::{
    Auth, BuildError, DEFAULT_ACCEPT, Encoded, Encoder, Meta, Scheme, Target, media_type_header,
};
use super::config::Config;
use bytes::Bytes;
#[cfg(feature = "gzip")]
use http::header::ACCEPT_ENCODING;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Uri};
use std::borrow::Cow;

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

impl Config {
    /// Builds the request of an operation, whose parameters `encode` writes.
    pub(super) fn encode(
        &self,
        meta: &Meta,
        encode: &mut dyn FnMut(&mut Encoder<'_>),
    ) -> Result<http::Request<Bytes>, BuildError> {
        let credentials = self.required(meta)?;
        let target = Target {
            server: self.server(meta)?,
            query_credentials: query_credentials(&credentials)
                .map(|(_, pair)| pair)
                .collect(),
            #[cfg(feature = "twilio")]
            account_sid: self.credentials.account_sid(),
        };
        let mut encoder = Encoder::new(meta, &target);
        encode(&mut encoder);
        self.complete(meta, encoder.finish()?, &credentials)
    }

    /// Returns the credentials that an operation sends.
    pub(super) fn required(&self, meta: &Meta) -> Result<Vec<&Credential>, BuildError> {
        let alternatives = match meta.auth {
            Auth::None => return Ok(Vec::new()),
            Auth::Client => return Ok(self.credentials.all().collect()),
            Auth::AnyOf(alternatives) => alternatives,
        };
        // The client proves who it is in another way, or not at all.
        if self.credentials.is_none() || self.headers.contains_key(AUTHORIZATION) {
            return Ok(self.credentials.all().collect());
        }
        let find = |scheme: &Scheme| self.credentials.find(*scheme);
        for alternative in alternatives {
            let sent = || {
                alternative
                    .iter()
                    .filter(|scheme| **scheme != Scheme::Certificate)
            };
            let found: Vec<&Credential> = sent().filter_map(find).collect();
            if found.len() == sent().count() {
                return Ok(found);
            }
        }
        Err(BuildError::for_operation(meta.id, missing(alternatives)))
    }

    /// Returns the server of an operation, without a trailing slash.
    fn server(&self, meta: &Meta) -> Result<Cow<'_, str>, BuildError> {
        if let Some(base_url) = self.base_url() {
            return Ok(Cow::Borrowed(base_url));
        }
        if let Some(server) = self.server.as_deref().filter(|_| !meta.has_own_server) {
            return Ok(Cow::Borrowed(server));
        }
        #[cfg(feature = "twilio")]
        if let Some(server) = self.location.server(meta.server) {
            return Ok(Cow::Owned(server));
        }
        if meta.server.contains("://") {
            return Ok(Cow::Borrowed(meta.server));
        }
        match &self.server {
            Some(server) => Ok(Cow::Owned(format!("{}{}", origin(server), meta.server))),
            None => Err(BuildError::for_operation(meta.id, no_server(meta.server))),
        }
    }

    /// Returns a URL of the API, which may be relative to its server.
    #[cfg(feature = "oauth")]
    pub(super) fn resolve(&self, meta: &Meta, url: &str) -> Result<Uri, BuildError> {
        let absolute = if url.contains("://") {
            url.to_owned()
        } else {
            format!("{}{url}", origin(&self.server(meta)?))
        };
        absolute
            .parse()
            .map_err(|_| BuildError::for_client("the token URL of the credentials is not valid"))
    }

    /// Adds the headers that the operation does not set itself.
    fn complete(
        &self,
        meta: &Meta,
        encoded: Encoded,
        credentials: &[&Credential],
    ) -> Result<http::Request<Bytes>, BuildError> {
        let Encoded {
            uri,
            headers: mut own,
            body,
            is_form,
        } = encoded;
        let mut headers = self.default_headers(meta.auth, is_form).clone();
        if meta.accept != DEFAULT_ACCEPT && !self.headers.contains_key(ACCEPT) {
            let accept = media_type_header(meta.accept).map_err(|reason| {
                BuildError::for_operation(meta.id, format!("the header `Accept` {reason}"))
            })?;
            headers.insert(ACCEPT, accept);
        }
        if is_form {
            own.remove(CONTENT_TYPE);
        }
        if let Auth::AnyOf(_) = meta.auth {
            add_headers(credentials, &mut headers);
        }
        add_cookies(credentials, own.remove(COOKIE), &mut headers);
        for (name, value) in &own {
            headers.insert(name, value.clone());
        }
        match headers.get_mut(AUTHORIZATION) {
            Some(authorization) => authorization.set_sensitive(true),
            None => check_credentials(meta, credentials)?,
        }
        let mut request = http::Request::new(body);
        *request.method_mut() = Method::from_bytes(meta.method.as_bytes()).map_err(|_| {
            BuildError::for_operation(meta.id, "the method has characters that are not allowed")
        })?;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        #[cfg(feature = "test-util")]
        request
            .extensions_mut()
            .insert(QueryCredentials(query_credentials(credentials).count()));
        Ok(request)
    }

    /// Returns the headers of a request whose operation sets none itself.
    fn default_headers(&self, auth: Auth, is_form: bool) -> &HeaderMap {
        self.default_headers.get_or_init(auth, is_form, || {
            let mut headers = self.headers.clone();
            if is_form {
                headers.insert(CONTENT_TYPE, FORM);
            }
            let accept = || HeaderValue::from_static(DEFAULT_ACCEPT);
            headers.entry(ACCEPT).or_insert_with(accept);
            #[cfg(feature = "gzip")]
            headers
                .entry(ACCEPT_ENCODING)
                .or_insert_with(|| HeaderValue::from_static("gzip"));
            let user_agent = || self.user_agent.clone();
            headers.entry(USER_AGENT).or_insert_with(user_agent);
            if auth == Auth::Client {
                let credentials: Vec<&Credential> = self.credentials.all().collect();
                add_headers(&credentials, &mut headers);
            }
            if let Some(authorization) = headers.get_mut(AUTHORIZATION) {
                authorization.set_sensitive(true);
            }
            headers
        })
    }

    /// Adds the credentials that are query parameters to a URL of the API, unless the URL contains them.
    pub(crate) fn with_query_credentials(&self, meta: &Meta, uri: Uri) -> Uri {
        let Ok(credentials) = self.required(meta) else {
            return uri;
        };
        let mut uri = uri;
        for (name, pair) in query_credentials(&credentials) {
            let contains = |query: &str| {
                query
                    .split('&')
                    .any(|pair| pair.split_once('=').map_or(pair, |(name, _)| name) == name)
            };
            let text = match uri.query() {
                Some(query) if contains(query) => continue,
                Some(_) => format!("{uri}&{pair}"),
                None => format!("{uri}?{pair}"),
            };
            uri = text.parse().unwrap_or(uri);
        }
        uri
    }
}

/// Returns the credentials that are query parameters: the name of each, and `name=value`.
fn query_credentials<'c>(
    credentials: &[&'c Credential],
) -> impl Iterator<Item = (&'c str, &'c str)> {
    credentials
        .iter()
        .filter_map(|credential| match credential.auth_header() {
            Ok(AuthHeader::Query(name, pair)) => Some((name.as_str(), pair.as_str())),
            _ => None,
        })
}

/// Adds the credentials that are headers, unless there are such headers.
fn add_headers(credentials: &[&Credential], headers: &mut HeaderMap) {
    for credential in credentials {
        if let Ok(AuthHeader::Header(name, value)) = credential.auth_header() {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// Adds the cookies of the operation and those that are credentials to those of the client, in one header (RFC 6265,
/// section 5.4).
fn add_cookies(credentials: &[&Credential], own: Option<HeaderValue>, headers: &mut HeaderMap) {
    let secrets = credentials
        .iter()
        .filter_map(|credential| match credential.auth_header() {
            Ok(AuthHeader::Cookie(_, value)) => Some(value.clone()),
            _ => None,
        });
    for cookie in own.into_iter().chain(secrets) {
        let mut all = match headers.get(COOKIE) {
            Some(others) => {
                let all = [others.as_bytes(), b"; ", cookie.as_bytes()].concat();
                HeaderValue::from_bytes(&all).unwrap_or(cookie)
            }
            None => cookie,
        };
        all.set_sensitive(true);
        headers.insert(COOKIE, all);
    }
}

fn check_credentials(meta: &Meta, credentials: &[&Credential]) -> Result<(), BuildError> {
    for credential in credentials {
        if let Err(reason) = credential.auth_header() {
            return Err(BuildError::for_operation(meta.id, reason));
        }
    }
    Ok(())
}

/// Names the credentials of which one alternative is required.
fn missing(alternatives: &[&[Scheme]]) -> String {
    let each = alternatives.iter().map(|schemes| {
        let schemes: Vec<String> = schemes.iter().map(ToString::to_string).collect();
        schemes.join(" and ")
    });
    let each: Vec<String> = each.collect();
    format!(
        "the client does not have the credentials that the operation requires: {}",
        each.join(", or ")
    )
}

fn no_server(server: &str) -> String {
    let named = match server {
        "" => "the description names no server".to_owned(),
        path => format!("the description names the relative server `{path}`"),
    };
    format!(
        "there is no base URL: {named}; set it with `ClientBuilder::base_url`, such as `https://api.example.com{server}`"
    )
}

/// The scheme and the host of a URL.
fn origin(url: &str) -> &str {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let path = url.get(authority..).and_then(|rest| rest.find('/'));
    let end = path.map_or(url.len(), |at| authority + at);
    url.get(..end).unwrap_or(url)
}
