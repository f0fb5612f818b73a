//! References that lead out of the components, to other files and to other places of the description: what they lead to
//! becomes a component, so that every later stage sees one document.
//!
//! Afterwards every `$ref` is `#/components/<section>/<name>`, with the name as it is, nothing escaped.

mod identifiers;
mod inline;
mod lift;
mod naming;
mod plain;
mod reference_target;
mod resolve;
mod site;

use super::files::Files;
use super::grammar::{Kind, Shape};
use super::source_map::{SourceMap, StageMap};
use crate::base::diagnostics::{At, Diagnostic, Diagnostics};
use crate::base::pointer::Pointer;
use crate::base::source::Source;
use identifiers::Identifiers;
use lift::token;
use plain::is_bundled;
use reference_target::{matches_kind, wrong_target};
use resolve::{Fault, Place, component};
use serde_json::{Map, Value};
use site::{Site, Spot};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Nesting beyond which nothing is followed.
const DEPTH: usize = 128;
/// How many nodes may be copied to where something refers to them.
const BUDGET: usize = 4_000_000;

/// Bundles a description in place; the files that it took are added to `source_map`.
pub(super) fn bundle(value: &mut Value, root: &Source, source_map: &mut SourceMap) -> Diagnostics {
    if is_bundled(value) {
        return Diagnostics::new();
    }
    let mut bundler = Bundler {
        files: Files::new(root, value.clone(), source_map.others.len()),
        sources: std::mem::take(&mut source_map.others),
        claims: BTreeMap::new(),
        lifted: Vec::new(),
        stage_map: StageMap::default(),
        diagnostics: Diagnostics::new(),
        inlining: Vec::new(),
        identifiers: BTreeMap::new(),
        depth: 0,
        budget: BUDGET,
    };
    bundler.claim_components();
    bundler.spot(Spot::Node(Kind::Document), value, Site::ROOT);
    let contents = bundler.lift();
    bundler.insert(value, contents);
    bundler.diagnostics.extend(bundler.files.faults);
    source_map.others = bundler.sources;
    let placed = source_map.place(root.label(), bundler.diagnostics);
    source_map.stages.push(bundler.stage_map);
    placed
}

/// Whether the components of a section are copied to where something refers to them: the typed model has no references to
/// them.
fn is_inlined(section: &str) -> bool {
    matches!(section, "pathItems" | "callbacks" | "mediaTypes")
}

/// Something that becomes a component.
struct Lifted {
    place: Place,
    kind: Kind,
}

struct Bundler {
    files: Files,
    sources: Vec<Arc<Source>>,
    /// What the description's own components stand for, by section: these places have names already.
    claims: BTreeMap<(Place, &'static str), String>,
    lifted: Vec<Lifted>,
    stage_map: StageMap,
    diagnostics: Diagnostics,
    /// What is being copied, to notice what contains itself.
    inlining: Vec<Place>,
    /// What has an identifier in each file, where one was looked for.
    identifiers: BTreeMap<usize, Identifiers>,
    depth: usize,
    budget: usize,
}

impl Bundler {
    fn spot(&mut self, spot: Spot, value: &mut Value, site: Site<'_>) {
        if self.depth == DEPTH {
            self.complain(
                site,
                Diagnostic::error("too-deep", "", "this is nested too deeply"),
            );
            return;
        }
        self.depth += 1;
        match (spot, value) {
            (Spot::Node(kind), Value::Object(entries)) => self.node(kind, entries, site),
            (Spot::Node(Kind::Schema) | Spot::List(_), Value::Array(items)) => {
                let (Spot::Node(kind) | Spot::List(kind) | Spot::Map(kind) | Spot::Section(kind)) =
                    spot;
                for (index, item) in items.iter_mut().enumerate() {
                    self.spot(Spot::Node(kind), item, site.index(index));
                }
            }
            (Spot::List(_) | Spot::Map(_) | Spot::Section(_), Value::Object(entries)) => {
                if reference_of(entries).is_some() {
                    self.inline(spot, entries, site);
                } else if let Spot::Map(kind) | Spot::Section(kind) = spot {
                    for (key, entry) in entries.iter_mut() {
                        self.entry(spot, kind, entry, site.key(key), key);
                    }
                }
            }
            _ => {}
        }
        self.depth -= 1;
    }

    /// A component that stands for something elsewhere takes it in.
    fn entry(&mut self, spot: Spot, kind: Kind, entry: &mut Value, site: Site<'_>, name: &str) {
        if let (Spot::Section(_), Some(section), Some(reference)) =
            (spot, kind.section(), only_reference(entry))
            && let Ok(target) = self.resolve(site.file, reference, &site.at.to_string())
            && component(&target, section).is_none()
            && self
                .claims
                .get(&(target, section))
                .is_some_and(|claimed| claimed == name)
            && let Value::Object(entries) = entry
        {
            self.inline(Spot::Node(kind), entries, site);
        } else {
            self.spot(Spot::Node(kind), entry, site);
        }
    }

