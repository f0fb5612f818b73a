//! The rules that a schema sets to values of requests and that nothing checks, for the change report.

use super::Lowering;
use super::schemas::{Facts, Kind, Scalar, Use};
use crate::model::api::Rule;

/// How many lists and maps may be inside one another.
const DEEPEST: usize = 16;

impl<'d> Lowering<'d> {
    /// Returns the rules on the values of a place. What is inside a type with a name of its own belongs to that.
    pub(super) fn rules(&self, place: &Use<'d>) -> Vec<Rule> {
        self.rules_inside(place, DEEPEST)
    }

    /// Returns the rules on whole objects of a struct.
    pub(super) fn rules_of_object(facts: &Facts<'_>) -> Vec<Rule> {
        let not = facts.not.then_some(Rule::Not);
        members(facts).into_iter().chain(not).collect()
    }

    fn rules_inside(&self, place: &Use<'d>, depth: usize) -> Vec<Rule> {
        let Some(depth) = depth.checked_sub(1) else {
            return Vec::new();
        };
        let resolved = self.schemas.resolved(place);
        let Some(schema) = self.schemas.classify(&resolved) else {
            return Vec::new();
        };
        let facts = self.schemas.facts(place);
        let mut rules = Vec::new();
        match &schema.kind {
            // What is typed as a SID is not text of a pattern.
            Kind::Scalar(Scalar::String) if self.is_sid(&facts) => {}
            Kind::Scalar(scalar) => of_scalar(*scalar, &facts, &mut rules),
            Kind::List(items) => {
                rules.extend(facts.unique_items.then_some(Rule::UniqueItems));
                rules.extend(self.each(items.as_ref(), depth));
            }
            Kind::Map(values) => {
                rules.extend(members(&facts));
                rules.extend(self.each(values.as_ref(), depth));
            }
            // The rules of a struct are its own.
            Kind::Struct => return rules,
            Kind::Any
            | Kind::TextEnum
            | Kind::IntegerEnum
            | Kind::Tuple(_)
            | Kind::Union(_)
            | Kind::Same(_) => {}
        }
        rules.extend(facts.not.then_some(Rule::Not));
        rules
    }

    fn is_sid(&self, facts: &Facts<'_>) -> bool {
        self.conventions.is_twilio() && super::sid::recognise(facts).is_some()
    }

    fn each(&self, inner: Option<&Use<'d>>, depth: usize) -> Option<Rule> {
        let rules = self.rules_inside(inner?, depth);
        (!rules.is_empty()).then_some(Rule::Each(rules))
    }
}

fn members(facts: &Facts<'_>) -> Option<Rule> {
    let least = facts.min_properties.unwrap_or(0);
    let most = facts.max_properties.unwrap_or(usize::MAX);
    ((least, most) != (0, usize::MAX)).then_some(Rule::Members(least, most))
}

fn of_scalar(scalar: Scalar, facts: &Facts<'_>, rules: &mut Vec<Rule>) {
    match scalar {
        Scalar::String => {
            let patterns = facts.patterns.iter();
            rules.extend(patterns.map(|pattern| Rule::Pattern((*pattern).to_owned())));
            rules.extend(facts.format.map(|format| Rule::Format(format.to_owned())));
        }
        Scalar::Integer(_) | Scalar::Number => {
            rules.extend(facts.multiple_of.map(Rule::MultipleOf));
            let listed = facts.values.iter().map(|listed| listed.value.to_string());
            let listed: Vec<String> = listed.collect();
            rules.extend((!listed.is_empty()).then_some(Rule::Listed(listed)));
        }
        Scalar::DateTime
        | Scalar::Rfc2822
        | Scalar::Date
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Uuid
        | Scalar::Base64
        | Scalar::Binary
        | Scalar::Bool => {}
    }
}
