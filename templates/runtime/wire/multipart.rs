//! Bodies of several parts (`multipart/form-data`, RFC 7578).

use super::super::model::{Encode, Field, JsonWriter};
use super::super::validate::{Check, check};
use super::encode_value::{EncodeValue, Slot};
use super::encoder::Encoder;
use super::escape::HEADER;
use bytes::Bytes;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

/// A file to send: its bytes, its name and its media type.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    bytes: Bytes,
    name: String,
    content_type: String,
}

impl FilePart {
    /// Creates a file named `file`, of the media type `application/octet-stream`.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            name: "file".to_owned(),
            content_type: "application/octet-stream".to_owned(),
        }
    }

    /// Sets the file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = content_type.into();
        self
    }
}

/// Shows the size of the file, not its content.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
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

/// A part of a body, or several of the same name.
pub trait EncodePart {
    /// Writes the parts.
    fn encode_part(&self, name: &str, parts: &mut Multipart<'_, '_>);
}

impl EncodePart for FilePart {
    fn encode_part(&self, name: &str, parts: &mut Multipart<'_, '_>) {
        let file = quoted(&self.name);
        parts.write(name, Some(&file), Some(&self.content_type), &self.bytes);
    }
}

impl<T: EncodePart> EncodePart for Vec<T> {
    fn encode_part(&self, name: &str, parts: &mut Multipart<'_, '_>) {
        for item in self {
            item.encode_part(name, parts);
        }
    }
}

impl<T: EncodePart> EncodePart for Field<T> {
    fn encode_part(&self, name: &str, parts: &mut Multipart<'_, '_>) {
        match self {
            Self::Absent => {}
            Self::Null => parts.write(name, None, None, b""),
            Self::Value(value) => value.encode_part(name, parts),
        }
    }
}

impl<'a> Encoder<'a> {
    /// Begins a body of several parts (`multipart/form-data`), which ends when the returned value is dropped.
    pub fn multipart(&mut self) -> Multipart<'_, 'a> {
        Multipart::new(self)
    }
}

/// Writes the parts of a body, in the order of the calls; dropping it ends the body.
pub struct Multipart<'r, 'a> {
    request: &'r mut Encoder<'a>,
    boundary: String,
    body: Vec<u8>,
}

impl<'r, 'a> Multipart<'r, 'a> {
    fn new(request: &'r mut Encoder<'a>) -> Self {
        let random = || RandomState::new().build_hasher().finish();
        Self {
            request,
            boundary: format!("{:016x}{:016x}", random(), random()),
            body: Vec::new(),
        }
    }

    /// Adds the files of a field; nothing when it is absent.
    pub fn file(&mut self, name: &str, files: &impl EncodePart) -> &mut Self {
        files.encode_part(name, self);
        self
    }

    /// Adds a field of text; nothing when it is absent.
    pub fn field(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        let mut text = Vec::new();
        let mut slot = Slot::bare(&mut text, &HEADER);
        value.encode_value(&mut slot);
        match slot.finish() {
            Ok(0) => {}
            Ok(_) => self.write(name, None, None, &text),
            Err(reason) => self.request.reject("part", name, reason),
        }
        self
    }

    /// Checks the limits inside of a field of JSON, before it is added.
    pub fn check(&mut self, name: &str, value: &dyn Check) -> &mut Self {
        if let Err(reason) = check(value) {
            self.request.reject("part", name, reason);
        }
        self
    }

    /// Adds a field of JSON.
    pub fn json<T: Encode>(&mut self, name: &str, value: &T) -> &mut Self {
        let mut json = JsonWriter::for_request();
        value.encode(&mut json);
        match json.finish() {
            Ok(text) => self.write(name, None, Some("application/json"), &text),
            Err(error) => self.request.reject(
                "part",
                name,
                format!("cannot be written as JSON: {error}").into(),
            ),
        }
        self
    }

    fn write(
        &mut self,
        name: &str,
        file: Option<&str>,
        content_type: Option<&str>,
        content: &[u8],
    ) {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\n",
            self.boundary,
            quoted(name)
        );
        self.body.extend_from_slice(head.as_bytes());
        if let Some(content_type) = content_type {
            let is_plain = content_type
                .bytes()
                .all(|byte| (b' '..=b'~').contains(&byte));
            if !is_plain {
                self.request.reject(
                    "part",
                    name,
                    "has a media type that is not a valid header value".into(),
                );
            }
            self.body
                .extend_from_slice(format!("Content-Type: {content_type}\r\n").as_bytes());
        }
        self.body.extend_from_slice(b"\r\n");
        self.body.extend_from_slice(content);
        self.body.extend_from_slice(b"\r\n");
    }
}

impl Drop for Multipart<'_, '_> {
    fn drop(&mut self) {
        self.body
            .extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        let content_type = format!("multipart/form-data; boundary={}", self.boundary);
        self.request.bytes(&content_type, &self.body);
    }
}

/// Percent-encodes quotes and line breaks in a name, as browsers do (WHATWG HTML, multipart/form-data encoding).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
