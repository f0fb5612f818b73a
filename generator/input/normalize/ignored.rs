//! Fields that nothing is generated for, which a client could miss.

use super::Walk;
use crate::base::note::NoteKind;
use crate::base::pointer::Pointer;
use crate::input::grammar::Kind;
use serde_json::Value;

impl Walk<'_> {
    /// Notes a field that no later stage reads, unless it makes no difference to a client.
    pub(super) fn note_ignored(&mut self, kind: Kind, key: &str, value: &Value, at: &Pointer<'_>) {
        let is_empty = match value {
            Value::Null | Value::Bool(false) => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            Value::Bool(true) | Value::Number(_) | Value::String(_) => false,
        };
        let message = match (kind, key) {
            _ if is_empty => return,
            (Kind::Response, "links") => "links are not generated",
            (Kind::MediaType, "prefixEncoding" | "itemEncoding")
            | (Kind::Encoding, "encoding" | "prefixEncoding" | "itemEncoding") => {
                "the encoding of items is not generated: they are sent with the usual media types"
            }
            (Kind::OAuthFlows, "deviceAuthorization") => {
                "no token is fetched by this flow: one from elsewhere is sent with `Credentials::bearer`"
            }
            (Kind::SecurityScheme, "oauth2MetadataUrl") => {
                "the metadata of the authorization server is not read"
            }
            (Kind::SecurityScheme, "deprecated") => "credentials are not marked as deprecated",
            (Kind::Schema, "contentSchema") => "`contentSchema`: the text is not decoded",
            _ => return,
        };
        self.note(NoteKind::Generalised, at, message);
    }
}
