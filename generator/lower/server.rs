//! Servers: those that a client can choose, and the one that each operation is sent to.

use super::Lowering;
use crate::base::markdown;
use crate::base::path_template::template_params;
use crate::base::pointer::Pointer;
use crate::model::api::{
    Docs, Literal, NamedKind, NoteKind, OpenEnum, OperationServer, Server, ServerVariable, Variant,
};
use crate::model::names::{Kind, Name, Scope};
use openapiv3::{Server as SpecServer, ServerVariable as SpecVariable};

/// The servers of one place of the description.
type Listed<'d> = &'d [SpecServer];

impl<'d> Lowering<'d> {
    /// Returns the server of an operation, and keeps those that it or its path names.
    pub(super) fn server(
        &mut self,
        (of_operation, of_item): (Listed<'d>, Listed<'d>),
        id: &str,
        (item_pointer, pointer): (&Pointer<'_>, &Pointer<'_>),
    ) -> OperationServer {
        let (listed, at) = match (of_operation, of_item) {
            ([], []) => {
                let url = self.openapi.servers.first().map(url_of);
                return OperationServer {
                    url: url.unwrap_or_default(),
                    is_own: false,
                };
            }
            ([], listed) => (listed, item_pointer),
            (listed, _) => (listed, pointer),
        };
        let at = at.key("servers");
        for (index, server) in listed.iter().enumerate() {
            self.keep_server(server, Some(id), &at.index(index));
        }
        OperationServer {
            url: listed.first().map(url_of).unwrap_or_default(),
            is_own: true,
        }
    }

    /// Reads the servers of the whole API.
    pub(super) fn read_servers(&mut self) {
        let at = Pointer::ROOT;
        let at = at.key("servers");
        for (index, server) in self.openapi.servers.iter().enumerate() {
            self.keep_server(server, None, &at.index(index));
        }
        let first = self.openapi.servers.first().map(url_of).unwrap_or_default();
        if !first.contains("://") {
            let message = match first.as_str() {
                "" => "the description names no server: set the client's base URL".to_owned(),
                url => format!("the server `{url}` is relative: set the client's base URL"),
            };
            self.note(NoteKind::Generalised, &at, message);
        }
    }

    /// Returns a URL, resolved against the first server where it is relative (RFC 3986, section 5.2).
    pub(super) fn resolved_url(&self, url: &str) -> String {
        let server = self.openapi.servers.first().map(url_of).unwrap_or_default();
        let Some((scheme, rest)) = server.split_once("://") else {
            return url.to_owned();
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        match url {
            _ if url.contains("://") || url.is_empty() => url.to_owned(),
            _ if url.starts_with("//") => format!("{scheme}:{url}"),
            _ if url.starts_with('/') => format!("{scheme}://{authority}{url}"),
            _ => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let slash = if folder.is_empty() { "" } else { "/" };
                format!("{scheme}://{authority}/{folder}{slash}{url}")
            }
        }
    }

    fn keep_server(&mut self, server: &'d SpecServer, id: Option<&str>, at: &Pointer<'_>) {
        let SpecServer {
            url,
            description,
            variables,
            extensions: _,
        } = server;
        let url = url.trim_end_matches('/');
        let is_absolute = url.starts_with("https://") || url.starts_with("http://");
        if !is_absolute || url.contains([' ', '"', '\\', '?', '#', '@']) {
            if is_absolute || (id.is_some() && !url.is_empty()) {
                let message = format!("the server `{url}` is no absolute URL that can be chosen");
                self.note(NoteKind::Generalised, at, message);
            }
            return;
        }
        let known = self.servers.iter_mut().find(|known| known.url == url);
        if let (Some(known), Some(id)) = (known, id) {
            if !known.operations.is_empty() {
                known.operations.push(id.to_owned());
            }
            return;
        }
        let description = description.as_deref().unwrap_or_default();
        let spelling = spelling_of(description, url);
        let name = self.server_names.claim(Kind::Type, &spelling, &spelling);
        let mut fields = Scope::new("");
        let described = |wire: &str| {
            let mut variables = variables.iter().flatten();
            variables
                .find(|(name, _)| *name == wire)
                .map(|(_, variable)| variable)
        };
        let mut variables: Vec<ServerVariable> = Vec::new();
        for wire in template_params(url) {
            if let Some(variable) = described(wire)
                && variables.iter().all(|known| known.wire != wire)
            {
                let field = fields.claim(Kind::Setter, wire, wire);
                let variable = self.server_variable(variable, (wire, field), &name, at);
                variables.push(variable);
            }
        }
        self.servers.push(Server {
            name,
            url: url.to_owned(),
            docs: markdown::docs(description),
            variables,
            operations: id.map(str::to_owned).into_iter().collect(),
            pointer: at.to_string(),
        });
    }

    fn server_variable(
        &mut self,
        variable: &'d SpecVariable,
        (wire, field): (&str, Name),
        server: &Name,
        at: &Pointer<'_>,
    ) -> ServerVariable {
        let SpecVariable {
            enumeration,
            default,
            description,
            extensions: _,
        } = variable;
        let at = at.key("variables");
        let at = at.key(wire);
        let spelling = format!("{server}_{wire}");
        let values = (!enumeration.is_empty()).then(|| {
            let name = self.server_names.claim(Kind::Type, &spelling, &spelling);
            let spellings = enumeration.iter().map(String::as_str);
            let names = Scope::new(name.as_str()).claim_all(Kind::Variant, spellings);
            let variants = names.into_iter().zip(enumeration).enumerate();
            let variants = variants.map(|(index, (name, value))| Variant {
                name,
                docs: Docs::default(),
                wire: Literal::Text(value.clone()),
                pointer: at.key("enum").index(index).to_string(),
            });
            OpenEnum {
                docs: markdown::docs(description.as_deref().unwrap_or_default()),
                kind: NamedKind::TextEnum,
                variants: variants.collect(),
                is_closed: false,
                derives: Vec::new(),
                pointer: at.to_string(),
                name,
            }
        });
        ServerVariable {
            name: field,
            wire: wire.to_owned(),
            docs: markdown::docs(description.as_deref().unwrap_or_default()),
            default: default.clone(),
            values,
        }
    }
}

/// The URL with the defaults of its variables, without a trailing slash.
fn url_of(server: &SpecServer) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let url = url.trim_end_matches('/');
    if url.contains(['{', '}', ' ', '"', '\\', '?', '#', '@']) {
        String::new()
    } else {
        url.to_owned()
    }
}

/// What a server is called: by its description where that is a few words, else by its host.
fn spelling_of(description: &str, url: &str) -> String {
    let words = description.split_whitespace().count();
    let is_short = (1..=4).contains(&words) && description.len() <= 40;
    if is_short && description.chars().any(char::is_alphabetic) {
        return description.to_owned();
    }
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut host = host.split(['/', '?']).next().unwrap_or(host);
    let mut fixed = String::new();
    while let Some((before, from)) = host.split_once('{') {
        fixed.push_str(before);
        host = from.split_once('}').map_or("", |(_, after)| after);
    }
    fixed.push_str(host);
    if fixed.chars().any(char::is_alphanumeric) {
        fixed
    } else {
        "server".to_owned()
    }
}
