//! All changes, and what they come to.

use super::change::{Change, Rust};
use super::version::{Bump, raise};
use semver::Version;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a changed description does to the programs that follow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What it comes to.
    pub summary: Summary,
    /// The step to the next version, where the version of the crate is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Bump>,
    /// The changes, by resource and the weightiest first.
    pub changes: Vec<Change>,
}

/// How many changes there are of each class, and which decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The class in Rust of the weightiest change; none when there is no change.
    pub rust: Option<Rust>,
    /// Changes that may keep a program from compiling.
    pub major: usize,
    /// Changes that add something.
    pub minor: usize,
    /// Changes of what the crate does or says.
    pub patch: usize,
    /// Changes that break something on the wire.
    pub breaking_on_the_wire: usize,
}

impl Report {
    /// Sorts the changes by resource, the weightiest first in both, and counts them.
    pub(super) fn new(mut changes: Vec<Change>) -> Self {
        let weight = |change: &Change| (change.rust, change.wire.is_breaking());
        let mut resources: BTreeMap<String, (Rust, bool)> = BTreeMap::new();
        for change in &changes {
            let heaviest = resources
                .entry(change.resource.clone())
                .or_insert((Rust::None, false));
            *heaviest = weight(change).max(*heaviest);
        }
        changes.sort_by(|one, other| {
            let (here, there) = (&resources[&one.resource], &resources[&other.resource]);
            let by_resource = there
                .cmp(here)
                .then_with(|| one.resource.cmp(&other.resource));
            by_resource.then_with(|| weight(other).cmp(&weight(one)))
        });
        let count = |rust: Rust| changes.iter().filter(|change| change.rust == rust).count();
        let summary = Summary {
            rust: changes.iter().map(|change| change.rust).max(),
            major: count(Rust::Major),
            minor: count(Rust::Minor),
            patch: count(Rust::Patch),
            breaking_on_the_wire: changes
                .iter()
                .filter(|change| change.wire.is_breaking())
                .count(),
        };
        Self {
            summary,
            version: None,
            changes,
        }
    }

    /// Adds the version that follows from the changes.
    #[must_use]
    pub fn from_version(self, version: &Version) -> Self {
        let to = raise(version, self.summary.rust.unwrap_or(Rust::None));
        let bump = Bump {
            from: version.clone(),
            to,
        };
        Self {
            version: Some(bump),
            ..self
        }
    }

    /// Returns whether nothing has changed for anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns whether someone has to act.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(Change::is_breaking)
    }

    /// Returns the changes of each resource, those where something breaks first.
    pub(super) fn by_resource(&self) -> impl Iterator<Item = (&str, &[Change])> {
        let resources = self
            .changes
            .chunk_by(|one, other| one.resource == other.resource);
        resources.map(|changes| {
            let resource = changes.first().map_or("", |change| &change.resource);
            (resource, changes)
        })
    }

    /// Says in one line what the changes come to.
    #[must_use]
    pub fn headline(&self) -> String {
        let Summary {
            rust,
            major,
            minor,
            patch,
            breaking_on_the_wire,
        } = &self.summary;
        let Some(rust) = rust else {
            return "Nothing changes for callers.".to_owned();
        };
        let step = match &self.version {
            Some(Bump { from, to }) if from != to => format!(": {from} → {to}"),
            Some(_) => String::new(),
            None => match rust {
                Rust::Major => ": 0.x.y → 0.(x+1).0, or x.y.z → (x+1).0.0".to_owned(),
                Rust::Minor => ": 0.x.y → 0.x.(y+1), or x.y.z → x.(y+1).0".to_owned(),
                Rust::Patch => ": x.y.z → x.y.(z+1)".to_owned(),
                Rust::None => String::new(),
            },
        };
        format!(
            "A {rust} change{step}. In Rust {major} major, {minor} minor, {patch} patch; on the wire {breaking_on_the_wire} breaking."
        )
    }
}
