//! Whether what came back is right.

use crate::fault::{Expected, Fault, remove};
use crate::program::Decoded;
use crate::same::difference;
use serde_json::Value;

/// The verdict on a value that was sent through the crate.
pub enum Verdict {
    Right,
    Wrong(String),
}

impl From<Option<String>> for Verdict {
    fn from(problem: Option<String>) -> Self {
        problem.map_or(Self::Right, Self::Wrong)
    }
}

impl Verdict {
    /// A valid value decodes without a deviation and comes back.
    pub fn of_valid(value: &Value, result: &Result<Decoded, String>) -> Self {
        match result {
            Err(error) => Self::Wrong(format!("cannot be decoded: {error}")),
            Ok(decoded) if !decoded.deviations.is_empty() => {
                Self::Wrong(format!("deviates: {}", decoded.listed()))
            }
            Ok(decoded) => {
                let difference = difference(value, &decoded.value, "");
                difference
                    .map(|at| format!("does not come back: {at}"))
                    .into()
            }
        }
    }

    /// A value with a fault has that deviation, and everything else comes back.
    pub fn of_fault(value: &Value, fault: &Fault, result: &Result<Decoded, String>) -> Self {
        let pointer = &fault.pointer;
        let decoded = match (&fault.expected, result) {
            (Expected::Kept, result) => return Self::of_valid(value, result),
            // What is required and cannot be salvaged is an error of the whole, which says where.
            (Expected::Deviation(path), Err(error)) if error.contains(path) => return Self::Right,
            (Expected::Deviation(_) | Expected::Converted(..), Err(error)) => {
                return Self::Wrong(format!(
                    "with a fault at {pointer} cannot be decoded: {error}"
                ));
            }
            (Expected::Deviation(_) | Expected::Converted(..), Ok(decoded)) => decoded,
        };
        let [(path, reason)] = decoded.deviations.as_slice() else {
            let listed = decoded.listed();
            return Self::Wrong(format!("with one fault at {pointer} deviates: [{listed}]"));
        };
        let mut sent = value.clone();
        let back = decoded.value.clone();
        match &fault.expected {
            Expected::Converted(at, converted) => {
                if path != at {
                    return Self::Wrong(format!(
                        "with a fault at {at} deviates at {path}: {reason}"
                    ));
                }
                if let Some(slot) = sent.pointer_mut(pointer) {
                    *slot = converted.clone();
                }
            }
            Expected::Deviation(at) => {
                if path != at && !reason.contains(at) {
                    return Self::Wrong(format!(
                        "with a fault at {at} deviates at {path}: {reason}"
                    ));
                }
                return without(&sent, &back, at_path(value, pointer, path))
                    .map(|at| {
                        format!(
                            "with a fault at {pointer} (deviation at {path}: {reason}) \
                             does not come back: {at}"
                        )
                    })
                    .into();
            }
            Expected::Kept => {}
        }
        let difference = difference(&sent, &back, "");
        difference
            .map(|at| format!("with a fault at {pointer} ({reason}) does not come back: {at}"))
            .into()
    }
}

/// Returns where two values differ, but for what may be lost: any one of these places.
fn without(sent: &Value, back: &Value, lost: Vec<String>) -> Option<String> {
    let mut differences = Vec::new();
    for pointer in lost {
        if pointer.is_empty() {
            return None;
        }
        let (mut sent, mut back) = (sent.clone(), back.clone());
        // An element is left out of its list; a member may be null or empty instead.
        if !is_element(&sent, &pointer) {
            remove(&mut back, &pointer);
        }
        remove(&mut sent, &pointer);
        differences.push(difference(&sent, &back, "")?);
    }
    differences.pop()
}

/// Returns pointers to what may be lost with a deviation at a path: the place itself or what contains it; where a member
/// is missing, which is a deviation of its object, either of them.
fn at_path(value: &Value, pointer: &str, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut place = pointer;
    while at(value, place) != path {
        match place.rsplit_once('/') {
            Some((parent, _)) => place = parent,
            None => break,
        }
    }
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    if value.pointer(pointer).is_none() && place == parent {
        found.push(pointer.to_owned());
    }
    found.push(place.to_owned());
    found
}

/// Writes a pointer as a JSONPath.
fn at(value: &Value, pointer: &str) -> String {
    let mut path = "$".to_owned();
    let mut within = String::new();
    for step in pointer.split('/').skip(1) {
        let is_element = value.pointer(&within).is_some_and(Value::is_array);
        within = format!("{within}/{step}");
        let name = step.replace("~1", "/").replace("~0", "~");
        if is_element {
            path.push_str(&format!("[{name}]"));
        } else {
            path.push_str(&crate::place::step(&name));
        }
    }
    path
}

fn is_element(value: &Value, pointer: &str) -> bool {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    value.pointer(parent).is_some_and(Value::is_array)
}
