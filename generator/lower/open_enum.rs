//! The values that a schema lists, as an enum or as a constant.

use super::docs::docs_of;
use super::schemas::{Facts, Listed};
use crate::base::markdown;
use crate::model::api::{Literal, NamedKind, OpenEnum, Variant};
use crate::model::names::{Kind, Name, Scope};

/// Returns the enum of the values that a schema lists.
pub(super) fn open_enum(facts: &Facts<'_>, kind: NamedKind, name: Name, pointer: &str) -> OpenEnum {
    let mut listed: Vec<(Literal, &Listed<'_>)> = Vec::new();
    for value in &facts.values {
        let literal = Literal::from_json(&value.value);
        if let Some(literal) =
            literal.filter(|literal| listed.iter().all(|(known, _)| known != literal))
        {
            listed.push((literal, value));
        }
    }
    let spellings: Vec<String> = listed
        .iter()
        .map(|(literal, value)| match (value.name, literal) {
            (Some(name), _) => name.to_owned(),
            (None, literal) => literal.to_string(),
        })
        .collect();
    let wires: Vec<String> = listed
        .iter()
        .map(|(literal, _)| literal.to_string())
        .collect();
    let pairs = spellings.iter().map(String::as_str);
    let pairs = pairs.zip(wires.iter().map(String::as_str));
    let names = Scope::new(name.as_str()).claim_each(Kind::Variant, pairs);
    let variants = names
        .into_iter()
        .zip(listed)
        .map(|(name, (wire, value))| Variant {
            name,
            docs: markdown::docs(value.description.unwrap_or_default()),
            wire,
            pointer: value.pointer.clone(),
        });
    OpenEnum {
        variants: variants.collect(),
        is_closed: false,
        derives: Vec::new(),
        docs: docs_of(facts),
        name,
        kind,
        pointer: pointer.to_owned(),
    }
}

/// The only value that a schema allows.
pub(super) fn constant(facts: &Facts<'_>) -> Option<Literal> {
    match facts.values.as_slice() {
        [only] if !facts.nullable => Literal::from_json(&only.value),
        _ => None,
    }
}
