//! Where the parts of an API are in the crate.

use super::catalogue::path;
use crate::model::api::{Constructor, Operation, Param};
use crate::model::names::Name;

/// The item that takes a parameter: the setter, the field of the struct of required parameters, or `new`.
pub(super) fn of_param(module: &Name, operation: &Operation, param: &Param) -> String {
    let owner = path((module, &operation.name));
    match (param.required, &operation.constructor) {
        (false, _) => format!("{owner}::{}", param.name),
        (true, Constructor::Named(params)) => format!("{module}::{params}::{}", param.name),
        (true, Constructor::Positional) => format!("{owner}::new"),
    }
}

/// A path template without the names of its parameters, which only the description knows.
pub(super) fn skeleton(path: &str) -> String {
    let mut skeleton = String::new();
    let mut is_name = false;
    for character in path.chars() {
        match character {
            '{' => is_name = true,
            '}' => is_name = false,
            _ if is_name => continue,
            _ => {}
        }
        skeleton.push(character);
    }
    skeleton
}

/// The names of the parameters in a path template, in order.
pub(super) fn names(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}
