//! A configuration against the keys that there are: what is wrong with it, each with its place.

use super::keys::{EXAMPLE, Key, SPEC, Shape};
use crate::base::diagnostics::Diagnostic;
use crate::base::suggestions::nearest;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong at a place of the text.
pub(super) type Fault = (Range<usize>, Diagnostic);

/// Checks a table against its keys; `whole` is where it is, and `path` its name in messages.
pub(super) fn check_table(
    table: &DeTable<'_>,
    keys: &[Key],
    path: &str,
    whole: &Range<usize>,
    faults: &mut Vec<Fault>,
) {
    for (name, value) in table {
        match keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
            Some(key) => {
                let path = joined(path, key.name);
                check_value(value, key.value, &path, faults);
            }
            None => faults.push((name.span(), unknown(name.get_ref(), keys, path))),
        }
    }
    for key in keys.iter().filter(|key| key.required) {
        if !table.contains_key(key.name) {
            let message = match path {
                "" => format!("there is no `[[{}]]` in it", key.name),
                path => format!("missing key `{}` in `[[{path}]]`", key.name),
            };
            faults.push((whole.clone(), fault(message).help(EXAMPLE)));
        }
    }
}

fn check_value(value: &Spanned<DeValue<'_>>, shape: Shape, path: &str, faults: &mut Vec<Fault>) {
    match (shape, value.get_ref()) {
        (Shape::Any, _) | (Shape::Text | Shape::Specs, DeValue::String(_)) => {}
        (Shape::Word(words), DeValue::String(word)) => {
            if !words.contains(&word.as_ref()) {
                let listed = words.join("` or `");
                let message = format!("expected `{listed}` for `{path}`, found `{word}`");
                faults.push((value.span(), fault(message)));
            }
        }
        (Shape::Texts, DeValue::Array(items)) => {
            for item in items {
                check_value(item, Shape::Text, path, faults);
            }
        }
        (Shape::Specs, DeValue::Array(items)) => {
            for item in items {
                check_value(item, Shape::Specs, path, faults);
            }
        }
        (Shape::Specs, DeValue::Table(table)) => {
            check_table(table, SPEC, path, &value.span(), faults);
        }
        (Shape::Table(keys), DeValue::Table(table)) => {
            check_table(table, keys, path, &value.span(), faults);
        }
        (Shape::Tables(keys), DeValue::Array(items)) => {
            for item in items {
                match item.get_ref() {
                    DeValue::Table(table) => {
                        check_table(table, keys, path, &item.span(), faults);
                    }
                    _ => faults.push((item.span(), unexpected("a table", item, path))),
                }
            }
        }
        (Shape::Tables(_), DeValue::Table(_)) => {
            let message = format!("expected `[[{path}]]`, found `[{path}]`");
            let help = format!("write `[[{path}]]`: each is one of a list");
            faults.push((value.span(), fault(message).help(help)));
        }
        (Shape::Map(inner), DeValue::Table(table)) => {
            for (name, value) in table {
                let path = joined(path, name.get_ref());
                check_value(value, *inner, &path, faults);
            }
        }
        (shape, _) => faults.push((value.span(), unexpected(expected(shape), value, path))),
    }
}

fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "a value",
        Shape::Text | Shape::Word(_) => "a string",
        Shape::Texts => "a list of strings",
        Shape::Specs => "a path, a table with a path, or a list of them",
        Shape::Table(_) | Shape::Map(_) => "a table",
        Shape::Tables(_) => "a list of tables",
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn unknown(name: &str, keys: &[Key], path: &str) -> Diagnostic {
    let place = if path.is_empty() {
        "a configuration".to_owned()
    } else {
        format!("`{path}`")
    };
    let unknown = fault(format!("unknown key `{name}` in {place}"));
    match nearest(name, keys.iter().map(|key| key.name)) {
        Some(near) => unknown.help(format!("did you mean `{near}`?")),
        None => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            unknown.help(format!("the keys are `{}`", names.join("`, `")))
        }
    }
}

fn unexpected(what: &str, value: &Spanned<DeValue<'_>>, path: &str) -> Diagnostic {
    let found = match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    fault(format!("expected {what} for `{path}`, found {found}"))
}

fn fault(message: String) -> Diagnostic {
    Diagnostic::failure("config", message)
}
