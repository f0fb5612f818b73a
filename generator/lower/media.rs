//! Media types: what each that a response offers is read as, and which are asked for.

use super::schemas::{Kind, Scalar, Schemas, Use};
use crate::model::api::{Reading, StreamFormat};
use indexmap::IndexMap;
use openapiv3::MediaType;
use serde_json::Value;

/// A media type that a response may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer<'d> {
    pub name: &'d str,
    pub content: &'d MediaType,
}

/// Media types that are read into one and the same type.
#[derive(Debug, Clone)]
pub(super) struct Representation<'d> {
    pub reading: Reading,
    /// The preferred one first.
    pub offers: Vec<Offer<'d>>,
}

/// What a response offers.
#[derive(Debug, Default)]
pub(super) struct Offers<'d> {
    /// What can be read as a whole, the preferred representation first.
    pub whole: Vec<Representation<'d>>,
    /// What can be read event by event.
    pub streams: Vec<(StreamFormat, Offer<'d>)>,
    /// Other encodings of what is offered as JSON, which are not asked for.
    pub dropped: Vec<&'d str>,
}

impl<'d> Offers<'d> {
    pub fn of(content: &'d IndexMap<String, MediaType>, schemas: &Schemas<'d>, at: &str) -> Self {
        let mut offers = Self::default();
        let mut json: Vec<Offer<'d>> = Vec::new();
        let mut others: Vec<(Reading, Offer<'d>)> = Vec::new();
        for (name, content) in content {
            let offer = Offer { name, content };
            if let Some(format) = stream_format(name) {
                offers.streams.push((format, offer));
                continue;
            }
            match reading_of(&offer, schemas, at) {
                Reading::Json => json.push(offer),
                reading => others.push((reading, offer)),
            }
        }
        json.sort_by_key(|offer| essence(offer.name) != "application/json");
        // Where bytes are offered, JSON that is no more than a string is how a generator of descriptions writes them.
        let has_bytes = others.iter().any(|(reading, _)| *reading == Reading::Bytes);
        if has_bytes && json.iter().all(|offer| is_bare_text(offer, schemas, at)) {
            offers
                .dropped
                .extend(json.drain(..).map(|offer| offer.name));
        }
        let is_other_encoding = |offer: &Offer<'d>| {
            json.iter().any(|known| {
                is_encoding(&essence(offer.name))
                    || (offer.content.schema.is_some()
                        && known.content.schema == offer.content.schema)
            })
        };
        others.retain(|(_, offer)| {
            let is_dropped = is_other_encoding(offer);
            offers.dropped.extend(is_dropped.then_some(offer.name));
            !is_dropped
        });
        offers.whole = by_schema(json);
        for reading in [Reading::Text, Reading::Bytes] {
            let same = others.iter().filter(|(other, _)| *other == reading);
            let same: Vec<Offer<'d>> = same.map(|(_, offer)| *offer).collect();
            if !same.is_empty() {
                offers.whole.push(Representation {
                    reading,
                    offers: same,
                });
            }
        }
        if offers.whole.is_empty() {
            // Without another representation, a caller who does not stream gets the text of the stream.
            let whole = offers.streams.iter().map(|(_, offer)| *offer);
            offers
                .whole
                .extend(whole.take(1).map(|offer| Representation {
                    reading: Reading::Text,
                    offers: vec![offer],
                }));
        }
        offers
    }
}

/// JSON of one schema is one representation; a media type without a schema is taken for the preferred one.
fn by_schema(json: Vec<Offer<'_>>) -> Vec<Representation<'_>> {
    let mut representations: Vec<Representation<'_>> = Vec::new();
    for offer in json {
        let is_like = |known: &&mut Representation<'_>| {
            let schema = known.offers.first().map(|known| &known.content.schema);
            offer.content.schema.is_none() || schema == Some(&offer.content.schema)
        };
        match representations.iter_mut().find(is_like) {
            Some(known) => known.offers.push(offer),
            None => representations.push(Representation {
                reading: Reading::Json,
                offers: vec![offer],
            }),
        }
    }
    representations
}

