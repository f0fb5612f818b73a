//! The URL of the next page.

use super::super::auth::shown;
use super::super::error::PageError;
use super::super::wire::URL;
use super::paged::{Link, NextPage};
use http::Uri;
use http::uri::{Authority, Scheme};
use std::borrow::Cow;

/// The current page of a list.
pub(super) struct Cursor {
    operation: &'static str,
    /// The path of the base URL.
    prefix: String,
    first: Uri,
    current: Uri,
    /// The number of records so far, for pages that are found by index.
    seen: i64,
}

impl Cursor {
    /// Creates a cursor at the first page.
    pub(super) fn new(operation: &'static str, base_url: Option<&str>, first: Uri) -> Self {
        let path = |url: &str| url.parse().map(|url: Uri| url.path().to_owned());
        let prefix = base_url.and_then(|url| path(url).ok()).unwrap_or_default();
        Self {
            operation,
            prefix: prefix.trim_end_matches('/').to_owned(),
            current: first.clone(),
            first,
            seen: 0,
        }
    }

    /// Moves to the next page and returns its URL.
    pub(super) fn advance(&mut self, next: NextPage<'_>) -> Option<Result<Uri, PageError>> {
        let uri = match next.0 {
            Link::Url(url) => self.resolve(url),
            Link::Token { parameter, token } => with_query(&self.first, parameter, token),
            Link::Index {
                parameter,
                count,
                total,
            } => {
                let start = query_value(&self.first, parameter)
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1_i64);
                self.seen = self.seen.saturating_add_unsigned(count as u64);
                let next = start.saturating_add(self.seen);
                if next > total {
                    return None;
                }
                with_query(&self.first, parameter, &next.to_string())
            }
        };
        let uri = uri.and_then(|uri| {
            if uri == self.current {
                return Err("the next page of a page is that page itself".into());
            }
            self.current = uri.clone();
            Ok(uri)
        });
        Some(uri.map_err(|reason| PageError::new(self.operation, reason)))
    }

    /// Resolves a URL of a response against the current page; a URL on another server is an error.
    fn resolve(&self, url: &str) -> Result<Uri, Cow<'static, str>> {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        if url.starts_with("//") || url.contains('\\') {
            return Err("its URL names a server without a scheme".into());
        }
        if url.starts_with('/') {
            let is_below = url
                .strip_prefix(self.prefix.as_str())
                .is_some_and(|rest| rest.starts_with('/'));
            let prefix = if is_below { "" } else { &self.prefix };
            return self.on_server(&format!("{prefix}{url}"));
        }
        if let Some(query) = url.strip_prefix('?') {
            return self.on_server(&format!("{}?{query}", self.current.path()));
        }
        let uri: Uri = url
            .parse()
            .map_err(|_| "its URL is neither absolute nor relative to the server")?;
        match (uri.scheme(), uri.authority()) {
            (Some(scheme), Some(authority)) => {
                self.check_server(scheme, authority)?;
                self.on_server(uri.path_and_query().map_or("/", |path| path.as_str()))
            }
            _ => Err("its URL is neither absolute nor relative to the server".into()),
        }
    }

    fn check_server(
        &self,
        scheme: &Scheme,
        authority: &Authority,
    ) -> Result<(), Cow<'static, str>> {
        let own = self.first.scheme().zip(self.first.authority());
        let is_same = own.is_some_and(|(own_scheme, own_authority)| {
            own_scheme == scheme
                && own_authority.host().eq_ignore_ascii_case(authority.host())
                && port(own_scheme, own_authority) == port(scheme, authority)
        });
        if authority.as_str().contains('@') {
            return Err("its URL has a user name or a password in it".into());
        }
        if !is_same {
            let server = shown(&format!("{scheme}://{authority}"));
            return Err(format!("it is on another server, {server}").into());
        }
        Ok(())
    }

    fn on_server(&self, path_and_query: &str) -> Result<Uri, Cow<'static, str>> {
        let mut parts = self.first.clone().into_parts();
        let path_and_query = path_and_query.parse().map_err(|_| "its URL is not valid")?;
        parts.path_and_query = Some(path_and_query);
        Uri::from_parts(parts).map_err(|_| "its URL is not valid".into())
    }
}

fn port(scheme: &Scheme, authority: &Authority) -> Option<u16> {
    let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    match authority.port() {
        None => Some(usual),
        Some(port) => Some(port.as_u16()),
    }
}

/// Returns `uri` with a query parameter set to `value`.
fn with_query(uri: &Uri, parameter: &str, value: &str) -> Result<Uri, Cow<'static, str>> {
    let kept = uri.query().unwrap_or_default().split('&').filter(|pair| {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        !pair.is_empty() && name != parameter
    });
    let mut query: Vec<u8> = Vec::new();
    for pair in kept {
        query.extend_from_slice(pair.as_bytes());
        query.push(b'&');
    }
    URL.push(&mut query, parameter.as_bytes());
    query.push(b'=');
    URL.push(&mut query, value.as_bytes());
    let query = String::from_utf8(query).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    let path_and_query = format!("{}?{query}", uri.path())
        .parse()
        .map_err(|_| "its URL is not valid")?;
    parts.path_and_query = Some(path_and_query);
    Uri::from_parts(parts).map_err(|_| "its URL is not valid".into())
}

fn query_value<'a>(uri: &'a Uri, parameter: &str) -> Option<&'a str> {
    let mut pairs = uri
        .query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| *name == parameter)
        .map(|(_, value)| value)
}
