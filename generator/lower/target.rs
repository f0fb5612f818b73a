//! The path template of an operation as it is sent.

use super::raw::Raw;
use crate::base::path_template::{name_in_expression, path_and_query};
use crate::model::api::{ConstantParam, Location};
use crate::model::wire;

/// Returns the template: without a fragment, with what cannot be in a URL escaped, with the values of constants, and
/// without what a query parameter says as well.
pub(super) fn target(path: &str, declared: &[Raw<'_>], constants: &[ConstantParam]) -> String {
    let (path, query) = path_and_query(path);
    let mut target = filled(path, declared, constants, wire::literal_path);
    let mut pairs: Vec<String> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if !is_parameter(pair, declared) {
            pairs.push(filled(pair, declared, constants, wire::literal_query));
        }
    }
    for ConstantParam {
        wire: name,
        location,
        value,
        pointer: _,
    } in constants
    {
        if *location == Location::Query {
            pairs.push(format!(
                "{}={}",
                wire::segment(name),
                wire::segment(&value.to_string())
            ));
        }
    }
    for (index, pair) in pairs.iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        target.push_str(pair);
    }
    target
}

/// Whether a pair of the query stands for a query parameter: `{name}`, `name={name}` or `name`.
fn is_parameter(pair: &str, declared: &[Raw<'_>]) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, pair));
    let mut declared = declared
        .iter()
        .filter(|raw| raw.location == Location::Query);
    declared.any(|raw| {
        let braces = format!("{{{}}}", raw.wire);
        value == braces || (name == raw.wire && value.is_empty())
    })
}

/// Fills in the constants, and escapes what is no parameter.
fn filled(
    template: &str,
    declared: &[Raw<'_>],
    constants: &[ConstantParam],
    escape: fn(&str) -> String,
) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((name, after)) = from.split_once('}') else {
            break;
        };
        text.push_str(&escape(before));
        let name = if declared.iter().any(|raw| raw.wire == name) {
            name
        } else {
            name_in_expression(name).0
        };
        let mut of_path = constants
            .iter()
            .filter(|one| one.location == Location::Path);
        match of_path.find(|one| one.wire == name) {
            Some(constant) => text.push_str(&wire::segment(&constant.value.to_string())),
            None => text.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    text.push_str(&escape(rest));
    text
}
