//! All changes, and what they come to.

use super::change::{Change, Level, Rust};
use super::version::{Bump, raise};
use semver::Version;
use serde::Serialize;

/// What a changed description does to the programs that follow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What it comes to.
    pub summary: Summary,
    /// The step to the next version, where the version of the crate is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Bump>,
    /// The changes, what breaks first.
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
    /// Changes of what the crate does or documents.
    pub patch: usize,
    /// Changes that break something on the wire.
    pub breaking_on_the_wire: usize,
    /// Changes that someone has to act on: those that break something, and those that a rule of the project raises.
    pub breaking: usize,
    /// Changes that rules of the project leave out.
    #[serde(skip_serializing_if = "is_zero")]
    pub ignored: usize,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes by reference"
)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Report {
    /// Sorts the changes, the weightiest first, then by resource, and counts them.
    pub(super) fn new(mut changes: Vec<Change>, ignored: usize) -> Self {
        let weight = |change: &Change| (change.level, change.rust, change.wire.is_breaking());
        changes.sort_by(|one, other| {
            let by_weight = weight(other).cmp(&weight(one));
            by_weight.then_with(|| one.place.resource.cmp(&other.place.resource))
        });
        let count = |is_such: &dyn Fn(&Change) -> bool| {
            changes.iter().filter(|change| is_such(change)).count()
        };
        let summary = Summary {
            rust: changes.iter().map(|change| change.rust).max(),
            major: count(&|change| change.rust == Rust::Major),
            minor: count(&|change| change.rust == Rust::Minor),
            patch: count(&|change| change.rust == Rust::Patch),
            breaking_on_the_wire: count(&|change| change.wire.is_breaking()),
            breaking: count(&|change| change.level == Level::Breaking),
            ignored,
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
        self.summary.breaking > 0
    }

    /// Returns the changes of each level, what breaks first.
    pub(super) fn by_level(&self) -> impl Iterator<Item = (Level, &[Change])> {
        let levels = self.changes.chunk_by(|one, other| one.level == other.level);
        levels.filter_map(|changes| Some((changes.first()?.level, changes)))
    }

    /// Returns in one line what the changes come to.
    #[must_use]
    pub fn headline(&self) -> String {
        let Summary {
            rust,
            major,
            minor,
            patch,
            breaking_on_the_wire,
            breaking: _, // the two classes say it
            ignored,
        } = &self.summary;
        let ignored = match ignored {
            0 => String::new(),
            1 => " 1 change is ignored by the rules.".to_owned(),
            more => format!(" {more} changes are ignored by the rules."),
        };
        let Some(rust) = rust else {
            return format!("Nothing changes for callers.{ignored}");
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
        let class = match rust {
            Rust::None => "No change in Rust".to_owned(),
            Rust::Patch | Rust::Minor | Rust::Major => {
                format!(
                    "A {rust} change{step}. In Rust {major} major, {minor} minor, {patch} patch"
                )
            }
        };
        format!("{class}; on the wire {breaking_on_the_wire} breaking.{ignored}")
    }
}

impl Level {
    /// Returns the heading of its section.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Addition => "Additions",
            Self::Notice => "Other changes",
        }
    }
}

/// What was left out of a report that had to be cut, by level.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    breaking: usize,
    additions: usize,
    others: usize,
}

impl LeftOut {
    pub fn add(&mut self, level: Level, count: usize) {
        match level {
            Level::Breaking => self.breaking += count,
            Level::Addition => self.additions += count,
            Level::Notice => self.others += count,
        }
    }

    /// Says what was left out; nothing where there is nothing.
    pub fn in_words(&self) -> Option<String> {
        let Self {
            breaking,
            additions,
            others,
        } = self;
        let noun = |count: usize, one: &str, several: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            more => Some(format!("{more} {several}")),
        };
        let parts = [
            noun(*breaking, "breaking change", "breaking changes"),
            noun(*additions, "addition", "additions"),
            noun(*others, "other change", "other changes"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("Left out: {}", parts.join(", ")))
    }
}
