//! Typed response headers.

use http::HeaderMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A response header that the description declares: its name, and the type of its value.
///
/// It is read with [`Response::header`](super::super::Response::header).
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// Creates a typed header of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            value: PhantomData,
        }
    }

    /// Returns the header's name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: FromStr> Header<T> {
    /// Returns the value of the header in `headers`, the first of several, or `None` if it is missing.
    ///
    /// # Errors
    /// Returns an error when the header's text is not a value of the type.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<T>, HeaderError> {
        let Some(value) = headers.get(self.name) else {
            return Ok(None);
        };
        let text = value
            .to_str()
            .map_err(|_| HeaderError { name: self.name })?;
        text.parse()
            .map(Some)
            .map_err(|_| HeaderError { name: self.name })
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

/// A response header whose text does not have the described type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
}

impl HeaderError {
    /// Returns the header's name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the header `{}` does not have the described type",
            self.name
        )
    }
}

impl std::error::Error for HeaderError {}
