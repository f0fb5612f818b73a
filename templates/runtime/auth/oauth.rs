//! The credentials of OAuth 2.0 clients.

use super::super::wire::FORM;
use super::header_value::{CredentialError, basic};
use super::token_source::TokenSource;
use http::Uri;
use std::fmt;

/// The credentials of an OAuth 2.0 client, with which it fetches access tokens (RFC 6749, section 4.4).
///
/// The id and the secret are sent to the token URL only, in the form body; [`with_basic`](Self::with_basic) sends them as
/// HTTP Basic.
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: String,
    id: String,
    secret: String,
    scopes: Vec<String>,
    audience: Option<String>,
    basic: bool,
}

impl ClientCredentials {
    /// Creates the credentials from the token URL, which may be a path of the server, and the id and the secret of the
    /// client.
    pub fn new(
        token_url: impl Into<String>,
        id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            id: id.into(),
            secret: secret.into(),
            scopes: Vec::new(),
            audience: None,
            basic: false,
        }
    }

    /// Adds a scope to request.
    #[must_use]
    pub fn with_scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Sets the parameter `audience`, which some servers require: the API that the token is for.
    #[must_use]
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Sends the id and the secret as HTTP Basic instead of in the body (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn with_basic(mut self) -> Self {
        self.basic = true;
        self
    }

    pub(crate) fn secrets(&self) -> Vec<String> {
        vec![self.secret.clone()]
    }

    pub(crate) fn into_source(self) -> Result<TokenSource, CredentialError> {
        let url: Option<Uri> = self.token_url.parse().ok();
        let is_usable = url.is_some_and(|url| match url.scheme_str() {
            Some("http" | "https") => url.authority().is_some(),
            Some(_) => false,
            None => self.token_url.starts_with('/'),
        });
        if !is_usable {
            return Err(
                "the token URL of the credentials is neither an `http` or `https` URL nor a path of the server",
            );
        }
        let mut fields = vec![("grant_type", "client_credentials".to_owned())];
        let mut authorization = None;
        if self.basic {
            let (id, secret) = (form_encoded(&self.id), form_encoded(&self.secret));
            authorization = Some(basic(&id, &secret)?);
        } else {
            fields.push(("client_id", self.id));
            fields.push(("client_secret", self.secret));
        }
        if !self.scopes.is_empty() {
            let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
            fields.push(("scope", scopes.join(" ")));
        }
        fields.extend(self.audience.map(|audience| ("audience", audience)));
        let mut body = String::new();
        for (name, value) in &fields {
            let before = if body.is_empty() { "" } else { "&" };
            body = format!("{body}{before}{name}={}", form_encoded(value));
        }
        Ok(TokenSource::new(self.token_url, authorization, body))
    }
}

fn form_encoded(text: &str) -> String {
    let mut bytes = Vec::new();
    FORM.push(&mut bytes, text.as_bytes());
    String::from_utf8(bytes).unwrap_or_default()
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("token_url", &self.token_url)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
