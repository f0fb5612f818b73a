//! What every union does with a value once its variant is known.

use super::Decode;
use super::kind::Kind;
use super::mismatch::Mismatch;
use super::node::Node;
use serde_json::Value;

impl Node<'_> {
    /// Decodes a variant; a value that cannot be decoded is kept as `unlisted`, which is a deviation.
    ///
    /// # Errors
    /// There are none.
    pub fn variant<T: Decode, U>(
        self,
        variant: impl FnOnce(T) -> U,
        unlisted: impl FnOnce(Value) -> U,
    ) -> Result<U, Mismatch> {
        Ok(match self.decode_or("kept as an unlisted value") {
            Some(value) => variant(value),
            None => unlisted(self.to_value()),
        })
    }

    /// Keeps a value of a variant that the description does not list.
    ///
    /// # Errors
    /// There are none.
    pub fn unlisted<U>(self, unlisted: impl FnOnce(Value) -> U) -> Result<U, Mismatch> {
        Ok(unlisted(self.to_value()))
    }

    /// Keeps a value of a type that no variant has, which is a deviation.
    ///
    /// # Errors
    /// Returns an error for null, which is not a value.
    #[cold]
    pub fn no_variant<U>(self, unlisted: impl FnOnce(Value) -> U) -> Result<U, Mismatch> {
        const EXPECTED: &str = "a value of one of the variants";
        if self.kind() == Kind::Null {
            return Err(self.unexpected(EXPECTED));
        }
        self.note_type(EXPECTED, "kept as an unlisted value");
        Ok(unlisted(self.to_value()))
    }
}
