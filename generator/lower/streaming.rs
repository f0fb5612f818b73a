//! Responses that are streamed: what an event is decoded into, and what ends the stream.

use super::Lowering;
use super::media::Offer;
use super::owner::Owner;
use super::paging::Records;
use super::response::Described;
use super::schemas::{Facts, Kind, Scalar, Use};
use crate::base::pointer::Pointer;
use crate::input::SEQUENCE;
use crate::model::api::{
    EventContent, Location, Model, ModelField, Operation, Resource, StreamFormat, Streaming,
    Switch, Type,
};
use crate::model::names::Name;
use serde_json::Value;
use std::collections::BTreeMap;

/// What ends a stream whose events are JSON, unless the description says something else.
const KNOWN_END: &str = "[DONE]";

/// The extension that lists what ends a stream, at a media type or at the document.
const ENDS: &str = "x-cratewright-stream-end";

/// The members of an event (HTML Living Standard, section 9.2.6).
const MEMBERS: [&str; 5] = ["event", "data", "id", "retry", "comment"];

impl<'d> Lowering<'d> {
    /// Returns how a success is streamed, where one offers that.
    pub(super) fn streaming(
        &mut self,
        successes: &[&Described<'d>],
        owner: Owner<'_>,
    ) -> Option<Streaming> {
        let mut of_each = successes
            .iter()
            .map(|one| (*one, one.offers.streams.first()));
        let (described, (format, offer)) =
            of_each.find_map(|(one, stream)| Some((one, *stream?)))?;
        let (event, content) = self.event(format, offer, described, owner);
        let is_json = matches!(content, EventContent::Json | EventContent::EventOfJson);
        let ends = self.ends(&offer).unwrap_or_else(|| {
            let known = (format == StreamFormat::EventStream && is_json).then_some(KNOWN_END);
            known.into_iter().map(str::to_owned).collect()
        });
        Some(Streaming {
            format,
            accept: offer.name.to_owned(),
            event,
            content,
            ends,
            switch: None,
            records: Vec::new(),
            may_be_absent: false,
        })
    }

    fn event(
        &mut self,
        format: StreamFormat,
        offer: Offer<'d>,
        described: &Described<'d>,
        owner: Owner<'_>,
    ) -> (Type, EventContent) {
        let is_text = format == StreamFormat::EventStream;
        let Some(schema) = &offer.content.schema else {
            return if is_text {
                (Type::String, EventContent::Text)
            } else {
                (Type::Json, EventContent::Json)
            };
        };
        let at = Pointer::to(&described.pointer);
        let at = at.key("content");
        let mut place = Use::new(schema, at.key(offer.name).key("schema").to_string());
        let is_sequence = offer.content.extensions.get(SEQUENCE) == Some(&Value::Bool(true));
        let items = self.classified_kind(&place, |_, kind| match kind {
            Kind::List(Some(items)) => Some(items.clone()),
            _ => None,
        });
        if let (Some(items), false) = (items, is_sequence) {
            place = items;
        }
        let mut field = "event";
        let content = if is_text {
            self.content_of_events(&mut place, &mut field)
        } else {
            EventContent::Json
        };
        let ty = self.value_type(&place, owner.module, owner.operation, field);
        (ty, content)
    }

    /// Finds out what of an event the schema describes, and makes the place that of the data where it is the whole event.
    fn content_of_events(&self, place: &mut Use<'d>, field: &mut &'static str) -> EventContent {
        if let Some(data) = self.data_of(place) {
            *place = data;
            *field = "data";
            return if self.is_text(place) {
                EventContent::Text
            } else {
                EventContent::Json
            };
        }
        let alternatives = self.classified_kind(place, |_, kind| match kind {
            Kind::Union(union) => Some(union.alternatives.clone()),
            _ => None,
        });
        let data: Option<Vec<Use<'d>>> = alternatives
            .iter()
            .flatten()
            .map(|alternative| self.data_of(alternative))
            .collect();
        match data {
            Some(data) if !data.is_empty() => {
                if data.iter().all(|data| self.is_text(data)) {
                    EventContent::EventOfText
                } else {
                    EventContent::EventOfJson
                }
            }
            Some(_) | None if self.is_text(place) => EventContent::Text,
            Some(_) | None => EventContent::Json,
        }
    }

    /// Returns the schema of the data, where a schema is that of a whole event.
    fn data_of(&self, place: &Use<'d>) -> Option<Use<'d>> {
        self.classified_kind(place, |facts, kind| match kind {
            Kind::Struct if facts.properties.keys().all(|name| MEMBERS.contains(name)) => {
                facts.properties.get("data").cloned()
            }
            _ => None,
        })
    }

    fn is_text(&self, place: &Use<'d>) -> bool {
        self.classified_kind(place, |_, kind| match kind {
            Kind::Scalar(scalar) => Some(scalar.is_text() && *scalar != Scalar::Binary),
            Kind::TextEnum => Some(true),
            _ => None,
        })
        .unwrap_or(false)
    }

    fn classified_kind<T>(
        &self,
        place: &Use<'d>,
        of: impl FnOnce(&Facts<'d>, &Kind<'d>) -> Option<T>,
    ) -> Option<T> {
        let schema = self.schemas.classify(&self.schemas.resolved(place))?;
        of(&schema.facts, &schema.kind)
    }

    /// Returns what ends a stream, where an extension says so.
    fn ends(&self, offer: &Offer<'d>) -> Option<Vec<String>> {
        let of_media = offer.content.extensions.get(ENDS);
        match of_media.or_else(|| self.openapi.extensions.get(ENDS))? {
            Value::String(end) => Some(vec![end.clone()]),
            Value::Array(ends) => Some(
                ends.iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            ),
            _ => None,
        }
    }
}

/// Returns how the records of a list are streamed.
pub(super) fn of_records(operation: &Operation, records: Records) -> Streaming {
    Streaming {
        format: StreamFormat::List,
        accept: operation.accept.clone(),
        event: records.item,
        content: EventContent::Json,
        ends: Vec::new(),
        switch: None,
        records: records.path,
        may_be_absent: records.may_be_absent,
    }
}

/// Returns the boolean that asks for a stream, for each operation in their order: a parameter `stream`, or a field of that
/// name in the JSON body.
pub(super) fn switches(resources: &BTreeMap<Name, Resource>) -> Vec<Option<Switch>> {
    let models: BTreeMap<(&Name, &Name), &Model> = resources
        .iter()
        .flat_map(|(module, resource)| {
            let models = resource.models.iter();
            models.map(move |model| ((module, &model.name), model))
        })
        .collect();
    let operations = resources.values().flat_map(|resource| &resource.operations);
    operations
        .map(|operation| {
            operation.streaming.as_ref()?;
            switch(operation, &models)
        })
        .collect()
}

fn switch(operation: &Operation, models: &BTreeMap<(&Name, &Name), &Model>) -> Option<Switch> {
    let is_switch = |wire: &str, ty: &Type| wire == "stream" && *ty == Type::Bool;
    let param = operation.params.iter().find(|param| {
        matches!(param.location, Location::Query | Location::Body)
            && is_switch(&param.wire, &param.ty)
    });
    if let Some(param) = param {
        return Some(Switch::Param(param.name.clone()));
    }
    operation.params.iter().find_map(|param| {
        let (Location::Body, Type::Named(path)) = (param.location, &param.ty) else {
            return None;
        };
        let model = models.get(&(&path.module, &path.name))?;
        let field = model
            .fields
            .iter()
            .find(|ModelField { wire, ty, .. }| is_switch(wire, ty))?;
        Some(Switch::Field {
            param: param.name.clone(),
            field: field.name.clone(),
        })
    })
}
