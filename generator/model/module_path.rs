//! Where the API of a description stands in its crate.

use crate::base::diagnostics::Diagnostic;
use crate::model::names::Name;
use crate::model::reserved::feature_names;
use std::fmt;

/// The modules that lead to an API, such as `flex::v1`; none for an API that stands at the root of its crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModulePath(Vec<Name>);

impl ModulePath {
    /// Returns the path of an API that has the crate to itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns whether an API has the crate to itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a path that a person wrote: modules in snake case with `::` between them.
    ///
    /// # Errors
    ///
    /// Returns which of the modules cannot be called so, and what would do.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let path: Self = text.split("::").map(Name::api_module).collect();
        if path.to_string() == text {
            return Ok(path);
        }
        let message = format!("{text:?} is no path of modules that an API can stand in");
        Err(Diagnostic::failure("module", message).help(format!("`{path}` would do")))
    }

    /// Returns the modules, from the outside in.
    #[must_use]
    pub fn segments(&self) -> &[Name] {
        &self.0
    }

    /// Returns the feature that turns the API on, such as `flex-v1`; an API at the root is always there.
    #[must_use]
    pub fn feature(&self) -> Option<String> {
        let words: Vec<String> = self
            .0
            .iter()
            .map(|segment| segment.as_str().replace('_', "-"))
            .collect();
        let feature = words.join("-");
        match feature.as_str() {
            "" => None,
            taken if feature_names().any(|feature| feature == taken) => {
                Some(format!("{feature}-api"))
            }
            _ => Some(feature),
        }
    }

    /// Returns the paths of the modules that the API stands in, from the root to its own.
    pub(crate) fn ancestry(&self) -> impl Iterator<Item = Self> {
        (0..=self.0.len()).map(|length| Self(self.0[..length].to_vec()))
    }

    /// Returns whether one of two APIs would stand inside the other.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl FromIterator<Name> for ModulePath {
    fn from_iter<I: IntoIterator<Item = Name>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "::" };
            write!(f, "{separator}{segment}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ModulePath;

    #[test]
    fn reads_what_can_be_a_path_and_suggests_one_otherwise() {
        for text in ["flex", "flex::v1", "ip_messaging::v2010", "a::b::c"] {
            assert_eq!(
                ModulePath::parse(text).map(|path| path.to_string()),
                Ok(text.to_owned())
            );
        }
        let suggestion = |text| {
            ModulePath::parse(text)
                .err()
                .and_then(|error| error.help)
                .unwrap_or_default()
        };
        assert_eq!(suggestion("Flex::V1"), "`flex::v1` would do");
        assert_eq!(suggestion("flex-v1"), "`flex_v1` would do");
        assert_eq!(suggestion("../escape"), "`escape` would do");
        assert_eq!(suggestion("runtime::v1"), "`runtime_api::v1` would do");
        assert_eq!(suggestion("type"), "`type_api` would do");
    }

    #[test]
    fn leaves_the_features_of_the_crate_alone() {
        let feature = |text| ModulePath::parse(text).ok().and_then(|path| path.feature());
        assert_eq!(feature("flex::v1").as_deref(), Some("flex-v1"));
        assert_eq!(
            feature("ip_messaging::v2").as_deref(),
            Some("ip-messaging-v2")
        );
        assert_eq!(feature("client").as_deref(), Some("client-api"));
        assert_eq!(ModulePath::root().feature(), None);
    }
}
