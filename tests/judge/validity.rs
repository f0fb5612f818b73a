//! Which values are valid, by the `jsonschema` crate.

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

/// Where the registry has the description.
const HOME: &str = "https://judged.example/description";

/// A description as the validator has it.
pub struct Validity<'d>(Registry<'d>);

impl<'d> Validity<'d> {
    pub fn new(description: &'d Value) -> Self {
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(HOME, description)
            .expect("the description has an address")
            .prepare()
            .expect("its references lead somewhere");
        Self(registry)
    }

    /// Returns what validates the values of a schema; none where the schema is not valid itself.
    pub fn of(&self, pointer: &str) -> Option<Validator> {
        let escaped: String = pointer.chars().map(escape).collect();
        let schema = json!({ "$ref": format!("{HOME}#{escaped}") });
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.0)
            .should_validate_formats(true)
            .build(&schema);
        validator
            .inspect_err(|error| println!("  {pointer} is not valid: {error}"))
            .ok()
    }
}

/// Escapes what is not a character of a URI's fragment.
fn escape(character: char) -> String {
    if character.is_ascii_alphanumeric() || "/-._~".contains(character) {
        return character.to_string();
    }
    let mut bytes = [0; 4];
    let bytes = character.encode_utf8(&mut bytes).bytes();
    bytes.map(|byte| format!("%{byte:02X}")).collect()
}
