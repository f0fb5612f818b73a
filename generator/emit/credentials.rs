//! The credentials for the security schemes of a description, as documentation and in examples.

use super::code::wrapped;
use super::literal::literal;
use crate::base::markdown;
use crate::model::api::{Api, Credential, Requirement, Scheme, Security};

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
            let combined = together(calls);
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
    let credentials = of_examples(api).into_iter();
    let calls = credentials.map(|one| call(one, krate, |argument| literal(argument.example)));
    together(calls)
}

/// Returns the credential that is several of them.
fn together(calls: impl Iterator<Item = String>) -> String {
    let calls: Vec<String> = calls.collect();
    if calls.is_empty() {
        return no_credential();
    }
    calls.join(".and(") + &")".repeat(calls.len() - 1)
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
    let credentials = of_examples(api).into_iter();
    together(credentials.map(|one| mocked(one, krate)))
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
    let credentials = of_examples(Some(api));
    let calls = credentials.iter().map(|credential| {
        call(credential, krate, |argument| {
            let variable = variable(credential, argument, &credentials);
            format!("std::env::var({})?", literal(&variable))
        })
    });
    let all = calls.reduce(|all, one| format!("{all}\n        .and({one})"));
    all.unwrap_or_else(no_credential)
}

/// Returns the environment variable for an argument: one of a usual name, or of the credential's own name where there are
/// several that are alike.
fn variable(credential: &Credential, argument: &Argument, all: &[&Credential]) -> String {
    let alike = all.iter().flat_map(|one| arguments(one));
    let alike = alike.filter(|one| one.variable == argument.variable);
    let is_repeated = alike.count() > 1;
    match credential {
        Credential::Header(name) | Credential::Query(name) | Credential::Cookie(name)
            if is_repeated =>
        {
            let letters = name.chars().map(|c| match c {
                c if c.is_ascii_alphanumeric() => c.to_ascii_uppercase(),
                _ => '_',
            });
            letters.collect()
        }
        _ => argument.variable.to_owned(),
    }
}

/// Returns what such a program says of its environment.
pub(super) fn environment(api: &Api) -> Vec<String> {
    let credentials = of_examples(Some(api));
    let names = credentials.iter().flat_map(|credential| {
        let variables = arguments(credential).iter();
        variables.map(|argument| format!("`{}`", variable(credential, argument, &credentials)))
    });
    let names: Vec<String> = names.collect();
    let what = match credentials.len() {
        0 | 1 => "credential",
        _ => "credentials",
    };
    let beginning = match names.as_slice() {
        [] => "The server comes from the environment:".to_owned(),
        _ => format!(
            "The {what} and the server come from the environment: {} and,",
            names.join(", ")
        ),
    };
    let server = match api.relative_server() {
        None => "for a server other than the one of the description",
        Some(_) => "since the description names no host",
    };
    wrapped(&format!("{beginning} {server}, `BASE_URL`."))
}

/// The credentials that examples have: that of the first scheme, or where no operation takes that alone, what most of them
/// require together.
fn of_examples(api: Option<&Api>) -> Vec<&Credential> {
    let Some((api, first)) = api.and_then(|api| Some((api, api.schemes.first()?))) else {
        return Vec::new();
    };
    let operations = api.resources.values();
    let operations = operations.flat_map(|resource| &resource.operations);
    let mut found: Vec<(&Requirement, usize)> = Vec::new();
    for operation in operations {
        let Security::AnyOf(requirements) = &operation.security else {
            continue;
        };
        let requirements = requirements.iter();
        for requirement in requirements.filter(|one| !one.schemes.is_empty()) {
            let names = requirement.schemes.iter().map(|scheme| &scheme.name);
            let known = found.iter_mut().find(|(one, _)| {
                let known = one.schemes.iter().map(|scheme| &scheme.name);
                known.eq(names.clone())
            });
            match known {
                Some((_, count)) => *count += 1,
                None => found.push((requirement, 1)),
            }
        }
    }
    let takes_first = |requirement: &Requirement| match requirement.schemes.as_slice() {
        [only] => only.name == first.name,
        _ => false,
    };
    // Of those that are as common, the first.
    let most = found.iter().rev().max_by_key(|(_, count)| *count);
    match most {
        Some((requirement, _)) if !found.iter().any(|(one, _)| takes_first(one)) => {
            let mut credentials: Vec<&Credential> = Vec::new();
            for scheme in &requirement.schemes {
                if !credentials.contains(&&scheme.credential) {
                    credentials.push(&scheme.credential);
                }
            }
            credentials
        }
        Some(_) | None => vec![&first.credential],
    }
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
