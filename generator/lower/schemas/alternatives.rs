//! What a list of alternatives (`oneOf`, `anyOf`) comes to: nothing, one schema, or several.

use super::Schemas;
use super::facts::{Additional, Choice, Facts, Group, Use};
use indexmap::IndexMap;
use std::collections::BTreeSet;

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
        let mut flat = Flat::default();
        self.flatten(&group.alternatives, id, DEPTH, &mut flat);
        let Flat {
            mut found,
            is_nullable,
            expanded: _,
        } = flat;
        facts.nullable |= is_nullable;
        let only_requires =
            |one: &Use<'d>| self.component(one).is_none() && only_requires(&self.facts(one));
        if !facts.only_describes() && found.values().all(only_requires) {
            if !found.is_empty() {
                let each = found.values().map(|one| self.facts(one).required);
                let required: Vec<Vec<&str>> = each.collect();
                require_common(facts, &required);
                facts.choices.push(Choice {
                    keyword: group.keyword,
                    required,
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

    fn flatten(&self, alternatives: &[Use<'d>], id: &str, depth: usize, flat: &mut Flat<'d>) {
        for one in alternatives {
            let one_id = self.id(one);
            if one_id == id || flat.found.contains_key(&one_id) || flat.expanded.contains(&one_id) {
                continue;
            }
            let facts = self.facts(one);
            let is_null = facts.nullable && facts.only_describes() && facts.required.is_empty();
            if is_null {
                flat.is_nullable = true;
                continue;
            }
            flat.is_nullable |= facts.nullable;
            let is_union = match facts.groups.as_slice() {
                [_] => says_only_groups(&facts),
                _ => false,
            };
            // Unions that are alternatives of each other have the same values.
            let is_flat = is_union
                && depth > 0
                && match self.component(one) {
                    Some(_) => self.leads_to(one, id, &mut BTreeSet::new()),
                    None => facts.discriminator.is_none(),
                };
            if is_flat {
                flat.expanded.insert(one_id);
                for group in &facts.groups {
                    self.flatten(&group.alternatives, id, depth - 1, flat);
                }
            } else {
                flat.found.insert(one_id, one.clone());
            }
        }
    }

    /// Whether a schema is among the alternatives of another, or among those of its alternatives.
    fn leads_to(&self, from: &Use<'d>, id: &str, passed: &mut BTreeSet<String>) -> bool {
        let groups = self.facts(from).groups;
        let mut alternatives = groups.iter().flat_map(|group| &group.alternatives);
        alternatives.any(|one| {
            let one_id = self.id(one);
            one_id == id || (passed.insert(one_id) && self.leads_to(one, id, passed))
        })
    }
}

/// Requires what each of the alternatives requires, which is there whichever of them holds.
pub(super) fn require_common<'d>(facts: &mut Facts<'d>, required: &[Vec<&'d str>]) {
    let in_all = |wire: &&str| required.iter().all(|one| one.contains(wire));
    let common = required.first().into_iter().flatten().copied();
    for wire in common.filter(in_all) {
        if !facts.requires(wire) {
            facts.required.push(wire);
        }
    }
}

/// The alternatives of a list and of the unions in it.
#[derive(Default)]
struct Flat<'d> {
    found: IndexMap<String, Use<'d>>,
    /// The unions whose alternatives are there instead of them.
    expanded: BTreeSet<String>,
    is_nullable: bool,
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
        && matches!(facts.additional, Additional::Unstated)
}
