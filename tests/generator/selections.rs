//! Any selection of operations makes a crate that has what these use, and nothing else.

use cratewright::settings::{Key, Matchers, Settings};
use cratewright::source::Source;
use cratewright::{Options, generate};
use proptest::prelude::*;
use std::collections::BTreeSet;

const DESCRIPTIONS: [&str; 3] = [
    include_str!("../cli/fleet.yaml"),
    include_str!("../../spec/flex.yaml"),
    include_str!("../many/ledger.yaml"),
];

/// The operations of a crate, and its types by module and name.
fn contents(text: &str, operations: &[String]) -> (BTreeSet<String>, BTreeSet<String>) {
    let source = Source::new("spec.yaml", text);
    let mut settings = Settings::default();
    settings.selection.include = Matchers {
        operations: operations.iter().map(|id| Key::new(id.as_str())).collect(),
        ..Matchers::default()
    };
    let options = Options {
        settings,
        ..Options::new("selected", "0.1.0")
    };
    let generation = generate([&source], &options).unwrap();
    let api = generation.analysis.krate.alone().unwrap().clone();
    let mut found = (BTreeSet::new(), BTreeSet::new());
    for (module, resource) in &api.resources {
        let ids = resource.operations.iter().map(|one| one.id.clone());
        found.0.extend(ids);
        let models = resource.models.iter().map(|one| &one.name);
        let enums = resource.enums.iter().map(|one| &one.name);
        let unions = resource.unions.iter().map(|one| &one.name);
        let names = models.chain(enums).chain(unions);
        found
            .1
            .extend(names.map(|name| format!("{module}::{name}")));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_selection_has_the_types_of_its_operations(
        description in 0..DESCRIPTIONS.len(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
    ) {
        let text = DESCRIPTIONS[description];
        let (all, all_types) = contents(text, &[]);
        let all: Vec<String> = all.into_iter().collect();
        let picked: BTreeSet<String> =
            picks.iter().map(|pick| all[pick.index(all.len())].clone()).collect();
        let picked: Vec<String> = picked.into_iter().collect();
        let (ids, types) = contents(text, &picked);
        prop_assert_eq!(ids.iter().collect::<Vec<_>>(), picked.iter().collect::<Vec<_>>());
        prop_assert!(types.is_subset(&all_types), "a selection renames nothing");
        let mut of_each = BTreeSet::new();
        for one in &picked {
            of_each.extend(contents(text, std::slice::from_ref(one)).1);
        }
        prop_assert_eq!(types, of_each, "and has nothing that no operation uses");
    }
}
