//! The request for the next page.

use super::super::auth::shown;
use super::super::error::PageError;
use super::super::wire::Meta;
use super::link;
use super::page_request::{PageRequest, Problem, Value};
use super::paged::{Next, Paging, Size};
use super::position::Position;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, Uri};
use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// The current page of a list.
pub(super) struct Cursor {
    operation: &'static str,
    paging: Paging,
    /// The path of the base URL.
    prefix: String,
    /// The server of the description.
    documented: Option<Uri>,
    first: PageRequest,
    current: PageRequest,
    /// The hashes of the requests for all pages so far, by which pages that lead back to one of them are found.
    visited: HashSet<u64>,
    hasher: RandomState,
}

impl Cursor {
    /// Creates a cursor at the first page, whose size is within the limits of the description and no more than `limit`
    /// records.
    pub(super) fn new(
        meta: &Meta,
        paging: Paging,
        base_url: Option<&str>,
        first: PageRequest,
        limit: Option<usize>,
    ) -> Self {
        let path = |url: &str| url.parse().map(|url: Uri| url.path().to_owned());
        let prefix = base_url.and_then(|url| path(url).ok()).unwrap_or_default();
        let first = sized(&first, paging.size, limit).unwrap_or(first);
        let mut cursor = Self {
            operation: meta.id,
            paging,
            prefix: prefix.trim_end_matches('/').to_owned(),
            documented: meta.server.parse().ok(),
            current: first.clone(),
            first,
            visited: HashSet::new(),
            hasher: RandomState::new(),
        };
        cursor.visit(&cursor.first.clone());
        cursor
    }

    /// Returns the request for the current page.
    pub(super) fn current(&self) -> &PageRequest {
        &self.current
    }

    /// Remembers a page; returns whether it is a new one.
    fn visit(&mut self, page: &PageRequest) -> bool {
        self.visited.insert(self.hasher.hash_one(page))
    }

    /// Moves to the next page and returns the request for it; `None` after the last one.
    pub(super) fn advance(
        &mut self,
        position: &Position,
        headers: &HeaderMap,
    ) -> Option<Result<PageRequest, PageError>> {
        if position.more == Some(false) {
            return None;
        }
        let page = self.next(position, headers)?.and_then(|page| {
            if !self.visit(&page) {
                return Err("it was returned already, so that the list would not end".into());
            }
            self.current = page.clone();
            Ok(page)
        });
        Some(page.map_err(|reason| PageError::new(self.operation, reason)))
    }

    fn next(
        &self,
        position: &Position,
        headers: &HeaderMap,
    ) -> Option<Result<PageRequest, Problem>> {
        match self.paging.next {
            Next::Url(_) => position.next.as_ref().map(|url| self.linked(url)),
            Next::Link => link::find(headers, "next").map(|url| self.linked(&url)),
            Next::Token { parameter, .. } => {
                let token = position.next.as_ref()?;
                self.with_token(parameter, token, position)
            }
            Next::Header { parameter, header } => {
                let token = headers.get(header)?.to_str().ok()?.trim();
                self.with_token(parameter, token, position)
                    .filter(|_| !token.is_empty())
            }
            Next::LastItem { parameter, .. } => {
                let text = position.next.as_ref()?;
                Some(self.with(parameter, text, position.next_is_number))
            }
            Next::Number { parameter, first } => {
                let number = self.number(parameter, first);
                let last = position.pages.map(|pages| pages.saturating_add(first) - 1);
                let ends = last.is_some_and(|last| number >= last) || position.count == 0;
                self.numbered(ends, headers, parameter, number.saturating_add(1))
            }
            Next::Offset { parameter, first } => {
                let start = self.number(parameter, first);
                let next = start.saturating_add_unsigned(position.count as u64);
                let ends = position.total.is_some_and(|total| next - first >= total);
                self.numbered(ends || position.count == 0, headers, parameter, next)
            }
        }
    }

    fn with_token(
        &self,
        parameter: &str,
        token: &str,
        position: &Position,
    ) -> Option<Result<PageRequest, Problem>> {
        if position.count == 0 && self.current.has(parameter, token) {
            return None;
        }
        // Some APIs have the URL of the next page where others have a token.
        Some(if is_url(token, parameter) {
            self.linked(token)
        } else {
            self.with(parameter, token, position.next_is_number)
        })
    }

    /// Returns the page at the URL of the header `Link`, or else the one with a number that is worked out; none at the end.
    fn numbered(
        &self,
        ends: bool,
        headers: &HeaderMap,
        parameter: &str,
        number: i64,
    ) -> Option<Result<PageRequest, Problem>> {
        if ends {
            return None;
        }
        Some(match link::find(headers, "next") {
            Some(url) => self.linked(&url),
            None => self.with(parameter, &number.to_string(), true),
        })
    }

    /// Returns the request for the page that a value of a parameter leads to.
    fn with(&self, parameter: &str, text: &str, is_number: bool) -> Result<PageRequest, Problem> {
        let value = Value::found(text, is_number, self.paging.place);
        self.first.with(parameter, value)
    }

    /// Returns the number that the current page has in a parameter.
    fn number(&self, parameter: &str, first: i64) -> i64 {
        let number = self.current.value(parameter);
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or(first)
    }

    /// Returns the request for the page at a URL of a response.
    fn linked(&self, url: &str) -> Result<PageRequest, Problem> {
        Ok(self.first.at(self.resolve(url)?))
    }

