//! The parts of multipart bodies: files, and values with headers of their own.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A file to send: its bytes, its name and its media type.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    pub(super) bytes: Bytes,
    pub(super) name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl FilePart {
    /// Creates a file without a name; its media type is that of the description, or else `application/octet-stream`.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// Sets the file name, which is `file` unless it is set.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// Shows the size of the file, not its content.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&HeaderName> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("headers", &headers)
            .field("length", &self.bytes.len())
            .finish()
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

/// A value in a multipart body, with headers of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Part<T> {
    value: T,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl<T> Part<T> {
    /// Creates a part without headers.
    pub fn new(value: T) -> Self {
        Self {
            value,
            headers: Vec::new(),
        }
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Returns the value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the headers.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }
}

/// Shows the names of the headers, not their values.
impl<T: fmt::Debug> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&HeaderName> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Part")
            .field("value", &self.value)
            .field("headers", &headers)
            .finish()
    }
}

impl<T> From<T> for Part<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// Serializes the value, without the headers.
impl<T: Serialize> Serialize for Part<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// Deserializes the value, without headers.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}
