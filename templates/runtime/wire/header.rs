//! Typed response headers.

use chrono::{DateTime, FixedOffset, NaiveDate};
use http::HeaderMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A type that the text of a header is read as.
pub trait FromHeader: Sized {
    /// Reads the text; `None` if it is not a value of the type.
    fn from_header(text: &str) -> Option<Self>;
}

macro_rules! from_str {
    ($($type:ty),*) => {
        $(impl FromHeader for $type {
            #[inline]
            fn from_header(text: &str) -> Option<Self> {
                <$type>::from_str(text).ok()
            }
        })*
    };
}

from_str!(
    String, bool, i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f64, NaiveDate
);

#[cfg(feature = "uuid")]
from_str!(uuid::Uuid);

/// An instant in RFC 3339, or in the form of HTTP (RFC 9110, section 5.6.7).
impl FromHeader for DateTime<FixedOffset> {
    fn from_header(text: &str) -> Option<Self> {
        let rfc_3339 = DateTime::parse_from_rfc3339(text);
        rfc_3339
            .or_else(|_| DateTime::parse_from_rfc2822(text))
            .ok()
    }
}

/// A list whose items are separated by commas.
impl<T: FromHeader> FromHeader for Vec<T> {
    fn from_header(text: &str) -> Option<Self> {
        let items = text.split(',').map(str::trim);
        let items = items.filter(|item| !item.is_empty());
        items.map(T::from_header).collect()
    }
}

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

impl<T: FromHeader> Header<T> {
    /// Returns the value of the header in `headers`, or `None` if it is missing. Several of one name are a list.
    ///
    /// # Errors
    /// Returns an error when the header's text is not a value of the type.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<T>, HeaderError> {
        let error = || HeaderError { name: self.name };
        let mut text = String::new();
        for value in headers.get_all(self.name) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(value.to_str().map_err(|_| error())?);
        }
        if text.is_empty() && !headers.contains_key(self.name) {
            return Ok(None);
        }
        T::from_header(&text).map(Some).ok_or_else(error)
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
