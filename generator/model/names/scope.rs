//! Names that must differ, and what becomes of spellings that lead to the same one.

use super::spelling::with_symbols;
use super::{Kind, Name};
use std::collections::{BTreeMap, BTreeSet};

/// A set of names that must differ: the items of a module, the fields of a struct, the variants of an enum.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    context: String,
}

impl Scope {
    /// Returns an empty scope; `context` is put before a type that would hide one of the language's or the runtime's.
    #[must_use]
    pub fn new(context: impl Into<String>) -> Self {
        Self {
            taken: BTreeSet::new(),
            context: context.into(),
        }
    }

    /// Claims a name for each spelling, in one step, so that the outcome does not depend on their order.
    pub fn claim_all<'s>(
        &mut self,
        kind: Kind,
        spellings: impl IntoIterator<Item = &'s str>,
    ) -> Vec<Name> {
        self.claim_each(
            kind,
            spellings.into_iter().map(|spelling| (spelling, spelling)),
        )
    }

    /// Like [`Scope::claim_all`], for pairs of a spelling and what tells equal spellings apart.
    ///
    /// Of several spellings of one name, the one that is the name, or that has no symbols, keeps it. The others have their
    /// symbols written out (`-created` is `minus_created` beside `created`), or else a number.
    pub fn claim_each<'s>(
        &mut self,
        kind: Kind,
        pairs: impl IntoIterator<Item = (&'s str, &'s str)>,
    ) -> Vec<Name> {
        let pairs: Vec<(&str, &str)> = pairs.into_iter().collect();
        let wanted: Vec<String> = pairs
            .iter()
            .map(|(spelling, _)| self.wanted(kind, spelling))
            .collect();
        let mut rivals: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, (spelling, _)) in wanted.iter().zip(&pairs) {
            rivals.entry(name).or_default().push(spelling);
        }
        let mut names: Vec<Option<Name>> = vec![None; pairs.len()];
        for ((slot, name), (spelling, _)) in names.iter_mut().zip(&wanted).zip(&pairs) {
            let keeps = keeper(name, &rivals[name.as_str()]) == Some(*spelling);
            *slot = (keeps && self.taken.insert(name.clone())).then(|| Name(name.clone()));
        }
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by_key(|index| pairs[*index].1);
        for index in order {
            let (spelling, _) = pairs[index];
            if names[index].is_none() {
                let written_out = self.wanted(kind, &with_symbols(spelling));
                let is_other = written_out != wanted[index];
                names[index] = Some(if is_other && self.taken.insert(written_out.clone()) {
                    Name(written_out)
                } else {
                    self.claim_numbered(kind, spelling)
                });
            }
        }
        names.into_iter().flatten().collect()
    }

    /// Claims a name as the user chose it; none where it is taken or cannot be one.
    pub fn claim_chosen(&mut self, kind: Kind, name: &str) -> Option<Name> {
        let name = Name::chosen(kind, name).ok()?;
        self.taken.insert(name.0.clone()).then_some(name)
    }

    /// Claims a name for one spelling; when it is taken, tries `fallback`, then a number.
    pub fn claim(&mut self, kind: Kind, spelling: &str, fallback: &str) -> Name {
        for candidate in [spelling, fallback] {
            let name = self.wanted(kind, candidate);
            if self.taken.insert(name.clone()) {
                return Name(name);
            }
        }
        self.claim_numbered(kind, spelling)
    }

    /// Claims a name for one spelling; when it is taken, with the first number from 2 on that makes it another.
    pub fn claim_numbered(&mut self, kind: Kind, spelling: &str) -> Name {
        let plain = self.wanted(kind, spelling);
        let mut name = plain.clone();
        let mut number = 1_usize;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = kind.with_suffix(&plain, &number.to_string());
        }
        Name(name)
    }

    /// Returns whether the name that a spelling leads to is taken.
    #[must_use]
    pub fn has(&self, kind: Kind, spelling: &str) -> bool {
        self.taken.contains(&self.wanted(kind, spelling))
    }

    /// Returns the name that a spelling leads to.
    fn wanted(&self, kind: Kind, spelling: &str) -> String {
        kind.avoid_reserved(kind.convert(spelling), &self.context)
    }
}

