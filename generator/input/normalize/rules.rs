//! What OpenAPI says of objects whose fields are each as they should be: rules between them.

use super::objects::shown;
use super::schemas::brief;
use super::types::is_of;
use super::{Entries, Walk};
use crate::base::diagnostics::Diagnostic;
use crate::base::path_template::template_params;
use crate::base::pointer::Pointer;
use crate::base::regular_expression;
use crate::base::suggestions::nearest;
use regex_syntax::ast::ErrorKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The limits that come in pairs, the least and the most.
const RANGES: [[&str; 2]; 4] = [
    ["minLength", "maxLength"],
    ["minItems", "maxItems"],
    ["minProperties", "maxProperties"],
    ["minimum", "maximum"],
];

impl Walk<'_> {
    pub(super) fn check_schema_rules(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let (mut ranges, mut is_read_only, mut is_write_only) = (false, false, false);
        for (key, value) in &*entries {
            match (key.as_str(), value) {
                ("pattern", Value::String(pattern)) => self.check_pattern(pattern, at),
                ("readOnly", Value::Bool(flag)) => is_read_only = *flag,
                ("writeOnly", Value::Bool(flag)) => is_write_only = *flag,
                _ => ranges |= RANGES.iter().any(|[least, _]| key == least),
            }
        }
        self.check_default(entries, at);
        if is_read_only && is_write_only {
            let message = "`readOnly` and `writeOnly` exclude each other; both ignored";
            self.fixed(&at.key("writeOnly"), message);
            entries.shift_remove("readOnly");
            entries.shift_remove("writeOnly");
        }
        if ranges {
            self.check_ranges(entries, at);
        }
        let is_list = entries.get("type").and_then(Value::as_str) == Some("array");
        // Another part of the whole may have them.
        let is_part = |at: &Pointer<'_>| at.to_string().rsplit('/').nth(1) == Some("allOf");
        let lacks_items = !entries.contains_key("items") && !entries.contains_key("allOf");
        if is_list && !self.is_modern && lacks_items && !is_part(at) {
            let message = "missing `items` in an array; treated as a list of any values";
            self.fixed(at, message);
        }
    }

    fn check_pattern(&mut self, pattern: &str, at: &Pointer<'_>) {
        if self.patterns.contains(pattern) {
            return;
        }
        if let Some(reason) = pattern_fault(pattern) {
            let message = format!(
                "{} is no regular expression, {reason}: values are not checked",
                brief(&Value::from(pattern))
            );
            let pointer = at.key("pattern").to_string();
            self.findings
                .push(Diagnostic::warning("invalid-pattern", pointer, message));
        } else {
            self.patterns.insert(pattern.to_owned());
        }
    }

    fn check_default(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let is_text = entries.get("type").and_then(Value::as_str) == Some("string");
        if let Some(default @ (Value::Bool(_) | Value::Number(_))) = entries.get_mut("default")
            && is_text
        {
            let at = at.key("default");
            *default = self.as_text(default, &at);
            self.fixed(&at, "expected a string; treated as one");
        }
        let Some(default) = entries.get("default").filter(|value| !value.is_null()) else {
            return;
        };
        let typ = entries.get("type").and_then(Value::as_str);
        let values = entries.get("enum").and_then(Value::as_array);
        match (typ, values) {
            (Some(typ), _) if !is_of(default, typ) => {
                let message = format!("the default is {}, and the type is `{typ}`", brief(default));
                let pointer = at.key("default").to_string();
                self.findings
                    .push(Diagnostic::warning("invalid-default", pointer, message));
            }
            (_, Some(values)) if !values.contains(default) => {
                self.default_outside_the_enum(default, values, at);
            }
            _ => {}
        }
    }

    /// What is out of every range would be refused before it is sent.
    fn check_ranges(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        for [least, most] in RANGES {
            let number = |key| entries.get(key).and_then(Value::as_f64);
            if let (Some(low), Some(high)) = (number(least), number(most))
                && low > high
            {
                let message = format!(
                    "`{least}` is {low}, and `{most}` is {high}, so that no value is valid; both ignored"
                );
                let pointer = at.key(most).to_string();
                self.findings
                    .push(Diagnostic::warning("invalid-range", pointer, message));
                for key in [least, most] {
                    entries.shift_remove(key);
                }
            }
        }
    }

    /// A parameter in the path is always required (OpenAPI 3.0, 4.7.12.1).
    pub(super) fn check_required(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        match entries.get("required") {
            Some(Value::Bool(true)) => return,
            Some(_) => self.fixed(
                &at.key("required"),
                "a parameter in the path is always required; treated as required",
            ),
            None => self.fixed(
                at,
                "missing `required: true` in a parameter of the path; treated as required",
            ),
        }
        entries.insert("required".to_owned(), Value::Bool(true));
    }

    /// Parameters of one list are told apart by name and place (OpenAPI 3.0, 4.7.10.1); the first of two is used.
    pub(super) fn check_parameters(&mut self, entries: &Entries, at: &Pointer<'_>) {
        let Some(Value::Array(parameters)) = entries.get("parameters") else {
            return;
        };
        let mut seen = BTreeSet::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let text = |key| parameter.get(key).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            // The names of headers have no case (RFC 9110, section 5.1).
            let name_of = match location {
                "header" => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            };
            if !seen.insert((name_of, location)) {
                let message = format!("repeated parameter `{name}` in `{location}`; ignored");
                let pointer = at.key("parameters").index(index).key("name").to_string();
                self.findings
                    .push(Diagnostic::warning("duplicate-parameter", pointer, message));
            }
        }
    }

    pub(super) fn check_requirement(&mut self, entries: &Entries, at: &Pointer<'_>) {
        for name in entries.keys() {
            if self.schemes.contains(name) || name.starts_with("x-") {
                continue;
            }
            let message = format!("there is no security scheme `{name}`");
            let help = match nearest(name, self.schemes.iter().map(String::as_str)) {
                Some(other) => format!("did you mean `{other}`?"),
                None => "add it to `components/securitySchemes`".to_owned(),
            };
            let pointer = at.key(name).to_string();
            let diagnostic = Diagnostic::warning("unknown-security-scheme", pointer, message);
            self.findings.push(diagnostic.on_key().help(help));
        }
    }

    pub(super) fn check_server(&mut self, entries: &Entries, at: &Pointer<'_>) {
        let Some(Value::String(url)) = entries.get("url") else {
            return;
        };
        let described = entries.get("variables").and_then(Value::as_object);
        for name in template_params(url) {
            if !described.is_some_and(|variables| variables.contains_key(name)) {
                let message =
                    format!("the URL has `{{{name}}}`, which `variables` does not describe");
                let pointer = at.key("url").to_string();
                let diagnostic = Diagnostic::warning("unknown-server-variable", pointer, message);
                self.findings.push(diagnostic.help(format!(
                    "add `variables: {{{name}: {{default: …}}}}` beside it"
                )));
            }
        }
        let at = at.key("variables");
        for (name, variable) in described.into_iter().flatten() {
            self.check_server_default(variable, &at.key(name));
        }
    }

    /// The default of a server variable is one of its values (OpenAPI 3.1, 4.8.6.1).
    fn check_server_default(&mut self, variable: &Value, at: &Pointer<'_>) {
        let values = variable.get("enum").and_then(Value::as_array);
        if let (Some(default), Some(values)) = (variable.get("default"), values)
            && !values.is_empty()
            && !values.contains(default)
        {
            self.default_outside_the_enum(default, values, at);
        }
    }

    fn default_outside_the_enum(&mut self, default: &Value, values: &[Value], at: &Pointer<'_>) {
        let message = format!("the default {} is not in the `enum`", brief(default));
        let listed: Vec<String> = values.iter().take(8).map(shown).collect();
        let pointer = at.key("default").to_string();
        let diagnostic = Diagnostic::warning("invalid-default", pointer, message);
        self.findings
            .push(diagnostic.help(format!("the values are {}", listed.join(", "))));
    }

    pub(super) fn check_paths(&mut self, entries: &Entries, at: &Pointer<'_>) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for path in entries.keys().filter(|path| path.starts_with('/')) {
            let (form, faults) = template(path);
            for message in faults {
                let pointer = at.key(path).to_string();
                let diagnostic = Diagnostic::warning("path-template", pointer, message);
                self.findings.push(diagnostic.on_key());
            }
            if let Some(other) = seen.insert(form, path) {
                let message = format!(
                    "this path is `{other}` with other names, and a server cannot tell them apart"
                );
                let diagnostic =
                    Diagnostic::warning("duplicate-path", at.key(path).to_string(), message);
                self.findings.push(
                    diagnostic
                        .on_key()
                        .help("put the operations under one of them"),
                );
            }
        }
    }
}

