//! The parts of the templates that only some crates have.
//!
//! In the templates, they are marked as features of the runtime crate: `#[cfg(feature = "twilio")]` before an item, a statement
//! or a field, on a line of its own.

use super::contents::{Contents, Divided};
use super::users::Users;
use crate::assemble::Crate;
use crate::model::api::{Api, Credential, Custom, NamedKind, Scheme, Type};
use std::collections::{BTreeMap, BTreeSet};

/// The parts that a crate has: a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts(u16);

impl Parts {
    /// The names of the parts, as features of the runtime crate, in the order of their bits.
    pub const NAMES: [&'static str; 12] = [
        "twilio",
        "oauth",
        "uuid",
        "open-enums",
        "integer-enums",
        "serde-impls",
        "streams",
        "webhooks",
        // For the tests of the runtime crate; no generated crate has it.
        "samples",
        "closed-enums",
        "custom-types",
        "operations",
    ];
    /// Twilio's conventions: SIDs, accounts, edges and regions.
    pub const TWILIO: Self = Self(1);
    /// OAuth 2.0 clients.
    pub const OAUTH: Self = Self(2);
    /// UUIDs.
    pub const UUID: Self = Self(4);
    const OPEN_ENUMS: Self = Self(8);
    const INTEGER_ENUMS: Self = Self(16);
    /// Serde's traits for models, unions and enums.
    const SERDE_IMPLS: Self = Self(32);
    /// Responses that are streamed event by event, or record by record.
    pub const STREAMS: Self = Self(64);
    /// Webhooks and callbacks.
    const WEBHOOKS: Self = Self(128);
    const CLOSED_ENUMS: Self = Self(512);
    /// Types of the user's.
    pub const CUSTOM_TYPES: Self = Self(1024);
    /// Operations.
    const OPERATIONS: Self = Self(2048);

    /// Returns the parts that the APIs of a crate need.
    pub fn new(krate: &Crate) -> Self {
        let is_client =
            |scheme: &Scheme| matches!(scheme.credential, Credential::ClientCredentials(_));
        let mut parts = Self(0);
        for (_, api) in krate.apis() {
            let has_servers = super::servers::has_enum(api);
            for (part, is_needed) in [
                (Self::TWILIO, api.is_twilio),
                (Self::OAUTH, api.schemes.iter().any(is_client)),
                (Self::UUID, uses(api, &Type::Uuid)),
                (Self::CUSTOM_TYPES, custom_types(api).next().is_some()),
                (Self::OPEN_ENUMS, has_servers),
                (Self::SERDE_IMPLS, has_servers),
                (Self::STREAMS, api.has_streams()),
                (Self::WEBHOOKS, api.has_webhooks()),
            ] {
                if is_needed {
                    parts.0 |= part.0;
                }
            }
            let users = Users::default();
            for (module, resource) in &api.resources {
                let whole = Divided::new(module, resource, &users).always;
                parts.0 |= Self::of_contents(&whole).0;
            }
        }
        parts
    }

    /// Returns the parts whose macros the contents of files use.
    fn of_contents(contents: &Contents<'_>) -> Self {
        let Contents {
            models,
            enums,
            unions,
            responses: _,
            webhooks: _,
            operations,
        } = contents;
        let mut parts = Self(0);
        if !operations.is_empty() {
            parts.0 |= Self::OPERATIONS.0;
        }
        for one in enums {
            parts.0 |= match (one.is_closed, one.kind) {
                (true, _) => Self::CLOSED_ENUMS.0,
                (false, NamedKind::IntegerEnum) => Self::INTEGER_ENUMS.0,
                (false, _) => Self::OPEN_ENUMS.0,
            };
        }
        if !(models.is_empty() && enums.is_empty() && unions.is_empty()) {
            parts.0 |= Self::SERDE_IMPLS.0;
        }
        parts
    }

    /// Returns whether they include another part.
    pub fn has(self, part: Self) -> bool {
        self.0 & part.0 == part.0
    }

    /// Returns a template with these parts and without the others.
    pub fn resolve(self, template: &str) -> String {
        self.resolve_if(template, &Conditions::default())
    }

