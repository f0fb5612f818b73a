//! Examples of the description, in the types of the crate.

use super::Lowering;
use super::checker::{Checker, Compared, is_text_of};
use super::encoded_examples::Writer;
use super::media::examples_of;
use super::paging::Listing;
use super::param_samples::can_be_sent;
use super::streaming::of_records;
use crate::base::pointer::Pointer;
use crate::model::api::{
    Body, Location, NamedKind, Note, NoteKind, Operation, RequestExample, Type, TypePath, keeps_all,
};
use crate::model::names::Name;
use chrono::DateTime;
use openapiv3::MediaType;
use serde_json::Value;

/// The name of an example that the description does not give.
const MADE_UP: &str = "minimal";

impl<'d> Lowering<'d> {
    /// Adds the request examples of the description, and one that is made up.
    pub(super) fn request_examples(
        &mut self,
        operation: &mut Operation,
        module: &Name,
        samples: &[Value],
        media: Option<(&'d MediaType, String)>,
    ) {
        // Where a constant cannot be sent, no request can.
        let mut constants = operation.constants.iter();
        if !constants.all(|one| can_be_sent(one.location, &one.value.to_json())) {
            return;
        }
        if let Some((media, pointer)) = media {
            let at = Pointer::to(&pointer);
            for (key, body) in examples_of(media) {
                match self.request_example(operation, samples, Some(body)) {
                    Ok(values) => {
                        let name = self.test_name(module, &format!("{}_{key}", operation.name));
                        let example = example(name, Some(key), values);
                        operation.request_examples.push(example);
                    }
                    Err(reason) => {
                        let message = format!(
                            "the example `{key}` of `{}` {reason}; left out",
                            operation.id
                        );
                        self.note(NoteKind::Example, &at.key("examples").key(key), message);
                    }
                }
            }
        }
        if let Ok(values) = self.request_example(operation, samples, None) {
            let name = self.test_name(module, &format!("{}_{MADE_UP}", operation.name));
            let example = example(name, None, values);
            operation.request_examples.push(example);
        }
    }

    fn request_example(
        &self,
        operation: &Operation,
        samples: &[Value],
        body: Option<&Value>,
    ) -> Result<Vec<(usize, Value)>, String> {
        let mut values: Vec<(usize, Value)> = Vec::new();
        for (index, (param, sample)) in operation.params.iter().zip(samples).enumerate() {
            let given = match (param.location, &operation.body) {
                (Location::Body, Body::Form) => body.and_then(|body| body.get(&param.wire)),
                (Location::Body, Body::Json(_) | Body::JsonLines(_) | Body::Text(_)) => body,
                _ => None,
            };
            match given {
                Some(value) if self.fits(&param.ty, value) && keeps_all(&param.limits, value) => {
                    values.push((index, value.clone()));
                }
                Some(_) => {
                    return Err(format!(
                        "has a value for `{}` that does not fit",
                        param.wire
                    ));
                }
                None if param.location == Location::Body && body.is_some() && param.required => {
                    return Err(format!("lacks the required `{}`", param.wire));
                }
                None if !param.required && param.location != Location::Account => {}
                None if !keeps_all(&param.limits, sample)
                    || has_no_sample(&param.ty, sample)
                    || !can_be_sent(param.location, sample) =>
                {
                    return Err(format!("has no value for `{}`", param.wire));
                }
                None => {
                    values.push((index, sample.clone()));
                }
            }
        }
        Self::check_fields_are_known(operation, body)?;
        if body.is_none() {
            values.extend(only_field(operation, samples, &values));
            values.sort_by_key(|(index, _)| *index);
        }
        Ok(values)
    }

    fn check_fields_are_known(operation: &Operation, body: Option<&Value>) -> Result<(), String> {
        let (Body::Form, Some(Value::Object(fields))) = (&operation.body, body) else {
            return Ok(());
        };
        let known = |wire: &String| {
            operation
                .params
                .iter()
                .any(|param| param.location == Location::Body && param.wire == *wire)
        };
        match fields.keys().find(|wire| !known(wire)) {
            Some(wire) => Err(format!("has a field `{wire}` that is not described")),
            None => Ok(()),
        }
    }

    /// Whether a value is one that the type can hold and send.
    pub(super) fn fits(&self, ty: &Type, value: &Value) -> bool {
        let is_text = |is: &dyn Fn(&str) -> bool| value.as_str().is_some_and(is);
        match ty {
            Type::Date
            | Type::Time
            | Type::Duration
            | Type::Uuid
            | Type::Rfc2822
            | Type::Base64 => is_text(&|text| is_text_of(ty, text)),
            Type::String
            | Type::File
            | Type::Bytes
            | Type::Named(TypePath {
                kind: NamedKind::TextEnum,
                ..
            }) => value.is_string(),
            Type::Named(TypePath {
                kind: NamedKind::IntegerEnum,
                ..
            }) => value.is_i64(),
            Type::Bool => value.is_boolean(),
            Type::Integer(integer) => {
                let signed = value.as_i64().map(i128::from);
                let number = signed.or(value.as_u64().map(i128::from));
                let (min, max) = integer.range();
                number.is_some_and(|number| (min..=max).contains(&number))
            }
            Type::Nullable(inner) => value.is_null() || self.fits(inner, value),
            Type::Tuple(positions) => value.as_array().is_some_and(|values| {
                values.len() == positions.len()
                    && positions
                        .iter()
                        .zip(values)
                        .all(|(ty, value)| self.fits(ty, value))
            }),
            Type::F64 => value.is_number(),
            Type::Custom(custom) => custom.form.has(value),
            Type::DateTime => is_text(&|text| DateTime::parse_from_rfc3339(text).is_ok()),
            Type::Map(values) => value
                .as_object()
                .is_some_and(|entries| entries.values().all(|value| self.fits(values, value))),
            Type::Named(TypePath {
                kind: NamedKind::Model,
                ..
            }) => value.is_object(),
            Type::Json | Type::PageMeta | Type::Named(_) => true,
            Type::Sid(sid) => {
                let kind = self.sids.get(&sid.kind);
                kind.is_some_and(|kind| is_text(&|text| kind.matches(text)))
            }
            Type::List(items) => value
                .as_array()
                .is_some_and(|values| values.iter().all(|value| self.fits(items, value))),
        }
    }

    /// Works out where the examples do not match their schemas, once every model is known.
    pub(super) fn finish_examples(&mut self) {
        self.reached_components();
        self.apply_to_types();
        let listings = super::paging::of_each(&self.resources, &self.paging_rules);
        let switches = super::streaming::switches(&self.resources);
        let checker = Checker::new(&self.resources, &self.sids);
        let written = Writer::new(&self.resources).examples();
        let operations = self
            .resources
            .values()
            .flat_map(|resource| &resource.operations);
        let found: Vec<Compared> = operations
            .map(|operation| checker.examples(operation))
            .collect();
        let mut notes = Vec::new();
        let mut misfits: Vec<(String, String, String)> = Vec::new();
        let operations = self
            .resources
            .values_mut()
            .flat_map(|resource| &mut resource.operations);
        let derived = listings.into_iter().zip(switches);
        let derived = derived.zip(written);
        for ((operation, compared), ((listing, switch), written)) in
            operations.zip(found).zip(derived)
        {
            let Listing { paging, records } = listing.unwrap_or_else(|reason| {
                misfits.push((operation.id.clone(), operation.pointer.clone(), reason));
                Listing::default()
            });
            operation.paging = paging;
            match &mut operation.streaming {
                Some(streaming) => streaming.switch = switch,
                None => {
                    operation.streaming = records.map(|records| of_records(operation, records));
                }
            }
            notes.extend(keep_matching(operation, compared, written));
        }
        self.notes.extend(notes);
        for (id, pointer, reason) in misfits {
            self.mismatch(&id, &pointer, &reason);
        }
    }
}

/// Returns the first field of a form that has to be sent and of which no field is required: without any there is no body.
fn only_field(
    operation: &Operation,
    samples: &[Value],
    values: &[(usize, Value)],
) -> Option<(usize, Value)> {
    let is_form = matches!(operation.body, Body::Form | Body::Multipart(_));
    let is_field = |index: usize| {
        operation
            .params
            .get(index)
            .is_some_and(|param| param.location == Location::Body)
    };
    if !is_form
        || !operation.contract.body_required
        || values.iter().any(|(index, _)| is_field(*index))
    {
        return None;
    }
    let mut fields = operation.params.iter().zip(samples).enumerate();
    fields.find_map(|(index, (param, sample))| {
        let is_usable = is_field(index)
            && !matches!(param.ty, Type::List(_))
            && keeps_all(&param.limits, sample)
            && !has_no_sample(&param.ty, sample);
        is_usable.then(|| (index, sample.clone()))
    })
}

/// Whether a value that was made up for a type of the user's is none that the type is known to take.
fn has_no_sample(ty: &Type, sample: &Value) -> bool {
    match ty {
        Type::Custom(custom) => custom.sample.as_ref() != Some(sample),
        Type::Nullable(inner) => has_no_sample(inner, sample),
        Type::List(items) => sample
            .as_array()
            .is_some_and(|values| values.iter().any(|value| has_no_sample(items, value))),
        _ => false,
    }
}

/// Leaves out the request examples of an operation that do not match their schemas, and the one that is made up where it is
/// not needed; returns a note for each of the description's own that is left out.
fn keep_matching(
    operation: &mut Operation,
    compared: Compared,
    written: Vec<RequestExample>,
) -> Vec<Note> {
    let Compared { lost, deviations } = compared;
    let examples = written.into_iter().zip(lost);
    let mut notes = Vec::new();
    operation.request_examples.clear();
    for (example, lost) in examples {
        match (lost, &example.key) {
            (None, _) => operation.request_examples.push(example),
            (Some(at), Some(key)) => notes.push(Note {
                kind: NoteKind::Example,
                pointer: format!("{}/requestBody", operation.pointer),
                message: format!(
                    "the example `{key}` of `{}` does not match its schema at `{at}`; left out",
                    operation.id
                ),
            }),
            (Some(_), None) => {}
        }
    }
    // Mock servers differ on lists in forms, so there is a request without one where the operation allows it.
    let is_enough =
        |one: &RequestExample| one.key.is_some() && !one.has_form_list(&operation.params);
    if operation.request_examples.iter().any(is_enough) {
        operation.request_examples.retain(|one| one.key.is_some());
    }
    for (example, deviations) in operation.response_examples.iter_mut().zip(deviations) {
        example.deviations = deviations;
    }
    notes
}

/// An example, as far as it is known before every type is.
fn example(name: Name, key: Option<&str>, values: Vec<(usize, Value)>) -> RequestExample {
    RequestExample {
        name,
        key: key.map(str::to_owned),
        target: String::new(),
        form: String::new(),
        json: Value::Null,
        values,
    }
}
