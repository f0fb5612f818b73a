//! Swagger 2.0 to OpenAPI 3.0, in place, before references are followed. What was moved is remembered, so that messages
//! name the places of the original.
//!
//! A key that Swagger 2.0 does not have stays where it is, and is reported by the stage that checks the structure.

mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;

use super::source_map::{Origin, StageMap};
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::note::{Note, NoteKind};
use crate::base::pointer::escape;
use serde_json::{Map, Value, json};

/// An object of the description.
type Entries = Map<String, Value>;

/// What a conversion found.
#[derive(Debug)]
pub(super) struct Converted {
    pub stage_map: StageMap,
    pub notes: Vec<Note>,
    /// What is not allowed, at the places of the result.
    pub diagnostics: Diagnostics,
}

/// Makes a Swagger 2.0 document one of OpenAPI 3.0.
pub(super) fn convert(document: &mut Value) -> Converted {
    let mut converter = Converter {
        stage_map: StageMap::default(),
        notes: Vec::new(),
        diagnostics: Diagnostics::new(),
        parameters: shared(document, "parameters"),
        consumes: media_types(document.get("consumes")),
        produces: media_types(document.get("produces")),
    };
    if let Value::Object(entries) = document {
        converter.document(entries);
    }
    Converted {
        stage_map: converter.stage_map,
        notes: converter.notes,
        diagnostics: converter.diagnostics,
    }
}

struct Converter {
    stage_map: StageMap,
    notes: Vec<Note>,
    diagnostics: Diagnostics,
    /// The parameters that operations refer to, by name.
    parameters: Entries,
    /// The media types of requests and responses of operations that name none.
    consumes: Option<Vec<String>>,
    produces: Option<Vec<String>>,
}

/// A place in the original, and where it will be.
#[derive(Debug, Clone)]
struct Site {
    from: String,
    to: String,
}

impl Site {
    fn new(from: &str, to: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    fn key(&self, key: &str) -> Self {
        let key = escape(key);
        Self {
            from: format!("{}/{key}", self.from),
            to: format!("{}/{key}", self.to),
        }
    }

    /// The same place, moved to another below the new one.
    fn at(&self, to: &str) -> Self {
        Self {
            from: self.from.clone(),
            to: to.to_owned(),
        }
    }
}

impl Converter {
    fn document(&mut self, entries: &mut Entries) {
        entries.shift_remove("swagger");
        entries.shift_remove("consumes");
        entries.shift_remove("produces");
        let mut document = Entries::new();
        document.insert("openapi".to_owned(), json!("3.0.3"));
        self.moved("/openapi", "/swagger");
        let servers = self.servers(entries);
        if !servers.is_empty() {
            document.insert("servers".to_owned(), Value::Array(servers));
        }
        if let Some(paths) = entries.get_mut("paths").and_then(Value::as_object_mut) {
            for (path, item) in paths {
                if let (true, Value::Object(item)) = (!path.starts_with("x-"), item) {
                    let at = format!("/paths/{}", escape(path));
                    self.path_item(item, &Site::new(&at, &at));
                }
            }
        }
        let components = self.components(entries);
        document.append(entries);
        if !components.is_empty() {
            document.insert("components".to_owned(), Value::Object(components));
        }
        *entries = document;
    }

    fn components(&mut self, entries: &mut Entries) -> Entries {
        let mut components = Entries::new();
        if let Some(mut definitions) = entries.shift_remove("definitions") {
            let site = Site::new("/definitions", "/components/schemas");
            self.moved(&site.to, &site.from);
            if let Value::Object(definitions) = &mut definitions {
                for (name, schema) in definitions {
                    self.schema(schema, &site.key(name));
                }
            }
            components.insert("schemas".to_owned(), definitions);
        }
        if let Some(Value::Object(parameters)) = entries.shift_remove("parameters") {
            let site = Site::new("/parameters", "/components/parameters");
            self.moved(&site.to, &site.from);
            let shared = self.shared_parameters(parameters, &site);
            components.insert("parameters".to_owned(), Value::Object(shared));
        }
        if let Some(mut responses) = entries.shift_remove("responses") {
            let site = Site::new("/responses", "/components/responses");
            self.moved(&site.to, &site.from);
            if let Value::Object(responses) = &mut responses {
                let produces = self.produces.clone();
                for (name, response) in responses {
                    self.response(response, &site.key(name), produces.as_deref());
                }
            }
            components.insert("responses".to_owned(), responses);
        }
        if let Some(mut schemes) = entries.shift_remove("securityDefinitions") {
            let site = Site::new("/securityDefinitions", "/components/securitySchemes");
            self.moved(&site.to, &site.from);
            if let Value::Object(schemes) = &mut schemes {
                for (name, scheme) in schemes {
                    self.security_scheme(scheme, &site.key(name));
                }
            }
            components.insert("securitySchemes".to_owned(), schemes);
        }
        components
    }

