//! What the requests for the pages of a list differ in: their URL and their body.

use super::super::decode::{Node, decode_with};
use super::super::wire::URL;
use super::paged::{Form, Place};
use bytes::Bytes;
use http::Uri;
use std::borrow::Cow;

/// Why there is no request for a page.
pub(super) type Problem = Cow<'static, str>;

/// The URL and the body of the request for a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PageRequest {
    pub(super) uri: Uri,
    pub(super) body: Bytes,
    /// Where its parameters are.
    pub(super) place: Place,
}

/// The value of a parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) text: &'a str,
    /// Whether it is a number in a JSON body, and not a string.
    is_number: bool,
}

impl<'a> Value<'a> {
    /// Returns a value that a page has, as a number or not.
    pub(super) fn found(text: &'a str, is_number: bool, place: Place) -> Self {
        let is_number = match place {
            Place::Query | Place::Body(Form::AsFound) => is_number,
            Place::Body(Form::String) => false,
            Place::Body(Form::Number) => is_json_number(text),
        };
        Self { text, is_number }
    }

    /// Returns the value of a parameter that is a number by itself.
    pub(super) fn number(digits: &'a str) -> Self {
        Self {
            text: digits,
            is_number: true,
        }
    }
}

fn is_json_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

impl PageRequest {
    /// Returns the same request at another URL.
    pub(super) fn at(&self, uri: Uri) -> Self {
        Self {
            uri,
            ..self.clone()
        }
    }

    /// Returns the value of a parameter; in a query, as it is escaped.
    pub(super) fn value(&self, parameter: &str) -> Option<Cow<'_, str>> {
        match self.place {
            Place::Query => query_value(&self.uri, parameter).map(Cow::Borrowed),
            Place::Body(_) => member(&self.body, parameter).map(Cow::Owned),
        }
    }

    /// Returns whether a parameter has this value.
    pub(super) fn has(&self, parameter: &str, text: &str) -> bool {
        self.value(parameter).is_some_and(|sent| match self.place {
            Place::Query => sent.as_bytes() == escaped(text),
            Place::Body(_) => sent == text,
        })
    }

    /// Returns the request with a value for a parameter.
    pub(super) fn with(&self, parameter: &str, value: Value<'_>) -> Result<Self, Problem> {
        match self.place {
            Place::Query => Ok(self.at(with_query(&self.uri, parameter, value.text)?)),
            Place::Body(_) => Ok(Self {
                body: with_member(&self.body, parameter, value)?,
                ..self.clone()
            }),
        }
    }
}

/// Returns `uri` with a query parameter set to `value`.
fn with_query(uri: &Uri, parameter: &str, value: &str) -> Result<Uri, Problem> {
    let escaped = escaped(parameter);
    let kept = uri.query().unwrap_or_default().split('&').filter(|pair| {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        !pair.is_empty() && name != parameter && name.as_bytes() != escaped
    });
    let mut query: Vec<u8> = Vec::new();
    for pair in kept {
        query.extend_from_slice(pair.as_bytes());
        query.push(b'&');
    }
    query.extend_from_slice(&escaped);
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

/// Returns the name of a parameter as it is written in a query: `page%5Bnumber%5D` for `page[number]`.
fn escaped(parameter: &str) -> Vec<u8> {
    let mut name = Vec::with_capacity(parameter.len());
    URL.push(&mut name, parameter.as_bytes());
    name
}

fn query_value<'a>(uri: &'a Uri, parameter: &str) -> Option<&'a str> {
    let escaped = escaped(parameter);
    let mut pairs = uri
        .query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| *name == parameter || name.as_bytes() == escaped)
        .map(|(_, value)| value)
}

/// Returns the text or the number that a JSON body has at the end of these names, which have dots between them.
fn member(body: &Bytes, names: &str) -> Option<String> {
    let found = decode_with(body, |root| {
        let node = names
            .split('.')
            .try_fold(root, |node, name| node.get(name))
            .and_then(|node| {
                let text = node.text().map(Cow::into_owned);
                text.or_else(|| node.number().map(str::to_owned))
            });
        Ok(node)
    });
    found.ok()?.value
}

/// Returns a JSON body with a value at the end of these names; all else stays as it is written. An empty body is an object
/// without members.
fn with_member(body: &Bytes, names: &str, value: Value<'_>) -> Result<Bytes, Problem> {
    let written = |object: Option<Node<'_>>| {
        let mut written = String::with_capacity(body.len() + names.len() + value.text.len() + 8);
        write_object(&mut written, object, names, value);
        Bytes::from(written)
    };
    if body.is_empty() {
        return Ok(written(None));
    }
    let decoded = decode_with(body, |root| Ok(written(Some(root))));
    decoded
        .map(|decoded| decoded.value)
        .map_err(|_| "the body of the request is not JSON".into())
}

/// Writes an object with a value for a member of it, or for one inside of that.
fn write_object(out: &mut String, object: Option<Node<'_>>, names: &str, value: Value<'_>) {
    let (name, inner) = match names.split_once('.') {
        Some((name, inner)) => (name, Some(inner)),
        None => (names, None),
    };
    out.push('{');
    for (key, node) in object.into_iter().flat_map(Node::entries) {
        if !key.is(name) {
            write_name(out, &key.text());
            out.push_str(node.raw());
            out.push(',');
        }
    }
    write_name(out, name);
    match inner {
        Some(inner) => write_object(out, object.and_then(|node| node.get(name)), inner, value),
        None if value.is_number => out.push_str(value.text),
        None => out.push_str(&serde_json::Value::from(value.text).to_string()),
    }
    out.push('}');
}

fn write_name(out: &mut String, name: &str) {
    out.push_str(&serde_json::Value::from(name).to_string());
    out.push(':');
}
