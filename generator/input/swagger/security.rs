//! Security schemes.

use super::{Converter, Entries, Site};
use serde_json::{Value, json};

impl Converter {
    pub(super) fn security_scheme(&mut self, scheme: &mut Value, site: &Site) {
        let Value::Object(entries) = scheme else {
            return;
        };
        match entries.get("type").and_then(Value::as_str) {
            Some("basic") => {
                entries.insert("type".to_owned(), json!("http"));
                entries.insert("scheme".to_owned(), json!("basic"));
            }
            Some("oauth2") => self.flow(entries, site),
            Some(_) | None => {}
        }
    }

    /// A scheme of Swagger 2.0 has one flow, whose fields are its own.
    fn flow(&mut self, entries: &mut Entries, site: &Site) {
        let name = match entries.shift_remove("flow") {
            Some(Value::String(name)) => name,
            Some(_) | None => String::new(),
        };
        let name = match name.as_str() {
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            "password" => "password",
            _ => "implicit",
        };
        let mut flow = Entries::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some(value) = entries.shift_remove(key) {
                flow.insert(key.to_owned(), value);
            }
        }
        if let Some(Value::Object(scopes)) = flow.get_mut("scopes") {
            scopes.retain(|scope, _| !scope.starts_with("x-"));
        }
        self.moved(&format!("{}/flows/{name}", site.to), &site.from);
        let mut flows = Entries::new();
        flows.insert(name.to_owned(), Value::Object(flow));
        entries.insert("flows".to_owned(), Value::Object(flows));
    }
}
