//! Bodies of JSON and text.

use super::super::model::{Encode, JsonWriter};
use super::super::validate::{Check, check};
use super::encode_value::EncodeValue;
use super::encoder::Encoder;
use super::escape::HEADER;
use super::slot::{Place, Slot};
use super::styles::Style;

impl Encoder<'_> {
    /// Checks the limits inside of a body before it is written.
    pub fn check(&mut self, body: &dyn Check) -> &mut Self {
        self.record("body", "application/json", check(body))
    }

    /// Writes a JSON body.
    pub fn json<T: Encode + ?Sized>(&mut self, value: &T) -> &mut Self {
        self.json_as("application/json", value)
    }

    /// Writes a JSON body of another media type, such as `application/merge-patch+json`.
    pub fn json_as<T: Encode + ?Sized>(&mut self, media_type: &str, value: &T) -> &mut Self {
        let mut json = JsonWriter::for_request();
        value.encode(&mut json);
        self.finish_json(media_type, json)
    }

    fn finish_json(&mut self, media_type: &str, json: JsonWriter) -> &mut Self {
        match json.finish() {
            Ok(text) => self.bytes(media_type, &text),
            Err(error) => self.record(
                "body",
                media_type,
                Err(format!("cannot be written as JSON: {error}").into()),
            ),
        }
    }

    /// Writes a body of JSON texts, one on each line; each with a record separator in front for `application/json-seq`
    /// (RFC 7464).
    pub fn json_lines<T: Encode>(&mut self, media_type: &str, items: &[T]) -> &mut Self {
        let mut body = Vec::new();
        for item in items {
            let mut json = JsonWriter::for_request();
            item.encode(&mut json);
            match json.finish() {
                Ok(text) => push_line(&mut body, media_type, &text),
                Err(error) => {
                    let reason = format!("cannot be written as JSON: {error}");
                    return self.record("body", media_type, Err(reason.into()));
                }
            }
        }
        self.bytes(media_type, &body)
    }

    /// Writes a body of text; none when the value is absent.
    pub fn text(&mut self, content_type: &str, value: &dyn EncodeValue) -> &mut Self {
        let mut text = Vec::new();
        let mut slot = Slot::new(&mut text, &HEADER, (Place::Header, Style::SIMPLE), "");
        value.encode_value(&mut slot);
        match slot.finish() {
            Ok(0) => self,
            Ok(_) => self.bytes(content_type, &text),
            Err(reason) => self.record("body", content_type, Err(reason)),
        }
    }
}

/// Adds a JSON text to others.
fn push_line(body: &mut Vec<u8>, media_type: &str, json: &[u8]) {
    if media_type.ends_with("json-seq") {
        body.push(b'\x1e');
    }
    body.extend_from_slice(json);
    body.push(b'\n');
}
