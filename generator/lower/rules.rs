//! The rules that a schema sets to values and that nothing checks, for the change report.

use super::Lowering;
use super::schemas::{Additional, Facts, Kind, Scalar, Use};
use crate::base::RULES;
use crate::model::api::Rule;
use serde_json::Value;

/// How many lists and maps may be inside one another.
const DEEPEST: usize = 16;

/// Formats that say how a text is shown, and restrict it in no way.
const HINTS: [&str; 6] = [
    "commonmark",
    "html",
    "markdown",
    "multiline",
    "password",
    "textarea",
];

/// The rules that values of any kind may have.
fn others<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Rule> + 'f {
    let keywords = facts.extensions.iter();
    let keywords = keywords.filter_map(|extensions| extensions.get(RULES)?.as_object());
    let keywords = keywords.flatten();
    let keywords = keywords.flat_map(|(keyword, value)| of_keyword(keyword, value));
    let choices = facts.choices.iter().map(|choice| {
        let required = choice.required.iter().map(|names| names.join(" and "));
        let required: Vec<String> = required.collect();
        let keyword = choice.keyword.as_str().to_owned();
        Rule::Keyword(keyword, format!("required {}", required.join(", or ")))
    });
    facts
        .not
        .then_some(Rule::Not)
        .into_iter()
        .chain(choices)
        .chain(keywords)
}

/// The rules of a keyword that the crate does not know. Each pattern of the names of properties is one of its own, unless
/// there is nothing beside them.
fn of_keyword(keyword: &str, value: &Value) -> Vec<Rule> {
    let names = || value.as_array().into_iter().flatten();
    match keyword {
        "additionalProperties" => {
            let names = names().filter_map(Value::as_str).map(str::to_owned);
            vec![Rule::Closed(names.collect())]
        }
        "patternProperties" => names()
            .map(|name| Rule::Keyword(keyword.to_owned(), name.to_string()))
            .collect(),
        _ => vec![Rule::Keyword(keyword.to_owned(), value.to_string())],
    }
}

/// The rule that nothing is allowed beside the described properties.
fn closed(facts: &Facts<'_>) -> Option<Rule> {
    matches!(facts.additional, Additional::Denied).then_some(Rule::Closed(Vec::new()))
}

/// The rule that only listed values are allowed; none where all values of the type are listed.
fn listed(facts: &Facts<'_>) -> Option<Rule> {
    let values = super::limits::listed(facts);
    (!values.is_empty()).then_some(Rule::Listed(values))
}

impl<'d> Lowering<'d> {
    /// Returns the rules on the values of a place. What is inside a type with a name of its own belongs to that.
    pub(super) fn rules(&self, place: &Use<'d>) -> Vec<Rule> {
        self.rules_inside(place, true, DEEPEST)
    }

    /// Returns the rules on the values of a place that is only received, where no limit is checked.
    pub(super) fn rules_of_received(&self, place: &Use<'d>) -> Vec<Rule> {
        let limits = self.limits_of_received(place);
        let limits = (!limits.is_empty()).then_some(Rule::Limits(limits));
        let rules = self.rules_inside(place, false, DEEPEST);
        limits.into_iter().chain(rules).collect()
    }

    /// Returns the rules on whole objects of a struct.
    pub(super) fn rules_of_object(facts: &Facts<'_>) -> Vec<Rule> {
        let mut rules: Vec<Rule> = closed(facts).into_iter().collect();
        rules.extend(others(facts));
        rules
    }

    fn rules_inside(&self, place: &Use<'d>, is_sent: bool, depth: usize) -> Vec<Rule> {
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
            Kind::Scalar(scalar) => rules.extend(self.rules_of_scalar(*scalar, &facts, is_sent)),
            Kind::List(items) => rules.extend(self.each(items.as_ref(), is_sent, depth)),
            Kind::Map(values) => {
                rules.extend(closed(&facts));
                rules.extend(self.each(values.as_ref(), is_sent, depth));
            }
            // The rules of a struct are its own.
            Kind::Struct => return rules,
            Kind::Any => rules.extend(listed(&facts)),
            Kind::TextEnum
            | Kind::IntegerEnum
            | Kind::Tuple(_)
            | Kind::Union(_)
            | Kind::Same(_) => {}
        }
        rules.extend(others(&facts));
        rules
    }

    fn each(&self, inner: Option<&Use<'d>>, is_sent: bool, depth: usize) -> Option<Rule> {
        let rules = self.rules_inside(inner?, is_sent, depth);
        (!rules.is_empty()).then_some(Rule::Each(rules))
    }

    fn rules_of_scalar(&self, scalar: Scalar, facts: &Facts<'d>, is_sent: bool) -> Vec<Rule> {
        match scalar {
            // What is typed as a SID is not text of a pattern.
            Scalar::String if self.is_sid(facts) => Vec::new(),
            Scalar::String => {
                let patterns = facts.patterns.iter();
                let patterns = patterns.filter(|one| !is_sent || !self.is_checked(one));
                let patterns = patterns.map(|pattern| Rule::Pattern((*pattern).to_owned()));
                let format = facts.format.filter(|format| !HINTS.contains(format));
                let format = format.map(|format| Rule::Format(format.to_owned()));
                patterns.chain(format).collect()
            }
            Scalar::Integer(_) | Scalar::Number | Scalar::Bool => {
                listed(facts).into_iter().collect()
            }
            Scalar::DateTime
            | Scalar::Rfc2822
            | Scalar::Date
            | Scalar::Time
            | Scalar::Duration
            | Scalar::Uuid
            | Scalar::Base64
            | Scalar::Binary => Vec::new(),
        }
    }

    /// Whether the crate checks a pattern: one that it cannot is a rule.
    fn is_checked(&self, pattern: &str) -> bool {
        matches!(self.compiled.get(pattern), Some(Ok(_)))
    }

    /// Whether a text is a SID.
    pub(super) fn is_sid(&self, facts: &Facts<'_>) -> bool {
        self.conventions.is_twilio() && super::conventions::sid::recognise(facts).is_some()
    }
}
