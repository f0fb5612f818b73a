//! The credentials for the security schemes of a description, as documentation and in examples.

use super::code::wrapped;
use super::literal::literal;
use crate::base::markdown;
use crate::model::api::{Api, Credential, Scheme, Security};

/// Something that a credential is made of.
struct Argument {
    name: &'static str,
    /// What stands for it in an example.
    example: &'static str,
    /// The environment variable that a program reads it from.
    variable: &'static str,
}

/// Returns a section that says which credential serves which scheme; nothing where there is no scheme.
pub(super) fn section(api: &Api, heading: &str, has_docs: bool) -> Vec<String> {
    if api.schemes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![
        String::new(),
        format!("{heading} Credentials"),
        String::new(),
    ];
    for Scheme {
        name,
        docs,
        credential,
        scopes,
        pointer: _,
    } in &api.schemes
    {
        let call = call(credential, "", |argument| argument.name.to_owned());
        let mut text = docs
            .lines()
            .iter()
            .filter(|_| has_docs)
            .take_while(|line| !line.is_empty());
        let text = text
            .next()
            .map_or_else(String::new, |line| format!(" — {line}"));
        lines.push(format!(
            "- {}: {}{text}",
            markdown::code(name),
            markdown::code(&call)
        ));
        for (scope, docs) in scopes.iter().filter(|_| has_docs) {
            let text = docs
                .lines()
                .first()
                .map_or_else(String::new, |line| format!(": {line}"));
            lines.push(format!("  - the scope {}{text}", markdown::code(scope)));
        }
    }
    lines.extend(combinations(api));
    lines
}

