//! The modules that use each type, where modules are features: a type that no enabled module uses is not compiled.
//!
//! Types with the same users are a group, which is a file of its own behind one condition.

use crate::assemble::Crate;
use crate::model::api::{Api, Resource, Type, TypePath};
use crate::model::names::{Kind, Name, Scope};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The features that a condition lists, at most.
const LISTED: usize = 64;

/// The modules that use each type of an API.
#[derive(Debug, Default)]
pub(super) struct Users<'a> {
    /// The groups, those with the fewest users first.
    groups: Vec<Group>,
    /// The group of each type that is not always there, by its index.
    group_of: BTreeMap<Key<'a>, usize>,
    /// The features that each feature turns on.
    turned_on: BTreeMap<String, BTreeSet<String>>,
}

/// Types with the same users.
#[derive(Debug)]
pub(super) struct Group {
    /// The name of their file.
    pub name: Name,
    /// The features of which one has to be on.
    pub features: BTreeSet<String>,
    /// The feature of the group itself, where its users are too many to list them.
    pub own_feature: Option<String>,
}

type Key<'a> = (&'a Name, &'a Name);

impl<'a> Users<'a> {
    /// Finds those of the API that has a crate to itself; among others, modules are no features.
    pub fn new(krate: &'a Crate) -> Self {
        let mut users = Self::default();
        let with_features = krate.alone().filter(|api| {
            let mut resources = api.resources.values();
            resources.any(|resource| resource.feature.is_some())
        });
        let Some(api) = with_features else {
            return users;
        };
        let graph = Graph::new(api);
        let mut features_of: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); graph.keys.len()];
        let mut modules = 0;
        for resource in api.resources.values() {
            let Some(feature) = resource.feature.as_deref() else {
                continue;
            };
            modules += 1;
            let Reached { types, features } = graph.reached(graph.targets(resource.types()));
            for index in types {
                features_of[index].insert(feature);
            }
            let others = features.into_iter().filter(|other| *other != feature);
            let others = others.map(str::to_owned).collect();
            users.turned_on.insert(feature.to_owned(), others);
        }
        let always = graph.always(&features_of);
        // By the number of users first, so that a group comes before those with the same users and more.
        let mut sets: BTreeMap<(usize, BTreeSet<&str>), Vec<Key<'a>>> = BTreeMap::new();
        for (index, (key, features)) in graph.keys.iter().zip(features_of).enumerate() {
            // What nearly all modules use is not worth a condition; what such a type refers to has no fewer users.
            let is_general = 4 * features.len() > 3 * modules;
            if !is_general && !always.contains(&index) {
                let set = sets.entry((features.len(), features)).or_default();
                set.push(*key);
            }
        }
        users.group(sets);
        users
    }

    /// Makes a group of each set of types with the same users.
    fn group(&mut self, sets: BTreeMap<(usize, BTreeSet<&str>), Vec<Key<'a>>>) {
        let mut names = Scope::default();
        let mut with_features: Vec<(BTreeSet<&str>, String)> = Vec::new();
        for ((_, users), keys) in sets {
            let name = names.claim_numbered(Kind::Module, &spelling(&users));
            let mut listed: BTreeSet<String> =
                users.iter().map(|user| (*user).to_owned()).collect();
            let inside = with_features.iter();
            for (known, feature) in inside.filter(|(known, _)| known.is_subset(&users)) {
                listed.retain(|user| !known.contains(user.as_str()));
                listed.insert(feature.clone());
            }
            let own_feature = (listed.len() > LISTED)
                .then(|| format!("_models-{}", name.as_str().replace('_', "-")));
            if let Some(own) = &own_feature {
                for user in std::mem::take(&mut listed) {
                    self.turned_on.entry(user).or_default().insert(own.clone());
                }
                listed.insert(own.clone());
                with_features.push((users, own.clone()));
            }
            let index = self.groups.len();
            self.group_of
                .extend(keys.into_iter().map(|key| (key, index)));
            self.groups.push(Group {
                name,
                features: listed,
                own_feature,
            });
        }
    }

    /// Returns the index of the group of a type; none for one that is always there.
    pub fn group_of(&self, module: &Name, name: &Name) -> Option<usize> {
        self.group_of.get(&(module, name)).copied()
    }

    /// Returns whether types of a module may be missing.
    pub fn may_miss_types(&self, module: &Name) -> bool {
        let mut modules = self.group_of.keys().map(|(module, _)| *module);
        modules.any(|one| one == module)
    }

    /// Returns the groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Returns the features that a feature turns on.
    pub fn turned_on(&self, feature: &str) -> impl Iterator<Item = &str> {
        let features = self.turned_on.get(feature);
        features.into_iter().flatten().map(String::as_str)
    }
}