    /// Returns a template with these parts, some of them under a condition, and without the others.
    pub fn resolve_if(self, template: &str, conditions: &Conditions) -> String {
        let mut text = String::with_capacity(template.len());
        let mut lines = template.lines().peekable();
        while let Some(line) = lines.next() {
            match self.has_named(line.trim_start()) {
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
                Some(true) => {
                    if let Some(condition) = conditions.of_line(line) {
                        let indent = &line[..indent_of(line)];
                        text.push_str(&format!("{indent}#[cfg({condition})]\n"));
                    }
                }
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
    fn has_named(self, line: &str) -> Option<bool> {
        let condition = line.strip_prefix("#[cfg(")?.strip_suffix(")]")?;
        let (is_wanted, condition) = match condition.strip_prefix("not(") {
            Some(rest) => (false, rest.strip_suffix(')')?),
            None => (true, condition),
        };
        let name = condition.strip_prefix("feature = \"")?.strip_suffix('"')?;
        let bit = Self::NAMES.iter().position(|known| *known == name)?;
        Some((self.0 >> bit & 1 == 1) == is_wanted)
    }
}

/// The parts that are needed only with features of the crate on: their macros would be unused otherwise.
#[derive(Debug, Default)]
pub(super) struct Conditions(BTreeMap<&'static str, String>);

impl Conditions {
    /// Returns the conditions of the parts of a crate.
    pub fn new(krate: &Crate, users: &Users<'_>) -> Self {
        let mut found: BTreeMap<&'static str, Option<BTreeSet<String>>> = BTreeMap::new();
        let mut add = |parts: Parts, needed: Option<BTreeSet<String>>| {
            for (bit, name) in Parts::NAMES.into_iter().enumerate() {
                if parts.0 >> bit & 1 == 0 {
                    continue;
                }
                let features = found.entry(name).or_insert_with(|| Some(BTreeSet::new()));
                match (&needed, features) {
                    (Some(needed), Some(features)) => features.extend(needed.iter().cloned()),
                    (_, features) => *features = None,
                }
            }
        };
        for (module, api) in krate.apis() {
            let of_api = module.feature().map(|feature| BTreeSet::from([feature]));
            if super::servers::has_enum(api) {
                let parts = Parts(Parts::OPEN_ENUMS.0 | Parts::SERDE_IMPLS.0);
                add(parts, of_api.clone());
            }
            for (name, resource) in &api.resources {
                let own = resource.feature.clone().map(|own| BTreeSet::from([own]));
                let Divided { always, groups } = Divided::new(name, resource, users);
                add(Parts::of_contents(&always), of_api.clone().or(own));
                for (group, contents) in groups {
                    let needed = of_api.clone().unwrap_or_else(|| group.features.clone());
                    add(Parts::of_contents(&contents), Some(needed));
                }
            }
        }
        let conditions = found.into_iter();
        let conditions = conditions
            .filter_map(|(part, features)| Some((part, super::branch::condition(&features?))));
        Self(conditions.collect())
    }

    /// Returns the condition of the part that a line is about.
    fn of_line(&self, line: &str) -> Option<&str> {
        let Self(conditions) = self;
        let mut found = conditions.iter().filter(|(part, _)| {
            let own = format!("#[cfg(feature = \"{part}\")]");
            line.trim() == own
        });
        found.next().map(|(_, condition)| condition.as_str())
    }
}

/// Returns the types of the user's that an API uses, each as often as it does.
pub(super) fn custom_types(api: &Api) -> impl Iterator<Item = &Custom> {
    fn inside<'t>(ty: &'t Type, found: &mut Vec<&'t Custom>) {
        match ty {
            Type::Custom(custom) => found.push(custom),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inside(inner, found),
            Type::Tuple(positions) => positions.iter().for_each(|one| inside(one, found)),
            _ => {}
        }
    }
    api.types().flat_map(|ty| {
        let mut found = Vec::new();
        inside(ty, &mut found);
        found
    })
}

/// Returns whether a type is used anywhere in an API.
fn uses(api: &Api, wanted: &Type) -> bool {
    fn is_in(ty: &Type, wanted: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_in(inner, wanted),
            Type::Tuple(positions) => positions.iter().any(|one| is_in(one, wanted)),
            ty => ty == wanted,
        }
    }
    api.types().any(|ty| is_in(ty, wanted))
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
    pub const ALL: Self = Self(0xfff);
    pub const NONE: Self = Self(0);

    pub fn without(self, part: Self) -> Self {
        Self(self.0 & !part.0)
    }

    /// None, all, each alone, and each left out.
    pub fn each() -> impl Iterator<Item = Self> {
        let alone = (0..Self::NAMES.len()).map(|bit| Self(1 << bit));
        let others = alone.clone().map(|part| Self::ALL.without(part));
        [Self::NONE, Self::ALL]
            .into_iter()
            .chain(alone)
            .chain(others)
    }
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
        assert_eq!(
            Parts::TWILIO.resolve(TEMPLATE),
            "use a::A;\nuse a::{\n    B,\n    C,\n};\n\nimpl A {\n    /// One; with a semicolon;\n    fn one(\n        &self,\n    ) -> u8 {\n        1\n    }\n}\n"
        );
    }
}
