//! What a list of alternatives (`oneOf`, `anyOf`) comes to: nothing, one schema, or several.

use super::Schemas;
use super::facts::{Additional, Choice, Facts, Group, Use};
use indexmap::IndexMap;

/// How deep unions in unions are flattened.
const DEPTH: usize = 8;

/// What a list of alternatives comes to.
pub(super) enum Reduced<'d> {
    Nothing,
    One(Use<'d>),
    Several(Group<'d>),
}

impl<'d> Schemas<'d> {
    /// Takes out of a list of alternatives what is none: null, the schema itself, and what only says which properties are
    /// required.
    pub(super) fn reduce(&self, group: &Group<'d>, id: &str, facts: &mut Facts<'d>) -> Reduced<'d> {
        let mut found: IndexMap<String, Use<'d>> = IndexMap::new();
        let mut is_nullable = false;
        self.flatten(&group.alternatives, id, DEPTH, &mut found, &mut is_nullable);
        facts.nullable |= is_nullable;
        let only_requires =
            |one: &Use<'d>| self.component(one).is_none() && only_requires(&self.facts(one));
        if !facts.only_describes() && found.values().all(only_requires) {
            if !found.is_empty() {
                let required = found.values().map(|one| self.facts(one).required);
                facts.choices.push(Choice {
                    keyword: group.keyword,
                    required: required.collect(),
                });
            }
            return Reduced::Nothing;
        }
        match found.len() {
            0 => Reduced::Nothing,
            1 => found
                .pop()
                .map_or(Reduced::Nothing, |(_, only)| Reduced::One(only)),
            _ => Reduced::Several(Group {
                keyword: group.keyword,
                alternatives: found.into_values().collect(),
            }),
        }
    }

    fn flatten(
        &self,
        alternatives: &[Use<'d>],
        id: &str,
        depth: usize,
        found: &mut IndexMap<String, Use<'d>>,
        is_nullable: &mut bool,
    ) {
        for one in alternatives {
            let one_id = self.id(one);
            if one_id == id || found.contains_key(&one_id) {
                continue;
            }
            let facts = self.facts(one);
            let is_null = facts.nullable && facts.only_describes() && facts.required.is_empty();
            if is_null {
                *is_nullable = true;
                continue;
            }
            *is_nullable |= facts.nullable;
            let inner = match (self.component(one), facts.groups.as_slice(), depth) {
                (None, [group], 1..) if says_only_groups(&facts) => Some(&group.alternatives),
                _ => None,
            };
            match inner {
                Some(inner) => self.flatten(inner, id, depth - 1, found, is_nullable),
                None => drop(found.insert(one_id, one.clone())),
            }
        }
    }
}

/// Whether a schema says nothing but which properties there have to be, or what does not hold.
fn only_requires(facts: &Facts<'_>) -> bool {
    let says_a_rule = !facts.required.is_empty() || facts.not || facts.min_properties.is_some();
    let has_content = !facts.only_describes() && facts.typ != Some("object");
    says_a_rule && !has_content && facts.properties.is_empty()
}

fn says_only_groups(facts: &Facts<'_>) -> bool {
    facts.typ.is_none()
        && facts.values.is_empty()
        && facts.properties.is_empty()
        && facts.items.is_none()
        && facts.required.is_empty()
        && facts.discriminator.is_none()
        && matches!(facts.additional, Additional::Unstated)
}