/// Returns what the file of a group is called after: its users, or the first of many.
fn spelling(users: &BTreeSet<&str>) -> String {
    let names: Vec<String> = users.iter().map(|user| user.replace('-', "_")).collect();
    match names.as_slice() {
        [first, more @ ..] if more.len() > 2 => format!("of_{first}_and_{}_more", more.len()),
        few => format!("of_{}", few.join("_and_")),
    }
}

/// What the types of the modules that are always there refer to.
struct Graph<'a> {
    api: &'a Api,
    /// The types.
    keys: Vec<Key<'a>>,
    /// Their indices.
    numbers: HashMap<Key<'a>, usize>,
    /// What each of them refers to.
    edges: Vec<Vec<Target<'a>>>,
}

/// What a type refers to.
#[derive(Debug, Clone, Copy)]
enum Target<'a> {
    /// A type of a module that is always there, by its index.
    Type(usize),
    /// A type of a module with this feature.
    Feature(&'a str),
}

/// What types lead to.
struct Reached<'a> {
    types: BTreeSet<usize>,
    features: BTreeSet<&'a str>,
}

impl<'a> Graph<'a> {
    fn new(api: &'a Api) -> Self {
        let resources = api.resources.iter();
        let resources = resources.filter(|(_, resource)| resource.feature.is_none());
        let types = resources.flat_map(|(module, resource)| {
            let types = resource.types_by_name();
            types.map(move |(name, types)| ((module, name), types))
        });
        let (keys, types): (Vec<Key<'a>>, Vec<Vec<&Type>>) = types.unzip();
        let mut graph = Self {
            api,
            numbers: keys.iter().copied().zip(0..).collect(),
            keys,
            edges: Vec::new(),
        };
        let edges = types.into_iter().map(|types| graph.targets(types));
        graph.edges = edges.collect();
        graph
    }

    fn targets(&self, types: impl IntoIterator<Item = &'a Type>) -> Vec<Target<'a>> {
        let paths = types.into_iter().flat_map(Type::named);
        paths.filter_map(|path| self.target(path)).collect()
    }

    fn target(&self, path: &TypePath) -> Option<Target<'a>> {
        let resource = self.api.resources.get(&path.module)?;
        match &resource.feature {
            Some(feature) => Some(Target::Feature(feature)),
            None => {
                let index = self.numbers.get(&(&path.module, &path.name))?;
                Some(Target::Type(*index))
            }
        }
    }

    /// Returns what types lead to. A module with a feature brings what it needs itself.
    fn reached(&self, mut open: Vec<Target<'a>>) -> Reached<'a> {
        let mut found = Reached {
            types: BTreeSet::new(),
            features: BTreeSet::new(),
        };
        while let Some(target) = open.pop() {
            match target {
                Target::Feature(feature) => {
                    found.features.insert(feature);
                }
                Target::Type(index) => {
                    if found.types.insert(index) {
                        open.extend(self.edges[index].iter().copied());
                    }
                }
            }
        }
        found
    }

    /// Returns the types that are there without a feature: of webhooks, and those that no module with a feature uses.
    fn always(&self, features_of: &[BTreeSet<&str>]) -> BTreeSet<usize> {
        let resources = self.api.resources.values();
        let resources = resources.filter(|resource| resource.feature.is_none());
        let payloads = resources.flat_map(|Resource { webhooks, .. }| {
            let payloads = webhooks.iter();
            payloads.filter_map(|webhook| webhook.payload.as_ref())
        });
        let mut roots = self.targets(payloads);
        let each = features_of.iter().enumerate();
        let unused = each.filter(|(_, features)| features.is_empty());
        roots.extend(unused.map(|(index, _)| Target::Type(index)));
        self.reached(roots).types
    }
}

#[cfg(test)]
mod tests {
    use super::Users;
    use crate::model::settings::{Features, Settings};
    use crate::source::Source;
    use crate::{Options, generate};
    use std::fmt::Write as _;

    /// Returns the names and the conditions of the groups, and what the first module turns on.
    fn groups(modules: usize, uses: impl Fn(usize) -> &'static [&'static str]) -> Option<String> {
        let paths = (0..modules).map(|module| {
            let schemas = uses(module).iter().map(|name| format!("\"{name}\": {{\"$ref\": \"#/components/schemas/{name}\"}}"));
            let schemas: Vec<String> = schemas.collect();
            format!(
                r#""/m{module}": {{"get": {{"tags": ["m{module}"], "operationId": "get{module}", "responses": {{"200": {{"description": "",
                "content": {{"application/json": {{"schema": {{"type": "object", "properties": {{{}}}}}}}}}}}}}}}}}"#,
                schemas.join(", ")
            )
        });
        let paths: Vec<String> = paths.collect();
        let text = format!(
            r##"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "paths": {{{}}}, "components": {{"schemas": {{
            "A": {{"type": "object", "properties": {{"b": {{"$ref": "#/components/schemas/B"}}}}}},
            "B": {{"type": "object", "properties": {{"c": {{"type": "string"}}}}}}}}}}}}"##,
            paths.join(", ")
        );
        let options = Options {
            settings: Settings {
                features: Features::Modules,
                ..Settings::default()
            },
            ..Options::new("t", "0.1.0")
        };
        let generation = generate([&Source::new("t.json", text)], &options).ok()?;
        let found = Users::new(&generation.analysis.krate);
        let mut shown = String::new();
        for group in found.groups() {
            let features: Vec<&str> = group.features.iter().map(String::as_str).collect();
            let _ = writeln!(shown, "{}: {}", group.name, features.join(" "));
        }
        let turned_on: Vec<&str> = found.turned_on("m0").collect();
        let _ = write!(shown, "m0 turns on {}", turned_on.join(" "));
        Some(shown)
    }

    #[test]
    fn types_are_grouped_by_the_modules_that_lead_to_them() {
        let uses = |module: usize| match module {
            0 => &["A"][..],
            1 => &["B"],
            _ => &[],
        };
        let expected = "of_m0: m0\nof_m0_and_m1: m0 m1\nm0 turns on ";
        assert_eq!(groups(4, uses).as_deref(), Some(expected));
    }

    #[test]
    fn what_nearly_all_modules_use_is_always_there() {
        let uses = |_| &["A"][..];
        assert_eq!(groups(4, uses).as_deref(), Some("m0 turns on "));
    }

    /// Those with the same users and one more list only that one.
    #[test]
    fn what_many_modules_use_has_a_feature_of_its_own() {
        let uses = |module: usize| match module {
            0..70 => &["A"][..],
            70 => &["B"],
            _ => &[],
        };
        let own = "_models-of-m0-and-69-more";
        let expected =
            format!("of_m0_and_69_more: {own}\nof_m0_and_70_more: {own} m70\nm0 turns on {own}");
        assert_eq!(groups(100, uses), Some(expected));
    }
}