    fn node(&mut self, kind: Kind, entries: &mut Map<String, Value>, site: Site<'_>) {
        if let Some(reference) = reference_of(entries) {
            match kind.section() {
                Some(section) => {
                    match self.reference(kind, section, reference, site.file, &site.at) {
                        Ok(target) => {
                            entries.insert("$ref".to_owned(), Value::String(target));
                        }
                        Err(fault) => {
                            self.complain_of_reference(site, fault.map(|fault| *fault));
                        }
                    }
                }
                None => return self.inline(Spot::Node(kind), entries, site),
            }
        }
        for (key, child) in entries.iter_mut() {
            let site = site.key(key);
            match kind.field(key) {
                Some(Shape::Node(kind) | Shape::FlagOrNode(kind)) => {
                    self.spot(Spot::Node(kind), child, site);
                }
                Some(Shape::List(kind)) => self.spot(Spot::List(kind), child, site),
                Some(Shape::Map(inner)) if kind == Kind::Components => {
                    self.spot(Spot::Section(inner), child, site);
                }
                Some(Shape::Map(kind)) => self.spot(Spot::Map(kind), child, site),
                Some(Shape::TextMap) if kind == Kind::Discriminator => self.mapping(child, site),
                Some(
                    Shape::TextMap
                    | Shape::Text
                    | Shape::Flag
                    | Shape::Count
                    | Shape::Number
                    | Shape::Texts
                    | Shape::Data
                    | Shape::Ignored,
                )
                | None => {}
            }
        }
    }

    /// The values of a discriminator's mapping are names of schemas or references to them.
    fn mapping(&mut self, mapping: &mut Value, site: Site<'_>) {
        let Value::Object(entries) = mapping else {
            return;
        };
        entries.retain(|key, value| {
            let Value::String(text) = value else {
                return true;
            };
            let ends = [".yaml", ".yml", ".json"];
            if !(text.contains(['/', '#']) || ends.iter().any(|end| text.ends_with(end))) {
                return true;
            }
            match self.reference(Kind::Schema, "schemas", text, site.file, &site.at) {
                Ok(target) => *text = target,
                Err(None) => return false,
                Err(Some(fault)) => {
                    let message = format!("{}; ignored", fault.message);
                    let fault = Diagnostic::warning(fault.code, "", message);
                    self.complain(site.key(key), fault);
                    return false;
                }
            }
            true
        });
    }

    /// Returns what a `$ref` becomes.
    fn reference(
        &mut self,
        kind: Kind,
        section: &'static str,
        reference: &str,
        file: usize,
        at: &Pointer<'_>,
    ) -> Result<String, Fault> {
        let place = self.resolve(file, reference, &at.to_string())?;
        if kind == Kind::Header && is_parameter(self.value(&place)) {
            let message = "`$ref` to a parameter where a header is expected; read as a header with its schema";
            let fault = Diagnostic::warning("fixed", "", message);
            let at = at.to_string();
            let site = Site {
                file,
                at: Pointer::to(&at),
                out: Pointer::to(&at),
            };
            self.complain_of_reference(site, Some(fault));
        }
        if let Some(name) = component(&place, section) {
            return Ok(format!("#/components/{section}/{name}"));
        }
        if let Some(name) = self.claims.get(&(place.clone(), section)) {
            return Ok(format!("#/components/{section}/{name}"));
        }
        let known = self
            .lifted
            .iter()
            .position(|lifted| lifted.kind == kind && lifted.place == place);
        if known.is_none() {
            let is_wrong =
                |value: &Value| place.file == file && !matches_kind(Spot::Node(kind), value);
            if self.value(&place).is_some_and(is_wrong) {
                return Err(Some(Box::new(wrong_target(reference, Spot::Node(kind)))));
            }
        }
        let index = known.unwrap_or_else(|| {
            self.lifted.push(Lifted { place, kind });
            self.lifted.len() - 1
        });
        Ok(token(index))
    }

    fn value(&self, place: &Place) -> Option<&Value> {
        self.files.value(place.file)?.pointer(&place.pointer)
    }

    fn complain_of_reference(&mut self, site: Site<'_>, fault: Option<Diagnostic>) {
        if let Some(fault) = fault {
            self.complain(site.key("$ref"), fault);
        }
    }

    /// Adds a complaint about the place in the file that has it, unless it is of another place.
    fn complain(&mut self, site: Site<'_>, fault: Diagnostic) {
        let has_place = matches!(&fault.at, At::Node(pointer) if !pointer.is_empty());
        let fault = if has_place {
            fault
        } else {
            self.placed(fault, site.at.to_string(), site.file)
        };
        self.diagnostics.push(fault);
    }

    fn placed(&self, mut fault: Diagnostic, pointer: String, file: usize) -> Diagnostic {
        fault.at = At::Node(pointer);
        match file.checked_sub(1).and_then(|file| self.sources.get(file)) {
            Some(source) => fault.in_source(source),
            None => fault,
        }
    }
}

/// Whether a value is a parameter, which has a name and a location, and a header has neither.
fn is_parameter(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.get("name").is_some() && value.get("in").is_some())
}

fn reference_of(entries: &Map<String, Value>) -> Option<&str> {
    entries.get("$ref")?.as_str()
}

/// Returns the target of a `$ref` with nothing beside it.
fn only_reference(value: &Value) -> Option<&str> {
    let entries = value.as_object()?;
    reference_of(entries).filter(|_| entries.len() == 1)
}
