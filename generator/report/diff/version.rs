//! Which version follows from a change, as cargo reads versions.

use super::Rust;
use semver::{BuildMetadata, Prerelease, Version};
use serde::Serialize;

/// The step from one version to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bump {
    /// The version before.
    pub from: Version,
    /// The version that the changes ask for.
    pub to: Version,
}

/// Returns the next version after changes of this class.
///
/// While the first number is 0, the second one says what breaks, and while that is 0 too, every version breaks (the Cargo
/// Book, "`SemVer` Compatibility"). A pre-release becomes its release when that says enough, and build metadata is dropped.
#[must_use]
pub fn raise(version: &Version, class: Rust) -> Version {
    let Version {
        major,
        minor,
        patch,
        pre,
        build: _,
    } = version;
    let next = |major, minor, patch| Version {
        major,
        minor,
        patch,
        pre: Prerelease::EMPTY,
        build: BuildMetadata::EMPTY,
    };
    if class == Rust::None {
        return version.clone();
    }
    let raised = match (class, major, minor) {
        (Rust::Major, 0, 0) | (Rust::Minor | Rust::Patch, 0, _) | (Rust::Patch, ..) => {
            next(*major, *minor, patch.saturating_add(1))
        }
        (Rust::Major, 0, _) | (Rust::Minor, ..) => next(*major, minor.saturating_add(1), 0),
        (Rust::Major | Rust::None, ..) => next(major.saturating_add(1), 0, 0),
    };
    let released = next(*major, *minor, *patch);
    let says_enough = match class {
        Rust::Major => *patch == 0 && (*minor == 0 || *major == 0),
        Rust::Minor => *patch == 0 || *major == 0,
        Rust::Patch | Rust::None => true,
    };
    if !pre.is_empty() && says_enough {
        released
    } else {
        raised
    }
}

#[cfg(test)]
mod tests {
    use super::{Rust, raise};
    use semver::Version;

    fn raised(version: &str, class: Rust) -> String {
        Version::parse(version).map_or_else(
            |error| error.to_string(),
            |version| raise(&version, class).to_string(),
        )
    }

    #[test]
    fn follows_cargo() {
        let cases = [
            ("0.1.0", ["0.1.0", "0.1.1", "0.1.1", "0.2.0"]),
            ("0.3.7", ["0.3.7", "0.3.8", "0.3.8", "0.4.0"]),
            ("0.0.3", ["0.0.3", "0.0.4", "0.0.4", "0.0.4"]),
            ("1.2.3", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
            ("2.0.0-rc.1", ["2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0"]),
            ("1.2.0-rc.1", ["1.2.0-rc.1", "1.2.0", "1.2.0", "2.0.0"]),
            ("0.2.0+build", ["0.2.0+build", "0.2.1", "0.2.1", "0.3.0"]),
        ];
        for (version, expected) in cases {
            let classes = [Rust::None, Rust::Patch, Rust::Minor, Rust::Major];
            assert_eq!(
                classes.map(|class| raised(version, class)),
                expected,
                "{version}"
            );
        }
    }
}
