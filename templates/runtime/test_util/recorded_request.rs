//! Requests as lines of text, which can be compared.

use super::super::auth::QueryCredentials;
use bytes::Bytes;
use http::Request;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, USER_AGENT};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// The account of an expected request, which is not compared.
#[cfg(feature = "twilio")]
pub(super) const ANY_ACCOUNT: &str = "any-account";

/// A request as lines: target, query, headers, body.
pub(super) struct RecordedRequest {
    method: String,
    path: Vec<String>,
    query: Vec<String>,
    headers: BTreeMap<String, String>,
    body: Vec<String>,
}

impl RecordedRequest {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        let uri = request.uri();
        let mut query = pairs(uri.query().unwrap_or_default());
        let QueryCredentials(credentials) = request.extensions().get().copied().unwrap_or_default();
        query.truncate(query.len().saturating_sub(credentials));
        let left_out = [ACCEPT, AUTHORIZATION, CONTENT_LENGTH, USER_AGENT];
        let headers = request
            .headers()
            .iter()
            .filter(|(name, value)| !left_out.contains(name) && !value.is_sensitive())
            .map(|(name, value)| {
                let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), text)
            })
            .collect();
        Self {
            method: request.method().to_string(),
            path: uri.path().split('/').map(decoded).collect(),
            query,
            body: body_lines(request),
            headers,
        }
    }

    /// Returns whether the sent request is this expected one.
    pub(super) fn matches(&self, sent: &Self) -> bool {
        self.comparable_to(sent) == sent.limited_to(self)
    }

    /// Returns the lines of both, with `-` before those of this request only and `+` before those of `sent` only.
    pub(super) fn diff(&self, sent: &Self) -> String {
        diff(&self.comparable_to(sent), &sent.limited_to(self))
    }

    /// Returns the lines of this request, with those parts of `sent` that are up to the client, such as the base path.
    fn comparable_to(&self, sent: &Self) -> Vec<String> {
        let mut path = self.path.clone();
        #[cfg(feature = "twilio")]
        for (own, other) in path.iter_mut().rev().zip(sent.path.iter().rev()) {
            if own == ANY_ACCOUNT {
                own.clone_from(other);
            }
        }
        if let Some(before) = sent.path.len().checked_sub(path.len()) {
            path.splice(..1, sent.path.iter().take(before + 1).cloned());
        }
        self.lines(&path, &self.headers)
    }

    /// Returns the lines of this request, with the headers that `expected` has.
    fn limited_to(&self, expected: &Self) -> Vec<String> {
        let is_expected = |(name, _): &(&String, &String)| expected.headers.contains_key(*name);
        let headers = self.headers.iter().filter(is_expected);
        let headers = headers.map(|(name, value)| (name.clone(), value.clone()));
        self.lines(&self.path, &headers.collect())
    }

    fn lines(&self, path: &[String], headers: &BTreeMap<String, String>) -> Vec<String> {
        let target = format!("{} {}", self.method, path.join("/"));
        let query = self.query.iter().map(|pair| format!("? {pair}"));
        let headers = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"));
        let body = self.body.iter().map(|line| format!("| {line}"));
        std::iter::once(target)
            .chain(query)
            .chain(headers)
            .chain(body)
            .collect()
    }
}

impl fmt::Display for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.lines(&self.path, &self.headers);
        lines.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

fn body_lines(request: &Request<Bytes>) -> Vec<String> {
    let body = request.body();
    if body.is_empty() {
        return Vec::new();
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return vec![format!("{} bytes: {body:?}", body.len())];
    };
    let kind = request.headers().get(http::header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().ends_with(b"form-urlencoded")) {
        return pairs(text);
    }
    let pretty = serde_json::from_str::<Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned());
    pretty.lines().map(str::to_owned).collect()
}

fn pairs(text: &str) -> Vec<String> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| decoded(&pair.replace('+', " "))).collect()
}

/// Decodes percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = after
            .get(if code.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Compares two texts line by line, by their longest common subsequence.
fn diff(before: &[String], after: &[String]) -> String {
    let mut common = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            common[i][j] = if old == new {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut text = String::new();
    loop {
        let (mark, line) = match (before.get(i), after.get(j)) {
            (Some(old), Some(new)) if old == new => {
                (i, j) = (i + 1, j + 1);
                (' ', old)
            }
            (Some(old), new) if new.is_none() || common[i + 1][j] >= common[i][j + 1] => {
                i += 1;
                ('-', old)
            }
            (_, Some(new)) => {
                j += 1;
                ('+', new)
            }
            (Some(old), None) => {
                i += 1;
                ('-', old)
            }
            (None, None) => return text,
        };
        // Writing into a string does not fail.
        let _ = writeln!(text, "{mark} {line}");
    }
}