/// JSON is decoded and text is text unless it is markup; what is described as binary, and everything else, is bytes. A media type that
/// may be any is taken for JSON where a schema says what that holds.
fn reading_of<'d>(offer: &Offer<'d>, schemas: &Schemas<'d>, at: &str) -> Reading {
    let essence = essence(offer.name);
    let is_any = matches!(essence.as_str(), "*/*" | "*" | "application/*");
    let is_binary = || scalar_of(offer, schemas, at) == Some(Scalar::Binary);
    let may_be_json = is_json(&essence) || (is_any && offer.content.schema.is_some());
    if may_be_json && !is_binary() {
        Reading::Json
    } else if essence.starts_with("text/") && !essence.ends_with("xml") && !is_binary() {
        Reading::Text
    } else {
        Reading::Bytes
    }
}

/// Returns how the events of a media type are separated, where it is one of events.
pub(super) fn stream_format(media_type: &str) -> Option<StreamFormat> {
    let essence = essence(media_type);
    match essence.as_str() {
        "text/event-stream" => Some(StreamFormat::EventStream),
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/json-l"
        | "application/stream+json"
        | "application/x-json-stream"
        | "text/x-ndjson"
        | "text/jsonl" => Some(StreamFormat::JsonLines),
        "application/json-seq" => Some(StreamFormat::JsonSequence),
        other if other.ends_with("+json-seq") => Some(StreamFormat::JsonSequence),
        other if other.ends_with("+jsonl") || other.ends_with("+ndjson") => {
            Some(StreamFormat::JsonLines)
        }
        _ => None,
    }
}

fn scalar_of<'d>(offer: &Offer<'d>, schemas: &Schemas<'d>, at: &str) -> Option<Scalar> {
    let schema = offer.content.schema.as_ref()?;
    let name = crate::base::pointer::escape(offer.name);
    let place = Use::new(schema, format!("{at}/{name}/schema"));
    match schemas.classify(&schemas.resolved(&place))?.kind {
        Kind::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}

fn is_bare_text<'d>(offer: &Offer<'d>, schemas: &Schemas<'d>, at: &str) -> bool {
    offer.content.schema.is_none()
        || matches!(
            scalar_of(offer, schemas, at),
            Some(Scalar::String | Scalar::Binary)
        )
}

/// Whether a media type is another encoding of what JSON encodes.
fn is_encoding(essence: &str) -> bool {
    let subtype = essence.split('/').nth(1).unwrap_or_default();
    let suffix = subtype.rsplit(['+', '-', '.']).next().unwrap_or_default();
    matches!(
        suffix,
        "xml" | "yaml" | "msgpack" | "cbor" | "protobuf" | "urlencoded" | "bson"
    )
}

/// Returns the value of `Accept` for media types in the order of preference (RFC 9110, section 12.5.1).
pub(super) fn accepted<'d>(offers: impl Iterator<Item = (Reading, &'d str)>) -> String {
    let mut accepted: Vec<&str> = Vec::new();
    for (reading, name) in offers {
        let media_type = match reading {
            Reading::Json if name.contains('*') => "application/json",
            _ if is_header_text(name) => name,
            _ => "*/*",
        };
        if !accepted.contains(&media_type) {
            accepted.push(media_type);
        }
    }
    if accepted.is_empty() {
        accepted.push("application/json");
    }
    accepted.join(", ")
}

/// Whether a text is a media type that a header can carry.
pub(super) fn is_header_text(media_type: &str) -> bool {
    media_type.contains('/') && media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type, without its parameters, is JSON (RFC 6839: `+json`).
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Returns the schema of a media type that is at a place.
pub(super) fn schema_of<'d>(media: &'d MediaType, at: &str) -> Option<Use<'d>> {
    let schema = media.schema.as_ref()?;
    Some(Use::new(schema, format!("{at}/schema")))
}

/// The examples of a media type, by name; one without a name is called `example`.
pub(super) fn examples_of(media: &MediaType) -> impl Iterator<Item = (&str, &Value)> {
    let MediaType {
        schema: _,
        example,
        examples,
        encoding: _,
        extensions: _,
    } = media;
    let named = examples
        .iter()
        .filter_map(|(key, example)| Some((key.as_str(), example.as_item()?.value.as_ref()?)));
    named.chain(example.as_ref().map(|value| ("example", value)))
}