    /// Resolves a URL of a response against the current page; a URL on another server is an error.
    fn resolve(&self, url: &str) -> Result<Uri, Problem> {
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
            return self.on_server(&format!("{}?{query}", self.current.uri.path()));
        }
        let relative = url.split(['?', '/']).next().unwrap_or_default();
        if relative.len() < url.len() && !relative.contains(':') {
            return self.on_server(&beside(self.current.uri.path(), url));
        }
        let uri: Uri = url
            .parse()
            .map_err(|_| "its URL is neither absolute nor relative to the server")?;
        match (uri.scheme(), uri.authority()) {
            (Some(scheme), Some(authority)) => {
                let target = uri.path_and_query().map_or("/", |path| path.as_str());
                if self.is_documented(scheme, authority) {
                    return self.on_server(&self.moved(target));
                }
                self.check_server(scheme, authority)?;
                self.on_server(target)
            }
            _ => Err("its URL is neither absolute nor relative to the server".into()),
        }
    }

    /// Whether a URL is on the server of the description, where requests are sent to another one.
    fn is_documented(&self, scheme: &Scheme, authority: &Authority) -> bool {
        let is_on = |uri: &Uri| is_same_server(uri, scheme, authority);
        !is_on(&self.first.uri) && self.documented.as_ref().is_some_and(is_on)
    }

    /// Returns a path of the server of the description as one of the server that requests are sent to.
    fn moved(&self, target: &str) -> String {
        let base = self
            .documented
            .as_ref()
            .map_or("", Uri::path)
            .trim_end_matches('/');
        let inside = target
            .strip_prefix(base)
            .filter(|rest| rest.starts_with('/'));
        match inside {
            Some(inside) if !self.prefix.is_empty() => format!("{}{inside}", self.prefix),
            Some(inside) if self.first.uri.path().starts_with(base) => format!("{base}{inside}"),
            Some(inside) => inside.to_owned(),
            None => format!("{}{target}", self.prefix),
        }
    }

    fn check_server(&self, scheme: &Scheme, authority: &Authority) -> Result<(), Problem> {
        if authority.as_str().contains('@') {
            return Err("its URL has a user name or a password in it".into());
        }
        if !is_same_server(&self.first.uri, scheme, authority) {
            let server = shown(&format!("{scheme}://{authority}"));
            return Err(format!("it is on another server, {server}").into());
        }
        Ok(())
    }

    fn on_server(&self, path_and_query: &str) -> Result<Uri, Problem> {
        let mut parts = self.first.uri.clone().into_parts();
        let path_and_query = path_and_query.parse().map_err(|_| "its URL is not valid")?;
        parts.path_and_query = Some(path_and_query);
        Uri::from_parts(parts).map_err(|_| "its URL is not valid".into())
    }
}

/// Whether a text is an absolute URL, or a relative one with a parameter in its query.
fn is_url(text: &str, parameter: &str) -> bool {
    let has_parameter = |query: &str| {
        let mut names = query.split('&').filter_map(|pair| pair.split_once('='));
        names.any(|(name, _)| name == parameter)
    };
    text.starts_with("https://")
        || text.starts_with("http://")
        || (text.starts_with(['/', '?'])
            && text
                .split_once('?')
                .is_some_and(|(_, query)| has_parameter(query)))
}

/// Resolves a relative path against the path of a page ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-5.2),
/// section 5.2): `items?page=2` beside `/v1/items` is `/v1/items?page=2`.
fn beside(path: &str, relative: &str) -> String {
    let (way, query) = relative.split_at(relative.find('?').unwrap_or(relative.len()));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut segments: Vec<&str> = folder.split('/').skip(1).collect();
    for segment in way.split('/') {
        match segment {
            "." => {}
            ".." => _ = segments.pop(),
            _ => segments.push(segment),
        }
    }
    format!("/{}{query}", segments.join("/"))
}

fn is_same_server(uri: &Uri, scheme: &Scheme, authority: &Authority) -> bool {
    let own = uri.scheme().zip(uri.authority());
    own.is_some_and(|(own_scheme, own_authority)| {
        own_scheme == scheme
            && own_authority.host().eq_ignore_ascii_case(authority.host())
            && port(own_scheme, own_authority) == port(scheme, authority)
            && !authority.as_str().contains('@')
    })
}

/// Returns the request for the first page with a size within the limits of the description, and no more than are wanted.
fn sized(
    page: &PageRequest,
    size: Option<Size>,
    limit: Option<usize>,
) -> Result<PageRequest, Problem> {
    let Some(Size {
        parameter,
        least,
        most,
    }) = size
    else {
        return Ok(page.clone());
    };
    let given = page.value(parameter).map(|given| given.parse::<i64>().ok());
    let wanted = match (given, limit) {
        (Some(Some(given)), _) => given,
        // What is not a number is for the server to say.
        (Some(None), _) | (None, None) => return Ok(page.clone()),
        (None, Some(limit)) => i64::try_from(limit).unwrap_or(i64::MAX),
    };
    let bounded = wanted.min(most.unwrap_or(i64::MAX)).max(least.unwrap_or(1));
    if given == Some(Some(bounded)) {
        return Ok(page.clone());
    }
    // Without a limit, any size may be too large for the server.
    if given.is_none() && most.is_none() && bounded > 100 {
        return Ok(page.clone());
    }
    page.with(parameter, Value::number(&bounded.to_string()))
}

fn port(scheme: &Scheme, authority: &Authority) -> Option<u16> {
    let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    match authority.port() {
        None => Some(usual),
        Some(port) => Some(port.as_u16()),
    }
}

#[cfg(test)]
#[path = "../../../tests/runtime/unit/cursor.rs"]
mod tests;
