//! Security schemes.

use super::{Entries, Walk};
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use serde_json::{Value, json};

impl Walk<'_> {
    /// Swagger 2.0 had a type for Basic authentication, and the flow beside it.
    pub(super) fn prepare_security_scheme(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(Value::String(typ)) = entries.get("type") else {
            return;
        };
        let known = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(typ));
        let scheme = match (known, typ.to_ascii_lowercase().as_str()) {
            (Some("mutualTLS"), _) => {
                self.modern(&at.key("type"), "`mutualTLS`");
                Some("mutualTLS")
            }
            (Some(known), _) if known == typ => None,
            (Some(known), _) => {
                self.fixed(&at.key("type"), format!("treated as `{known}`"));
                entries.insert("type".to_owned(), json!(known));
                None
            }
            (None, scheme @ ("basic" | "bearer" | "digest")) => {
                self.fixed(
                    &at.key("type"),
                    format!("treated as `type: http` with `scheme: {scheme}`"),
                );
                Some(if scheme == "basic" {
                    "basic"
                } else if scheme == "bearer" {
                    "bearer"
                } else {
                    "digest"
                })
            }
            (None, _) => {
                let message = format!("`{typ}` is no type of a security scheme");
                let help =
                    "the types are `apiKey`, `http`, `oauth2`, `openIdConnect` and `mutualTLS`";
                let diagnostic =
                    Diagnostic::error("structure", at.key("type").to_string(), message);
                self.findings.push(diagnostic.help(help));
                None
            }
        };
        if let Some(scheme) = scheme {
            entries.insert("type".to_owned(), json!("http"));
            entries.insert("scheme".to_owned(), json!(scheme));
        }
    }

    pub(super) fn finish_security_scheme(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let typ = entries
            .get("type")
            .and_then(Value::as_str)
            .map(str::to_owned);
        match typ.as_deref() {
            Some("apiKey") => {
                self.scheme_field(entries, "name", at);
                self.scheme_field(entries, "in", at);
                let location = entries.get("in").and_then(Value::as_str);
                if let Some(location) = location
                    && !["query", "header", "cookie"].contains(&location)
                {
                    let message = format!("`{location}` is no place for a key");
                    let diagnostic =
                        Diagnostic::error("structure", at.key("in").to_string(), message);
                    self.findings
                        .push(diagnostic.help("a key is in `query`, `header` or `cookie`"));
                }
            }
            Some("http") => self.scheme_field(entries, "scheme", at),
            Some("oauth2") => self.finish_flows(entries, at),
            Some("openIdConnect") => {
                if !entries.contains_key("openIdConnectUrl") {
                    self.fixed(at, "`openIdConnectUrl` is missing; treated as empty");
                    entries.insert("openIdConnectUrl".to_owned(), json!(""));
                }
            }
            Some(_) => {}
            None => self.wrong(at, "missing `type` in the security scheme"),
        }
    }

    fn scheme_field(&mut self, entries: &Entries, field: &str, at: &Pointer<'_>) {
        if !entries.contains_key(field) {
            self.wrong(
                at,
                format!("missing `{field}` in a security scheme of this type"),
            );
        }
    }

    fn finish_flows(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        if !entries.contains_key("flows") {
            self.fixed(
                at,
                "`flows` is missing: no token can be fetched for this scheme",
            );
        }
        let flows = entries.entry("flows").or_insert_with(|| json!({}));
        let Value::Object(flows) = flows else { return };
        for (name, flow) in flows.iter_mut() {
            let urls: &[&str] = match name.as_str() {
                "implicit" => &["authorizationUrl"],
                "authorizationCode" => &["authorizationUrl", "tokenUrl"],
                _ => &["tokenUrl"],
            };
            let Value::Object(flow) = flow else { continue };
            for url in urls {
                if !flow.contains_key(*url) {
                    let at = at.key("flows");
                    self.fixed(
                        &at.key(name),
                        format!("`{url}` is missing; treated as empty"),
                    );
                    flow.insert((*url).to_owned(), json!(""));
                }
            }
        }
    }
}
