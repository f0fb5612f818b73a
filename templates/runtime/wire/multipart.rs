//! Multipart bodies: `multipart/form-data` (RFC 7578), and `multipart/related`, `multipart/mixed` and others (RFC 2046).

use super::super::model::{Encode, JsonWriter};
use super::super::validate::{Check, check};
use super::encode_value::EncodeValue;
use super::encoder::Encoder;
use super::escape::HEADER;
use super::part::FilePart;
use super::slot::{Place, Slot};
use super::styles::Style;
use super::visit::visit_value;
use http::{HeaderName, HeaderValue};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// The media type of forms with files.
const FORM_DATA: &str = "multipart/form-data";

impl<'a> Encoder<'a> {
    /// Begins a multipart body of this media type, which ends when the returned value is dropped.
    ///
    /// The parts of `multipart/form-data` have names; those of other types are told apart by their order.
    pub fn multipart(&mut self, media_type: &'static str) -> Multipart<'_, 'a> {
        let random = || RandomState::new().build_hasher().finish();
        Multipart {
            request: self,
            media_type,
            boundary: format!("{:016x}{:016x}", random(), random()),
            first_type: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Writes the members of an object as parts of `multipart/form-data`, of these media types where they have others than
    /// usual.
    pub fn multipart_of<T: Encode>(&mut self, value: &T, types: &[(&str, &str)]) -> &mut Self {
        let mut parts = self.multipart(FORM_DATA);
        let written = visit_value(value, &mut |node| {
            for (key, member) in node.entries() {
                let name = key.text();
                let mut known = types.iter().filter(|(known, _)| *known == name);
                let content_type = known.next().map(|(_, content_type)| *content_type);
                parts.member(&name, content_type, member);
            }
        });
        drop(parts);
        if let Err(reason) = written {
            self.reject("body", FORM_DATA, reason.into());
        }
        self
    }
}

/// Writes the parts of a body, in the order of the calls; dropping it ends the body.
pub struct Multipart<'r, 'a> {
    request: &'r mut Encoder<'a>,
    media_type: &'static str,
    boundary: String,
    /// The media type of the first part.
    first_type: Option<String>,
    /// The headers of the next part.
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

impl Multipart<'_, '_> {
    /// Adds a file, of this media type unless it has one itself.
    pub fn file(
        &mut self,
        name: &str,
        content_type: Option<&'static str>,
        file: &FilePart,
    ) -> &mut Self {
        self.headers.extend(file.headers.iter().cloned());
        let content_type = file.content_type.as_deref().or(content_type);
        let content_type = content_type.unwrap_or("application/octet-stream");
        let file_name = match &file.name {
            Some(name) => Some(name.as_str()),
            None if self.media_type == FORM_DATA => Some("file"),
            None => None,
        };
        self.write((name, file_name), Some(content_type), &file.bytes);
        self
    }

    /// Adds a text; nothing when it is absent.
    pub fn text(
        &mut self,
        name: &str,
        content_type: Option<&'static str>,
        value: &dyn EncodeValue,
    ) -> &mut Self {
        let mut text = Vec::new();
        let mut slot = Slot::new(&mut text, &HEADER, (Place::Header, Style::SIMPLE), name);
        value.encode_value(&mut slot);
        match slot.finish() {
            Ok(0) => {}
            Ok(_) => self.write((name, None), content_type, &text),
            Err(reason) => self.request.reject("part", name, reason),
        }
        self
    }

    /// Adds a value as JSON.
    pub fn json<T: Encode>(
        &mut self,
        name: &str,
        content_type: Option<&'static str>,
        value: &T,
    ) -> &mut Self {
        let mut json = JsonWriter::for_request();
        value.encode(&mut json);
        let content_type = content_type.unwrap_or("application/json");
        match json.finish() {
            Ok(text) => self.write((name, None), Some(content_type), &text),
            Err(error) => self.request.reject(
                "part",
                name,
                format!("cannot be written as JSON: {error}").into(),
            ),
        }
        self
    }

    /// Adds a value by what it is: text for single values, JSON for objects, and a part for each item of a list.
    pub fn value<T: Encode>(
        &mut self,
        name: &str,
        content_type: Option<&'static str>,
        value: &T,
    ) -> &mut Self {
        let written = visit_value(value, &mut |node| self.member(name, content_type, node));
        if let Err(reason) = written {
            self.request.reject("part", name, reason.into());
        }
        self
    }

    /// Adds headers to the next part.
    pub fn headers(&mut self, headers: &[(HeaderName, HeaderValue)]) -> &mut Self {
        self.headers.extend(headers.iter().cloned());
        self
    }

    /// Checks the limits of a part before it is added.
    pub fn check(&mut self, name: &str, value: &dyn Check) -> &mut Self {
        if let Err(reason) = check(value) {
            self.request.reject("part", name, reason);
        }
        self
    }

    /// Adds a member of an object: text for single values, JSON for objects, and a part for each item of a list.
    fn member(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        member: super::super::decode::Node<'_>,
    ) {
        use super::super::decode::Kind;
        match member.kind() {
            Kind::Null => {}
            Kind::List => {
                for item in member.items() {
                    self.member(name, content_type, item);
                }
            }
            Kind::Object => {
                let content_type = content_type.unwrap_or("application/json");
                self.write((name, None), Some(content_type), member.raw().as_bytes());
            }
            Kind::String | Kind::Number | Kind::Bool => {
                let is_json = content_type.is_some_and(|kind| kind.ends_with("json"));
                let text = super::structure::text(member);
                let text = if is_json { member.raw() } else { &text };
                self.write((name, None), content_type, text.as_bytes());
            }
        }
    }

    fn write(
        &mut self,
        (name, file_name): (&str, Option<&str>),
        content_type: Option<&str>,
        content: &[u8],
    ) {
        let is_form = self.media_type == FORM_DATA;
        let mut head = format!("--{}\r\n", self.boundary);
        if is_form {
            head.push_str(&format!(
                "Content-Disposition: form-data; name=\"{}\"",
                quoted(name)
            ));
        }
        match file_name {
            Some(file) if is_form => head.push_str(&format!("; filename=\"{}\"\r\n", quoted(file))),
            Some(file) => head.push_str(&format!(
                "Content-Disposition: attachment; filename=\"{}\"\r\n",
                quoted(file)
            )),
            None if is_form => head.push_str("\r\n"),
            None => {}
        }
        self.first_type
            .get_or_insert_with(|| content_type.unwrap_or("text/plain").to_owned());
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
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        self.body.extend_from_slice(head.as_bytes());
        for (header, value) in std::mem::take(&mut self.headers) {
            self.body.extend_from_slice(header.as_str().as_bytes());
            self.body.extend_from_slice(b": ");
            self.body.extend_from_slice(value.as_bytes());
            self.body.extend_from_slice(b"\r\n");
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
        let mut content_type = format!("{}; boundary={}", self.media_type, self.boundary);
        if self.media_type == "multipart/related" {
            // RFC 2387, section 3.1: the media type of the first part.
            let first = self.first_type.as_deref().unwrap_or("text/plain");
            content_type.push_str(&format!("; type=\"{first}\""));
        }
        self.request.bytes(&content_type, &self.body);
    }
}

/// Percent-encodes quotes and line breaks in a name, as browsers do (WHATWG HTML, multipart/form-data encoding).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
