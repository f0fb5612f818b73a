//! Records of a list, each of which is decoded or kept as it is.

use super::Decode;
use super::body::decode_value;
use super::mismatch::Mismatch;
use super::node::Node;
use super::path::Paths;
use bytes::Bytes;
use serde_json::Value;
use std::fmt;

/// A record of a list that cannot be decoded.
///
/// `Debug` and `Display` show the place and the reason, never the value.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordError {
    path: String,
    reason: String,
    raw: Bytes,
}

impl Node<'_> {
    /// Decodes the elements of an array, each for itself.
    ///
    /// # Errors
    /// Returns an error for a value that is no array.
    pub fn records<T: Decode>(self) -> Result<Vec<Result<T, RecordError>>, Mismatch> {
        let items = self.list()?;
        let mut paths = Paths::new(self.document());
        let mut records = Vec::with_capacity(items.clone().count());
        for item in items {
            let mark = self.document().notes().mark();
            records.push(T::decode(item).map_err(|mismatch| {
                self.document().notes().forget_since(mark);
                item.record_error(&mut paths, mismatch)
            }));
        }
        Ok(records)
    }

    #[cold]
    fn record_error(self, paths: &mut Paths<'_>, mismatch: Mismatch) -> RecordError {
        let (token, reason) = mismatch.into_parts();
        RecordError {
            path: paths.path(token),
            reason: reason.to_string(),
            raw: Bytes::copy_from_slice(self.raw().as_bytes()),
        }
    }
}

impl RecordError {
    /// Returns the place of the value that cannot be decoded as a JSONPath (RFC 9535): `$.records[3].id`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what was expected and what was found.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the whole record as it is in the body.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Returns the whole record.
    pub fn value(&self) -> Value {
        decode_value(&self.raw)
    }
}

impl fmt::Debug for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordError")
            .field("path", &self.path)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a record cannot be decoded: {} at {}",
            self.reason, self.path
        )
    }
}

impl std::error::Error for RecordError {}
