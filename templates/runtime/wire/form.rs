//! Form bodies.

use super::super::model::Encode;
use super::encode_value::EncodeValue;
use super::encoder::Encoder;
use super::slot::Slot;
use super::styles::Style;
use super::visit::visit_value;

impl<'a> Encoder<'a> {
    /// Begins a form body (`application/x-www-form-urlencoded`), which may stay empty.
    pub fn form(&mut self) -> Form<'_, 'a> {
        self.begin_form();
        Form { request: self }
    }

    /// Writes the members of an object as a form body, in these styles where they are not exploded.
    pub fn form_of<T: Encode>(&mut self, value: &T, styles: &[(&str, Style)]) -> &mut Self {
        let mut form = self.form();
        let written = visit_value(value, &mut |node| {
            for (key, member) in node.entries() {
                let name = key.text();
                let mut known = styles.iter().filter(|(known, _)| *known == name);
                let style = known
                    .next()
                    .map_or(Style::FORM_EXPLODED, |(_, style)| *style);
                let member = Member(member.raw().as_bytes());
                form.field_styled(&name, style, &member);
            }
        });
        if let Err(reason) = written {
            self.reject("body", "form", reason.into());
        }
        self
    }
}

/// A member of an object, as its JSON text.
struct Member<'j>(&'j [u8]);

impl EncodeValue for Member<'_> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.structure(self.0.to_vec());
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
        self.field_styled(name, Style::FORM_EXPLODED, value)
    }

    /// Adds a field in a style; nothing when the value is absent.
    pub fn field_styled(&mut self, name: &str, style: Style, value: &dyn EncodeValue) -> &mut Self {
        self.request.form_field(name, style, value);
        self
    }

    /// Checks the limits of a field before it is written.
    pub fn check(&mut self, name: &str, value: &dyn super::super::validate::Check) -> &mut Self {
        self.request.check_param(name, value);
        self
    }
}
