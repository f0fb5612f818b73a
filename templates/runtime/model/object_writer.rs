//! Writing JSON objects.

use super::super::decode::Constant;
use super::json_writer::{Encode, JsonWriter};
use std::collections::BTreeMap;

impl JsonWriter {
    /// Starts an object.
    #[inline]
    pub fn object(&mut self) -> ObjectWriter<'_> {
        let tags = std::mem::take(&mut self.tags);
        self.text.push(b'{');
        ObjectWriter::new(self, tags)
    }
}

/// An object that is being written.
#[derive(Debug)]
#[must_use = "the object has to be ended"]
pub struct ObjectWriter<'w> {
    json: &'w mut JsonWriter,
    /// The tags of unions, which are written already.
    tags: Vec<(&'static str, Constant)>,
    is_empty: bool,
    is_next_left_out: bool,
}

impl<'w> ObjectWriter<'w> {
    #[inline]
    pub(super) fn new(json: &'w mut JsonWriter, tags: Vec<(&'static str, Constant)>) -> Self {
        let mut object = Self {
            json,
            tags: Vec::new(),
            is_empty: true,
            is_next_left_out: false,
        };
        for (name, tag) in &tags {
            object.constant(name, *tag);
        }
        object.tags = tags;
        object
    }

    /// Writes the name of a member, unless it is left out; returns whether it was written.
    fn name(&mut self, name: &str) -> bool {
        let is_left_out = std::mem::take(&mut self.is_next_left_out);
        if is_left_out || self.tags.iter().any(|(tag, _)| *tag == name) {
            return false;
        }
        if !self.is_empty {
            self.json.push(b",");
        }
        self.is_empty = false;
        self.json.text(name);
        self.json.push(b":");
        true
    }

    /// Leaves the next member out of requests, because only responses have it.
    #[inline]
    pub fn read_only(&mut self) -> &mut Self {
        self.is_next_left_out = self.json.is_request();
        self
    }

    /// Writes a member that always has the same value.
    pub fn constant(&mut self, name: &str, value: impl Into<Constant>) {
        if self.name(name) {
            self.json.constant(value.into());
        }
    }

    /// Writes a member that is always there.
    pub fn required<T: Encode>(&mut self, name: &str, value: &T) {
        if self.name(name) {
            value.encode(self.json);
        }
    }

    /// Writes a member, unless there is no value.
    #[inline]
    pub fn optional<T: Encode>(&mut self, name: &str, value: &T) {
        if value.is_absent() {
            self.is_next_left_out = false;
        } else {
            self.required(name, value);
        }
    }

    /// Writes a member that is null if there is no value.
    #[inline]
    pub fn nullable<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        self.required(name, value);
    }

    /// Writes additional members.
    pub fn rest<T: Encode>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.required(name, value);
        }
    }

    /// Ends the object.
    #[inline]
    pub fn end(self) {
        self.json.push(b"}");
    }
}
