//! Strings, booleans and numbers.
//!
//! Scalars of another type are converted where that loses nothing, which is a deviation.

use super::Decode;
use super::grammar::number_end;
use super::kind::Kind;
use super::mismatch::Mismatch;
use super::node::Node;
use super::number::{Float, NotInteger, float, integer};
use std::borrow::Cow;
use std::fmt;

impl<'a> Node<'a> {
    /// Returns the text of a string; a number or a boolean is treated as one, which is a deviation.
    ///
    /// # Errors
    /// Returns an error for any other value.
    #[inline]
    pub fn string(self) -> Result<Cow<'a, str>, Mismatch> {
        match self.text() {
            Some(text) => Ok(text),
            None => self.string_of_scalar(),
        }
    }

    #[cold]
    fn string_of_scalar(self) -> Result<Cow<'a, str>, Mismatch> {
        match self.kind() {
            Kind::Number | Kind::Bool => {
                self.note_type("a string", "treated as a string");
                Ok(Cow::Borrowed(self.raw()))
            }
            Kind::Null | Kind::String | Kind::List | Kind::Object => {
                Err(self.unexpected("a string"))
            }
        }
    }

    /// Makes a value of the text of a string.
    ///
    /// # Errors
    /// Returns an error for a value that is no string, and the function's, whose message is for logs and should not
    /// repeat the text.
    #[inline]
    pub fn parse<T, E: fmt::Display>(
        self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, Mismatch> {
        let text = self.string()?;
        parse(&text).map_err(|error| self.unparsable(&error))
    }

    #[cold]
    fn unparsable(self, error: &dyn fmt::Display) -> Mismatch {
        self.mismatch(error.to_string())
    }

    /// Returns the digits of a number; a string that contains a number is treated as one, which is a deviation.
    #[inline]
    fn digits(self, expected: &'static str) -> Result<Cow<'a, str>, Mismatch> {
        match self.number() {
            Some(digits) => Ok(Cow::Borrowed(digits)),
            None => self.digits_of_string(expected),
        }
    }

    #[cold]
    fn digits_of_string(self, expected: &'static str) -> Result<Cow<'a, str>, Mismatch> {
        match self.text() {
            Some(text) if number_end(text.as_bytes(), 0).ok() == Some(text.len()) => {
                self.note_type(expected, "treated as a number");
                Ok(text)
            }
            Some(_) | None => Err(self.unexpected(expected)),
        }
    }

    /// Returns the value of an integer, also when it is written as `5.0` or `1e3`.
    fn integer(self) -> Result<i128, Mismatch> {
        match self.number().map(str::parse::<i64>) {
            Some(Ok(value)) => Ok(value.into()),
            Some(Err(_)) | None => self.unusual_integer(),
        }
    }

    #[cold]
    fn unusual_integer(self) -> Result<i128, Mismatch> {
        integer(&self.digits("an integer")?).map_err(|reason| match reason {
            NotInteger::Fraction => {
                self.mismatch("expected an integer, found a number with a fraction")
            }
            NotInteger::Range => self.out_of_range(),
        })
    }

    #[cold]
    fn out_of_range(self) -> Mismatch {
        self.mismatch("expected an integer of the type's range, found another one")
    }
}

impl Decode for String {
    #[inline]
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.string().map(Cow::into_owned)
    }
}

impl Decode for bool {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        if let Some(value) = node.bool() {
            return Ok(value);
        }
        let value = match node.text().as_deref() {
            Some("true" | "True") => true,
            Some("false" | "False") => false,
            Some(_) | None => return Err(node.unexpected("a boolean")),
        };
        node.note_type("a boolean", "treated as a boolean");
        Ok(value)
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Decode for $type {
            #[inline]
            fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
                node.integer()?.try_into().map_err(|_| node.out_of_range())
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Decode for f64 {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        match float(&node.digits("a number")?) {
            Some(Float { value, is_rounded }) => {
                if is_rounded {
                    node.note_rounded();
                }
                Ok(value)
            }
            None => {
                Err(node.mismatch("expected a number that fits in 64 bits, found a larger one"))
            }
        }
    }
}