/// Says which schemes are sent together, where operations require more than one.
fn combinations(api: &Api) -> Vec<String> {
    let operations = api
        .resources
        .values()
        .flat_map(|resource| &resource.operations);
    let mut found: Vec<String> = Vec::new();
    for operation in operations {
        let Security::AnyOf(requirements) = &operation.security else {
            continue;
        };
        for requirement in requirements.iter().filter(|one| one.schemes.len() > 1) {
            let calls = requirement
                .schemes
                .iter()
                .map(|scheme| call(&scheme.credential, "", |argument| argument.name.to_owned()));
            let calls: Vec<String> = calls.collect();
            let combined = calls.join(".and(") + &")".repeat(calls.len() - 1);
            let names = requirement
                .schemes
                .iter()
                .map(|scheme| markdown::code(&scheme.name));
            let names: Vec<String> = names.collect();
            let line = format!("- {}: {}", names.join(" and "), markdown::code(&combined));
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    found
}

/// Returns the credential of an example, which imports no more than `Credentials` from the crate `krate`.
pub(super) fn example(api: Option<&Api>, krate: &str) -> String {
    of_examples(api).map_or_else(no_credential, |credential| {
        call(credential, krate, |argument| literal(argument.example))
    })
}

/// Returns a client of an example, with a base URL where the description has none.
pub(super) fn client(api: Option<&Api>, krate: &str) -> String {
    let credentials = example(api, krate);
    match api.and_then(Api::relative_server) {
        None => format!("Client::new({credentials})"),
        Some(path) => {
            let url = literal(&format!("https://api.example.com{path}"));
            format!("Client::builder({credentials}).base_url({url}).build()?")
        }
    }
}

/// Returns the credential for a server that mocks the description, which gives no tokens.
pub(super) fn for_mock_server(api: Option<&Api>, krate: &str) -> String {
    of_examples(api).map_or_else(no_credential, |credential| mocked(credential, krate))
}

/// Returns the credentials of every scheme, for such a server.
pub(super) fn of_every_scheme<'a>(apis: impl Iterator<Item = &'a Api>, krate: &str) -> String {
    let mut calls: Vec<String> = Vec::new();
    for scheme in apis.flat_map(|api| &api.schemes) {
        let call = mocked(&scheme.credential, krate);
        if !calls.contains(&call) && call != no_credential() {
            calls.push(call);
        }
    }
    let all = calls
        .into_iter()
        .reduce(|all, one| format!("{all}.and({one})"));
    all.unwrap_or_else(no_credential)
}

fn mocked(credential: &Credential, krate: &str) -> String {
    match credential {
        Credential::ClientCredentials(_) => "Credentials::bearer(\"token\")".to_owned(),
        Credential::Account => {
            "Credentials::auth_token(\"AC0123456789abcdef0123456789abcdef\", \"token\")".to_owned()
        }
        other => call(other, krate, |argument| literal(argument.example)),
    }
}

/// Returns the credential of a program that reads it from its environment.
pub(super) fn from_environment(api: &Api, krate: &str) -> String {
    of_examples(Some(api)).map_or_else(no_credential, |credential| {
        call(credential, krate, |argument| {
            format!("std::env::var({})?", literal(argument.variable))
        })
    })
}

/// Returns what such a program says of its environment.
pub(super) fn environment(api: &Api) -> Vec<String> {
    let variables = of_examples(Some(api)).map_or(&[][..], arguments);
    let names: Vec<String> = variables
        .iter()
        .map(|argument| format!("`{}`", argument.variable))
        .collect();
    let beginning = match names.as_slice() {
        [] => "The server comes from the environment:".to_owned(),
        _ => format!(
            "The credential and the server come from the environment: {} and,",
            names.join(", ")
        ),
    };
    let server = match api.relative_server() {
        None => "for a server other than the one of the description",
        Some(_) => "since the description names no host",
    };
    wrapped(&format!("{beginning} {server}, `BASE_URL`."))
}

/// The credential that examples have: that of the first scheme.
fn of_examples(api: Option<&Api>) -> Option<&Credential> {
    let scheme = api?.schemes.first()?;
    Some(&scheme.credential)
}

fn no_credential() -> String {
    "Credentials::none()".to_owned()
}

/// Returns the call that makes a credential; types that are not imported are written with their paths where there is a
/// crate to name.
fn call(credential: &Credential, krate: &str, written: impl Fn(&Argument) -> String) -> String {
    let given: Vec<String> = arguments(credential).iter().map(written).collect();
    let given = given.join(", ");
    let of = |krate: &str| match krate {
        "" => String::new(),
        krate => format!("{krate}::"),
    };
    match credential {
        Credential::Account => format!("Credentials::auth_token({given})"),
        Credential::Basic => format!("Credentials::basic({given})"),
        Credential::Bearer => format!("Credentials::bearer({given})"),
        Credential::Authorization(scheme) => {
            format!("Credentials::authorization({}, {given})", literal(scheme))
        }
        Credential::Certificate => no_credential(),
        Credential::Header(name) => {
            let http = of(if krate.is_empty() { "" } else { "http" });
            let name = literal(name);
            format!("Credentials::header({http}HeaderName::from_static({name}), {given})")
        }
        Credential::Query(name) => format!("Credentials::query({}, {given})", literal(name)),
        Credential::Cookie(name) => format!("Credentials::cookie({}, {given})", literal(name)),
        Credential::ClientCredentials(url) => {
            let (krate, url) = (of(krate), literal(url));
            format!(
                "Credentials::client_credentials({krate}ClientCredentials::new({url}, {given}))"
            )
        }
    }
}

fn arguments(credential: &Credential) -> &'static [Argument] {
    match credential {
        Credential::Account => &[
            Argument {
                name: "account_sid",
                example: "AC…",
                variable: "ACCOUNT_SID",
            },
            Argument {
                name: "auth_token",
                example: "token",
                variable: "AUTH_TOKEN",
            },
        ],
        Credential::Basic => &[
            Argument {
                name: "user",
                example: "user",
                variable: "API_USER",
            },
            Argument {
                name: "password",
                example: "password",
                variable: "API_PASSWORD",
            },
        ],
        Credential::Bearer => &[Argument {
            name: "token",
            example: "token",
            variable: "API_TOKEN",
        }],
        Credential::Certificate => &[],
        Credential::Authorization(_) => &[Argument {
            name: "credential",
            example: "credential",
            variable: "API_CREDENTIAL",
        }],
        Credential::Header(_) | Credential::Query(_) | Credential::Cookie(_) => &[Argument {
            name: "key",
            example: "key",
            variable: "API_KEY",
        }],
        Credential::ClientCredentials(_) => &[
            Argument {
                name: "id",
                example: "id",
                variable: "CLIENT_ID",
            },
            Argument {
                name: "secret",
                example: "secret",
                variable: "CLIENT_SECRET",
            },
        ],
    }
}