/// Returns which of several spellings of a name keeps it, if one has more right to it than the others.
fn keeper<'s>(name: &str, spellings: &[&'s str]) -> Option<&'s str> {
    let only = |is_wanted: &dyn Fn(&str) -> bool| {
        let mut found = spellings.iter().filter(|spelling| is_wanted(spelling));
        found.next().copied().filter(|_| found.next().is_none())
    };
    only(&|_| true)
        .or_else(|| only(&|spelling| spelling == name))
        .or_else(|| only(&|spelling| with_symbols(spelling) == spelling))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Name, Scope};

    fn claim(kind: Kind, spelling: &str) -> String {
        Scope::new("web_hook")
            .claim(kind, spelling, spelling)
            .as_str()
            .to_owned()
    }

    #[test]
    fn long_names_are_cut_and_differ() {
        for kind in [Kind::Type, Kind::Module, Kind::Constant] {
            for letter in ["a", "é", "a b "] {
                let long = letter.repeat(1000);
                let (one, other) = (
                    claim(kind, &format!("{long}1")),
                    claim(kind, &format!("{long}2")),
                );
                assert_ne!(one, other);
                assert!(one.len() < 200, "{one}");
                assert!(syn::parse_str::<syn::Ident>(&one).is_ok(), "{one}");
            }
        }
    }

    #[test]
    fn converts_the_spellings_of_descriptions() {
        assert_eq!(
            claim(Kind::Field, "ChatUserFriendlyName"),
            "chat_user_friendly_name"
        );
        assert_eq!(
            claim(Kind::Field, "Integration.FlowSid"),
            "integration_flow_sid"
        );
        assert_eq!(claim(Kind::Setter, "DateCreated<"), "date_created_before");
        assert_eq!(claim(Kind::Setter, "DateCreated>="), "date_created_after");
        assert_eq!(claim(Kind::Field, "+1"), "plus_1");
        assert_eq!(claim(Kind::Field, "-1"), "minus_1");
        assert_eq!(claim(Kind::Field, "2fa"), "n2fa");
        assert_eq!(claim(Kind::Field, "naïve"), "nauef_ve");
        assert_eq!(claim(Kind::Variant, ""), "Empty");
        assert_eq!(claim(Kind::Variant, ">="), "GreaterEqual");
        assert_eq!(
            claim(Kind::Variant, "creation-in-progress"),
            "CreationInProgress"
        );
        assert_eq!(
            claim(Kind::Constant, "Access-Control-Allow-Origin"),
            "ACCESS_CONTROL_ALLOW_ORIGIN"
        );
    }

    #[test]
    fn steps_aside_for_words_that_are_taken() {
        assert_eq!(claim(Kind::Field, "Type"), "type_");
        assert_eq!(claim(Kind::Field, "self"), "self_");
        assert_eq!(claim(Kind::Setter, "New"), "new_");
        assert_eq!(claim(Kind::Type, "method"), "WebHookMethod");
        assert_eq!(claim(Kind::Module, "Serde"), "serde_resource");
        assert_eq!(claim(Kind::Module, "COM1"), "com1_resource");
        assert_eq!(claim(Kind::Variant, "unlisted"), "Unlisted_");
    }

    #[test]
    fn solves_a_collision_the_same_way_in_any_order() {
        let mut spellings = ["DateCreated", "date_created", "date-created"];
        let mut forward = Scope::default().claim_all(Kind::Field, spellings.iter().copied());
        spellings.reverse();
        let backward = Scope::default().claim_all(Kind::Field, spellings.iter().copied());
        forward.reverse();
        assert_eq!(forward, backward);
        let names: Vec<&str> = forward.iter().map(Name::as_str).collect();
        assert_eq!(names, ["date_created_3", "date_created", "date_created_2"]);
    }

    #[test]
    fn symbols_tell_spellings_apart() {
        for (kind, spellings, expected) in [
            (
                Kind::Variant,
                ["-created", "created"],
                ["MinusCreated", "Created"],
            ),
            (Kind::Field, ["@type", "type"], ["at_type", "type_"]),
            (
                Kind::Field,
                ["_links", "links"],
                ["underscore_links", "links"],
            ),
            (Kind::Variant, ["a=", "a!"], ["AEqual", "ANot"]),
        ] {
            let names = Scope::default().claim_all(kind, spellings);
            let names: Vec<&str> = names.iter().map(Name::as_str).collect();
            assert_eq!(names, expected);
        }
    }
}
