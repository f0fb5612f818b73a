//! The parts of the templates that only some crates have.
//!
//! In the templates, they are marked as features of the runtime crate: `#[cfg(feature = "twilio")]` before an item, a statement
//! or a field, on a line of its own.

use crate::api::{Credential, Scheme};
use crate::assemble::Crate;

/// The parts that a crate has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    /// Twilio's conventions: SIDs, accounts, edges and regions.
    pub twilio: bool,
    /// OAuth 2.0 clients.
    pub oauth: bool,
}

impl Parts {
    /// Returns the parts that the APIs of a crate need.
    pub fn new(krate: &Crate) -> Self {
        let is_client =
            |scheme: &Scheme| matches!(scheme.credential, Credential::ClientCredentials(_));
        Self {
            twilio: krate.apis().any(|(_, api)| api.is_twilio),
            oauth: krate
                .apis()
                .any(|(_, api)| api.schemes.iter().any(is_client)),
        }
    }

    /// Returns a template with these parts and without the others.
    pub fn resolve(self, template: &str) -> String {
        let mut text = String::with_capacity(template.len());
        let mut lines = template.lines().peekable();
        while let Some(line) = lines.next() {
            match self.has(line.trim_start()) {
                None => {
                    let is_blank = line.is_empty();
                    if !(is_blank && (text.ends_with("\n\n") || text.ends_with("{\n"))) {
                        if line.trim_start().starts_with('}') && text.ends_with("\n\n") {
                            text.pop();
                        }
                        text.push_str(line);
                        text.push('\n');
                    }
                }
                Some(true) => {}
                Some(false) => {
                    let indent = indent_of(line);
                    remove_docs(&mut text, indent);
                    let _ = lines.by_ref().find(|line| ends_item(line, indent));
                }
            }
        }
        text
    }

    /// Whether the parts include the one that a line names; none where it names none.
    fn has(self, line: &str) -> Option<bool> {
        let condition = line.strip_prefix("#[cfg(")?.strip_suffix(")]")?;
        match condition {
            "feature = \"twilio\"" => Some(self.twilio),
            "not(feature = \"twilio\")" => Some(!self.twilio),
            "feature = \"oauth\"" => Some(self.oauth),
            "not(feature = \"oauth\")" => Some(!self.oauth),
            _ => None,
        }
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Removes the documentation at the end of a text.
fn remove_docs(text: &mut String, indent: usize) {
    while let Some(start) = text
        .strip_suffix('\n')
        .map(|text| text.rfind('\n').map_or(0, |at| at + 1))
    {
        let line = &text[start..];
        if indent_of(line) != indent || !line.trim_start().starts_with("///") {
            break;
        }
        text.truncate(start);
    }
}

/// Whether a line is the last one of an item, a statement or a field with this indentation.
fn ends_item(line: &str, indent: usize) -> bool {
    let code = line.trim_start();
    indent_of(line) == indent
        && !code.starts_with("//")
        && !code.starts_with("#[")
        && code.ends_with([';', '}', ','])
}

#[cfg(test)]
impl Parts {
    pub const ALL: Self = Self {
        twilio: true,
        oauth: true,
    };
    pub const NONE: Self = Self {
        twilio: false,
        oauth: false,
    };
    pub const EACH: [Self; 4] = [
        Self::NONE,
        Self {
            twilio: true,
            ..Self::NONE
        },
        Self {
            oauth: true,
            ..Self::NONE
        },
        Self::ALL,
    ];
}

#[cfg(test)]
mod tests {
    use super::Parts;

    const TEMPLATE: &str = r#"use a::A;
#[cfg(feature = "twilio")]
use a::{
    B,
    C,
};

impl A {
    /// One; with a semicolon;
    #[cfg(feature = "twilio")]
    fn one(
        &self,
    ) -> u8 {
        1
    }

    #[cfg(not(feature = "twilio"))]
    fn two(&self) {
        #[cfg(feature = "oauth")]
        self.three();
        self.four();
    }
}
"#;

    #[test]
    fn items_of_other_parts_are_left_out() {
        assert_eq!(
            Parts::NONE.resolve(TEMPLATE),
            "use a::A;\n\nimpl A {\n    fn two(&self) {\n        self.four();\n    }\n}\n"
        );
        let twilio = Parts {
            twilio: true,
            ..Parts::NONE
        };
        assert_eq!(
            twilio.resolve(TEMPLATE),
            "use a::A;\nuse a::{\n    B,\n    C,\n};\n\nimpl A {\n    /// One; with a semicolon;\n    fn one(\n        &self,\n    ) -> u8 {\n        1\n    }\n}\n"
        );
    }
}
