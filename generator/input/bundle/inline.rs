//! What a `$ref` leads to, in the place of the `$ref`: path items, callbacks, and what OpenAPI has no references to.

use super::lift::size;
use super::reference_target::{matches_kind, wrong_target};
use super::resolve::Place;
use super::site::{Site, Spot, is_component};
use super::{Bundler, reference_of};
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::input::grammar::Kind;
use crate::input::source_map::Origin;
use serde_json::{Map, Value};

impl Bundler {
    /// Puts what a `$ref` leads to in its place, with what stands beside it.
    pub(super) fn inline(&mut self, spot: Spot, entries: &mut Map<String, Value>, site: Site<'_>) {
        let Some((place, mut content)) = self.copied(spot, entries, site) else {
            return;
        };
        let Some(Value::String(reference)) = entries.shift_remove("$ref") else {
            return;
        };
        let mut siblings = Value::Object(std::mem::take(entries));
        self.spot(spot, &mut siblings, site);
        let pointer = place.pointer.clone();
        let out = site.out.to_string();
        self.stage_map.record(
            out.clone(),
            Origin {
                file: place.file,
                pointer: pointer.clone(),
            },
        );
        let inner = Site {
            file: place.file,
            at: Pointer::to(&pointer),
            out: Pointer::to(&out),
        };
        self.inlining.push(place);
        self.spot(spot, &mut content, inner);
        self.inlining.pop();
        if let (Value::Object(content), Value::Object(siblings)) = (content, siblings) {
            *entries = content;
            for (key, value) in siblings {
                let origin = Origin {
                    file: site.file,
                    pointer: site.at.key(&key).to_string(),
                };
                self.stage_map
                    .record(site.out.key(&key).to_string(), origin);
                entries.insert(key, value);
            }
        } else {
            let message = format!("`$ref` to `{reference}`, which is no map");
            self.complain_of_reference(site, Some(Diagnostic::error("structure", "", message)));
        }
    }

    /// Returns what a `$ref` leads to, as long as it may be copied; what may not is reported and left out.
    fn copied(
        &mut self,
        spot: Spot,
        entries: &mut Map<String, Value>,
        site: Site<'_>,
    ) -> Option<(Place, Value)> {
        let reference = reference_of(entries)?.to_owned();
        let target = self.resolve(site.file, &reference, &site.at.to_string());
        let place = match target {
            Ok(place) => place,
            Err(fault) => {
                self.complain_of_reference(site, fault.map(|fault| *fault));
                entries.clear();
                return None;
            }
        };
        if self.inlining.contains(&place) {
            let message = format!("`$ref` to `{reference}` leads back to itself");
            self.complain_of_reference(site, Some(Diagnostic::error("circular-ref", "", message)));
            entries.clear();
            return None;
        }
        let is_allowed = match spot {
            Spot::Node(Kind::PathItem | Kind::Callback) => true,
            Spot::Node(Kind::MediaType) => reference.contains("/components/mediaTypes/"),
            Spot::Node(_) | Spot::List(_) | Spot::Map(_) | Spot::Section(_) => false,
        };
        if !is_allowed && !is_component(spot) {
            let message = "OpenAPI has no `$ref` here; treated as its target";
            self.complain_of_reference(site, Some(Diagnostic::warning("fixed", "", message)));
        }
        let content = self.value(&place)?.clone();
        if !self.afford(&content, site) {
            return None;
        }
        // Another file is checked as a whole: what is wrong in it is reported there.
        if place.file == site.file && !matches_kind(spot, &content) {
            self.complain_of_reference(site, Some(wrong_target(&reference, spot)));
            entries.clear();
            return None;
        }
        Some((place, content))
    }

    pub(super) fn afford(&mut self, content: &Value, site: Site<'_>) -> bool {
        let cost = size(content);
        let affordable = self.budget >= cost;
        if affordable {
            self.budget -= cost;
        } else if self.budget > 0 {
            self.budget = 0;
            let message = "what the references lead to is too much to copy";
            self.complain(site, Diagnostic::error("too-large", "", message));
        }
        affordable
    }
}
