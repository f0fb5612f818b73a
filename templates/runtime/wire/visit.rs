//! Going through values by what they are as JSON.

use super::super::decode::{Node, Undecodable, decode_with};
use super::super::model::{Encode, JsonWriter};
use bytes::Bytes;
use std::cell::RefCell;

/// Hands on a value as JSON, or returns why it cannot be written.
pub(super) fn visit_value<T: Encode>(
    value: &T,
    visit: &mut dyn FnMut(Node<'_>),
) -> Result<(), String> {
    let mut json = JsonWriter::for_request();
    value.encode(&mut json);
    let text = json.finish().map_err(|error| error.to_string());
    let visited = text.and_then(|text| visit_json(text, visit).map_err(|error| error.to_string()));
    visited.map_err(|reason| format!("cannot be written: {reason}"))
}

/// Hands on the value of a JSON text.
pub(super) fn visit_json(
    text: Vec<u8>,
    visit: &mut dyn FnMut(Node<'_>),
) -> Result<(), Undecodable> {
    // It is called once for a text that is not empty.
    let visit = RefCell::new(visit);
    let visited = decode_with(&Bytes::from(text), |node| {
        (visit.borrow_mut())(node);
        Ok(())
    });
    visited.map(drop)
}
