//! Form bodies.

use super::encode_value::EncodeValue;
use super::encoder::Encoder;

impl<'a> Encoder<'a> {
    /// Begins a form body (`application/x-www-form-urlencoded`), which may stay empty.
    pub fn form(&mut self) -> Form<'_, 'a> {
        self.begin_form();
        Form { request: self }
    }
}

/// Writes the fields of a form body, in the order of the calls.
pub struct Form<'r, 'a> {
    request: &'r mut Encoder<'a>,
}

impl Form<'_, '_> {
    /// Adds a field; nothing when the value is absent, `name=` when it is cleared.
    ///
    /// The text is encoded as UTF-8 by the `application/x-www-form-urlencoded` serializer of the WHATWG URL standard: a
    /// space is `+`.
    pub fn field(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        self.request.form_field(name, value);
        self
    }
}
