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
        (Some(_), None) => {
            let class = (Wire::BreaksResponses, Rust::Major);
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
            } = new;
            // What the records are is compared as the response that they are in.
            let is_list = old.format == StreamFormat::List && *format == StreamFormat::List;
            if is_list && old.records == *records {
                return;
            }
            if let Some(class) = type_change(pair.ctx, (&old.event, event), Direction::RESPONSE) {
                let what = format!("events: {}", in_words(&old.event, event));
                add(ChangeCode::StreamEventChanged, class, what);
            }
            let is_decoded_alike = old.format == *format
                && old.content == *content
                && old.ends == *ends
                && old.records == *records;
            let is_asked_for_alike = old.accept == *accept && old.switch == *switch;
            if !is_decoded_alike || !is_asked_for_alike {
                let wire = Wire::breaking(!is_asked_for_alike, !is_decoded_alike);
                let what = "events are requested or separated in another way".to_owned();
                add(ChangeCode::StreamChanged, (wire, Rust::Patch), what);
            }
        }
    }
}
