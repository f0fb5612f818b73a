//! Responses that are read event by event, or record by record.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::Collector;
use super::operation::Pair;
use super::types::{in_words, type_change};
use crate::model::api::{StreamFormat, Streaming};

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let subject = pair.subject();
    let mut add = |code, class, what: String| out.add(code, &subject, class, pair.at(), what);
    match (&pair.old.streaming, &pair.new.streaming) {
        (None, None) => {}
        (None, Some(_)) => {
            let class = (Wire::Compatible, Rust::Minor);
            add(ChangeCode::StreamAdded, class, "can be streamed".to_owned());
        }
        (Some(old), None) => {
            let class = (seen(old, Wire::BreaksResponses), Rust::Major);
            let what = "can no longer be streamed".to_owned();
            add(ChangeCode::StreamRemoved, class, what);
        }
        (Some(old), Some(new)) => {
            let Streaming {
                format,
                accept,
                event,
                content,
                ends,
                switch,
                records,
                may_be_absent: _, // Compared as the response that the list is in.
            } = new;
            if [old.format, *format].contains(&StreamFormat::List) {
                if old.format != *format || old.records != *records {
                    let what = format!("{} are streamed instead of {}", parts(new), parts(old));
                    add(
                        ChangeCode::StreamChanged,
                        (Wire::Unseen, rust(pair, old, new)),
                        what,
                    );
                }
                return;
            }
            if let Some(class) = type_change(pair.ctx, (&old.event, event), Direction::RESPONSE) {
                let what = format!("events: {}", in_words(&old.event, event));
                add(ChangeCode::StreamEventChanged, class, what);
            }
            let is_decoded_alike =
                old.format == *format && old.content == *content && old.ends == *ends;
            let is_asked_for_alike = old.accept == *accept && old.switch == *switch;
            if !is_decoded_alike || !is_asked_for_alike {
                let wire = Wire::breaking(!is_asked_for_alike, !is_decoded_alike);
                let what = "events are requested or separated in another way".to_owned();
                add(ChangeCode::StreamChanged, (wire, Rust::Patch), what);
            }
        }
    }
}

/// A list is streamed by the client alone: what changes on the wire is a change of the response.
fn seen(streaming: &Streaming, wire: Wire) -> Wire {
    if streaming.format == StreamFormat::List {
        Wire::Unseen
    } else {
        wire
    }
}

/// What callers get has another type, or is only elsewhere.
fn rust(pair: &Pair<'_, '_>, old: &Streaming, new: &Streaming) -> Rust {
    let change = type_change(pair.ctx, (&old.event, &new.event), Direction::RESPONSE);
    change.map_or(Rust::Patch, |(_, rust)| rust)
}

/// What is streamed, in words.
fn parts(streaming: &Streaming) -> String {
    match (streaming.format, streaming.records.as_slice()) {
        (StreamFormat::List, []) => "the records of the body".to_owned(),
        (StreamFormat::List, names) => format!("the records at `{}`", names.join(".")),
        _ => "events".to_owned(),
    }
}