pub(super) fn security_schemes(document: &Value) -> BTreeSet<String> {
    let schemes = document.pointer("/components/securitySchemes");
    let names = schemes
        .and_then(Value::as_object)
        .map(|schemes| schemes.keys());
    names.into_iter().flatten().cloned().collect()
}

/// A path with the names of its parameters left out, and what is wrong with its braces.
fn template(path: &str) -> (String, Vec<String>) {
    let (mut form, mut faults, mut names) = (String::new(), Vec::new(), BTreeSet::new());
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        form.push_str(&rest[..at]);
        let Some((name, after)) = rest[at..]
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        else {
            let brace = &rest[at..=at];
            faults.push(format!("the `{brace}` has no partner; treated as text"));
            form.push_str(brace);
            rest = &rest[at + 1..];
            continue;
        };
        if name.is_empty() {
            faults.push("a parameter has no name between its braces".to_owned());
        } else if !names.insert(name) {
            faults.push(format!("the parameter `{name}` is in the path twice"));
        }
        form.push_str("{}");
        rest = after;
    }
    form.push_str(rest);
    (form, faults)
}

/// Why a text is a pattern in no dialect; what only other dialects have is not for this parser to judge.
fn pattern_fault(pattern: &str) -> Option<&'static str> {
    let error = regular_expression::parse(pattern).err()?;
    Some(match error.kind() {
        ErrorKind::GroupUnclosed => "for a parenthesis is not closed",
        ErrorKind::GroupUnopened => "for a parenthesis is closed that was not opened",
        ErrorKind::ClassUnclosed => "for a bracket is not closed",
        ErrorKind::ClassRangeInvalid => "for a range ends before it begins",
        ErrorKind::EscapeUnexpectedEof => "for it ends in a backslash",
        ErrorKind::RepetitionMissing => "for there is nothing to repeat",
        ErrorKind::RepetitionCountInvalid => "for it repeats at least more often than at most",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{pattern_fault, template};

    #[test]
    fn patterns() {
        for fine in [
            "^CH[0-9a-f]{32}$",
            "(?!a)b",
            "[[]",
            "[\\]]",
            "a{,5}",
            "\\p{L}",
            "",
        ] {
            assert_eq!(pattern_fault(fine), None, "{fine}");
        }
        for wrong in ["(", ")", "[a", "[z-a]", "*a", "a\\", "a{3,1}"] {
            assert!(pattern_fault(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn templates() {
        assert_eq!(template("/a/{b}.{c}"), ("/a/{}.{}".to_owned(), Vec::new()));
        for path in ["/{a", "/a}", "/{}", "/{a}/{a}"] {
            assert_eq!(template(path).1.len(), 1, "{path}");
        }
    }
}