    /// A server for each scheme, HTTPS first; relative where no host is named.
    fn servers(&mut self, entries: &mut Entries) -> Vec<Value> {
        let mut text = |key: &str| match entries.shift_remove(key) {
            Some(Value::String(text)) => Some(text),
            Some(_) | None => None,
        };
        let (host, base_path) = (text("host"), text("basePath"));
        let has_schemes = entries.contains_key("schemes");
        let mut schemes = schemes_of(entries);
        let host = host.map(|host| self.host(host)).map(|(scheme, host)| {
            if let Some(scheme) = scheme.filter(|_| !has_schemes) {
                schemes = vec![scheme];
            }
            host
        });
        let path = base_path.as_deref().unwrap_or_default();
        let path = match path.trim_matches('/') {
            "" => String::new(),
            path => format!("/{path}"),
        };
        let urls = match host {
            Some(host) => {
                self.moved("/servers", "/host");
                let urls = schemes.iter();
                urls.map(|scheme| format!("{scheme}://{host}{path}"))
                    .collect()
            }
            None if path.is_empty() => Vec::new(),
            None => {
                self.moved("/servers", "/basePath");
                vec![path]
            }
        };
        let servers = urls.into_iter();
        servers.map(|url: String| json!({ "url": url })).collect()
    }

    /// Returns a host without a scheme and slashes at its ends, and the scheme that some descriptions have there.
    fn host(&mut self, host: String) -> (Option<String>, String) {
        let (scheme, rest) = match host.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, host.as_str()),
        };
        let rest = rest.trim_matches('/');
        if rest == host {
            return (None, host);
        }
        let message = format!("`{host}` is more than a host; treated as `{rest}`");
        self.fixed("/servers", &message);
        let scheme = scheme.filter(|scheme| matches!(scheme.as_str(), "http" | "https"));
        (scheme, rest.to_owned())
    }

    /// A warning: this is not allowed, and read as it is meant.
    fn fixed(&mut self, to: &str, message: &str) {
        self.diagnostics
            .push(Diagnostic::warning("fixed", to, message));
    }

    fn moved(&mut self, to: &str, from: &str) {
        self.stage_map.record(to.to_owned(), Origin::root(from));
    }

    fn note(&mut self, site: &Site, message: impl Into<String>) {
        self.notes.push(Note {
            kind: NoteKind::Generalised,
            pointer: site.to.clone(),
            message: message.into(),
        });
    }
}

/// Takes the schemes that a client of HTTP can use, HTTPS first.
fn schemes_of(entries: &mut Entries) -> Vec<String> {
    let listed = entries.shift_remove("schemes");
    let listed = listed.as_ref().and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_str);
    let mut schemes: Vec<String> = listed
        .filter(|scheme| matches!(*scheme, "http" | "https"))
        .map(str::to_owned)
        .collect();
    if schemes.is_empty() {
        schemes.push("https".to_owned());
    }
    schemes.sort_by_key(|scheme| scheme != "https");
    schemes
}

/// A list of media types; none where nothing is stated.
fn media_types(value: Option<&Value>) -> Option<Vec<String>> {
    let listed = value?.as_array()?.iter().filter_map(Value::as_str);
    Some(listed.map(str::to_owned).collect())
}

fn shared(document: &Value, section: &str) -> Entries {
    match document.get(section) {
        Some(Value::Object(entries)) => entries.clone(),
        Some(_) | None => Entries::new(),
    }
}

/// What references to shared objects begin with, and what stands for it.
pub(super) const REFERENCES: [(&str, &str); 3] = [
    ("#/definitions/", "#/components/schemas/"),
    ("#/parameters/", "#/components/parameters/"),
    ("#/responses/", "#/components/responses/"),
];

/// Rewrites a reference to a shared object.
fn rewrite(reference: &mut String) {
    let found = REFERENCES
        .into_iter()
        .find_map(|(old, new)| Some((new, reference.strip_prefix(old)?)));
    if let Some((new, name)) = found {
        *reference = format!("{new}{name}");
    }
}

/// Rewrites the `$ref` of an object; returns whether it has one.
fn rewrite_reference(entries: &mut Entries) -> bool {
    match entries.get_mut("$ref") {
        Some(Value::String(reference)) => {
            rewrite(reference);
            true
        }
        Some(_) | None => false,
    }
}
