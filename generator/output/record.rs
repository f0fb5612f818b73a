//! What a crate was made of, packed into its manifest, so that the next run can say what changes for callers.
//!
//! The description that a crate was made of has often been replaced since, and a folder may be copied away from the
//! repository that knew it. The record needs neither the old file nor git. It holds each description in its finished form, as
//! `document::normalise` returns it: the same for YAML and JSON, and without the names of files.

use crate::base::source::Source;
use crate::model::module_path::ModulePath;
use crate::model::settings::Settings;
use crate::output::packed::Packed;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The descriptions that a crate was made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The operations that were asked for; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    operations: Vec<String>,
    /// What else was decided.
    #[serde(default, skip_serializing_if = "is_default")]
    settings: Settings,
    /// The descriptions by where their APIs are, each packed.
    descriptions: BTreeMap<String, Packed>,
}

impl Record {
    /// Packs finished descriptions, and the operations that were asked for.
    pub(crate) fn new<'d>(
        operations: &[String],
        settings: &Settings,
        descriptions: impl IntoIterator<Item = (&'d ModulePath, &'d Value)>,
    ) -> Self {
        let descriptions = descriptions.into_iter();
        Self {
            operations: operations.to_vec(),
            settings: Settings {
                source: None,
                ..settings.clone()
            },
            descriptions: descriptions
                .map(|(module, description)| (module.to_string(), Packed::new(description)))
                .collect(),
        }
    }

    /// Returns what else was decided.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the operations that were asked for; empty for all.
    #[must_use]
    pub fn operations(&self) -> &[String] {
        &self.operations
    }

    /// Returns the descriptions, called by `label` in messages, by the modules of their APIs; none where the record is broken.
    #[must_use]
    pub fn sources(&self, label: &str) -> Option<BTreeMap<ModulePath, Source>> {
        let descriptions = self.descriptions.iter();
        descriptions
            .map(|(module, packed)| {
                let module = match module.as_str() {
                    "" => ModulePath::root(),
                    module => ModulePath::parse(module).ok()?,
                };
                Some((module, Source::new(label, packed.unpack()?)))
            })
            .collect()
    }
}

fn is_default(settings: &Settings) -> bool {
    *settings == Settings::default()
}
