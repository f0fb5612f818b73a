//! What a request has to have so that the service knows who sends it.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::operation::Pair;
use crate::model::api::{
    Api, Contract, Credential, Docs, DocumentedScheme, Flow, KeyLocation, Mechanism, Scheme,
};
use std::collections::BTreeSet;

/// Compares the alternatives of an operation: whoever met one of the old ones has to meet one of the new ones.
pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (&pair.old.contract.security, &pair.new.contract.security);
    let is_met = |alternative: &Vec<DocumentedScheme>, by: &[Vec<DocumentedScheme>]| {
        let mut others = by.iter();
        others.any(|other| other.iter().all(|one| is_in(one, alternative)))
    };
    let breaks = old.iter().any(|one| !is_met(one, new));
    let allows_more = new.iter().any(|one| !is_met(one, old));
    let is_sent_otherwise = pair.old.security != pair.new.security;
    if !breaks && !allows_more && !is_sent_otherwise {
        return;
    }
    let (before, after) = (listed(old), listed(new));
    let (wire, what) = if !breaks && !allows_more {
        let (before, after) = (names(old), names(new));
        let sends = (pair.old.security.is_some(), pair.new.security.is_some());
        let what = match sends {
            (true, false) => "sends no credentials, was any that the client has".to_owned(),
            (false, true) => "sends any credentials that the client has, was none".to_owned(),
            // Which ones are sent is spelled out only where there are several schemes.
            _ if before == after => return,
            _ => format!("security schemes renamed from {before} to {after}"),
        };
        (Wire::Unseen, what)
    } else if before == after {
        let (before, after) = (in_full(old), in_full(new));
        (
            Wire::breaking(breaks, false),
            format!("credentials changed from {before} to {after}"),
        )
    } else {
        (
            Wire::breaking(breaks, false),
            format!("credentials changed from {before} to {after}"),
        )
    };
    let required = old.iter().flatten().map(|one| one.scheme.as_str());
    let class = (
        wire,
        in_rust(pair.ctx.before.api, pair.ctx.after.api, required),
    );
    out.add(
        ChangeCode::SecurityChanged,
        &pair.subject(),
        class,
        pair.at(),
        what,
    );
}

/// Callers who let the client fetch its tokens can do so as long as a scheme of the description has tokens for clients.
fn in_rust<'s>(old: &Api, new: &Api, mut changed: impl Iterator<Item = &'s str>) -> Rust {
    let is_of_clients =
        |scheme: &&Scheme| matches!(scheme.credential, Credential::ClientCredentials(_));
    let of_clients = old.schemes.iter().filter(is_of_clients);
    let is_lost = !new.schemes.iter().any(|scheme| is_of_clients(&scheme));
    if is_lost && changed.any(|name| of_clients.clone().any(|scheme| scheme.name == name)) {
        Rust::Major
    } else {
        Rust::Patch
    }
}

/// Whether a requirement is met by who meets these.
fn is_in(one: &DocumentedScheme, all: &[DocumentedScheme]) -> bool {
    let DocumentedScheme {
        scheme: _, // its name is not sent
        mechanism,
        scopes,
    } = one;
    all.iter().any(|other| {
        is_met_by(mechanism, &other.mechanism)
            && scopes.iter().all(|scope| other.scopes.contains(scope))
    })
}

fn is_met_by(new: &Mechanism, old: &Mechanism) -> bool {
    match (new, old) {
        // A token that was got by one flow is still got by it.
        (Mechanism::OAuth2(new), Mechanism::OAuth2(old)) => old
            .iter()
            .all(|flow| new.iter().any(|other| is_flow_kept(flow, other))),
        (new, old) => new == old,
    }
}

/// Whether a token is still got in this way; where it is refreshed matters to those who knew such a URL.
fn is_flow_kept(old: &Flow, new: &Flow) -> bool {
    let Flow {
        kind,
        authorization_url,
        token_url,
        refresh_url,
    } = new;
    old.kind == *kind
        && old.authorization_url == *authorization_url
        && old.token_url == *token_url
        && (old.refresh_url.is_none() || old.refresh_url == *refresh_url)
}

fn listed(alternatives: &[Vec<DocumentedScheme>]) -> String {
    join(alternatives, |one| {
        let DocumentedScheme {
            scheme: _, // two schemes of one mechanism are one to callers
            mechanism,
            scopes,
        } = one;
        let scopes: Vec<String> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
        match (mechanism, scopes.as_slice()) {
            (mechanism, []) => in_words(mechanism),
            (mechanism, _) => format!("{} with {}", in_words(mechanism), scopes.join(" and ")),
        }
    })
}

/// The names of the schemes.
fn names(alternatives: &[Vec<DocumentedScheme>]) -> String {
    join(alternatives, |one| format!("`{}`", one.scheme))
}

/// The alternatives with all that their mechanisms say.
fn in_full(alternatives: &[Vec<DocumentedScheme>]) -> String {
    join(alternatives, |one| match &one.mechanism {
        Mechanism::OAuth2(flows) => {
            let flows: Vec<String> = flows.iter().map(flow_in_words).collect();
            format!("OAuth 2.0 ({})", flows.join("; "))
        }
        Mechanism::OpenIdConnect(url) => format!("OpenID Connect (`{url}`)"),
        Mechanism::Key(..) | Mechanism::Http(_) | Mechanism::Undefined => {
            format!("{} (`{}`)", in_words(&one.mechanism), one.scheme)
        }
    })
}

fn join(
    alternatives: &[Vec<DocumentedScheme>],
    shown: impl Fn(&DocumentedScheme) -> String,
) -> String {
    let alternatives = alternatives.iter().map(|requirements| {
        let requirements: Vec<String> = requirements.iter().map(&shown).collect();
        if requirements.is_empty() {
            "none".to_owned()
        } else {
            requirements.join(" and ")
        }
    });
    let alternatives: Vec<String> = alternatives.collect();
    alternatives.join(" or ")
}

fn in_words(mechanism: &Mechanism) -> String {
    match mechanism {
        Mechanism::Key(KeyLocation::Header, name) => format!("a key in the header `{name}`"),
        Mechanism::Key(KeyLocation::Query, name) => format!("a key in the query `{name}`"),
        Mechanism::Key(KeyLocation::Cookie, name) => format!("a key in the cookie `{name}`"),
        Mechanism::Http(scheme) => format!("HTTP {scheme}"),
        Mechanism::OAuth2(_) => "OAuth 2.0".to_owned(),
        Mechanism::OpenIdConnect(_) => "OpenID Connect".to_owned(),
        Mechanism::Undefined => "an undefined scheme".to_owned(),
    }
}

fn flow_in_words(flow: &Flow) -> String {
    let Flow {
        kind,
        authorization_url,
        token_url,
        refresh_url,
    } = flow;
    let urls = [
        ("authorization", authorization_url),
        ("token", token_url),
        ("refresh", refresh_url),
    ];
    let urls = urls.iter().filter_map(|(what, url)| {
        let url = url.as_ref()?;
        Some(format!("{what} `{url}`"))
    });
    let urls: Vec<String> = urls.collect();
    format!("{kind}: {}", urls.join(", "))
}

/// Compares what the description says about each scheme.
pub(super) fn docs_of_schemes(old: &Api, new: &Api, out: &mut Collector) {
    for scheme in &new.schemes {
        let Scheme {
            name,
            docs,
            credential: _, // by the operations that require it, or with the unused ones
            scopes,
            pointer,
        } = scheme;
        if let Some(before) = old.schemes.iter().find(|other| other.name == *name) {
            let subject = Subject {
                label: format!("security scheme `{name}`"),
                ..Subject::item(Noun::Place, "")
            };
            let at = At::Both(&before.pointer, pointer);
            out.docs((&before.docs, docs), &subject, at);
            docs_of_scopes(name, (&before.scopes, scopes), at, out);
        }
    }
}

/// The scopes that a scheme documents.
type Scopes = [(String, Docs)];

/// Compares what the documentation of a scheme says about scopes.
fn docs_of_scopes(scheme: &str, (old, new): (&Scopes, &Scopes), at: At<'_>, out: &mut Collector) {
    let names = |scopes: &Scopes, others: &Scopes| -> Vec<String> {
        let scopes = scopes.iter();
        let scopes = scopes.filter(|(scope, _)| !others.iter().any(|(other, _)| other == scope));
        scopes.map(|(scope, _)| format!("`{scope}`")).collect()
    };
    for (verb, scopes) in [("added", names(new, old)), ("removed", names(old, new))] {
        if !scopes.is_empty() {
            let subject = Subject {
                label: format!("security scheme `{scheme}`"),
                ..Subject::item(Noun::Place, "")
            };
            let what = format!("{verb} scopes {}", scopes.join(", "));
            let class = (Wire::Unseen, Rust::Patch);
            out.add(ChangeCode::DocsChanged, &subject, class, at, what);
        }
    }
    for (scope, docs) in new {
        let subject = Subject {
            label: format!("scope `{scope}` of the security scheme `{scheme}`"),
            ..Subject::item(Noun::Place, "")
        };
        if let Some((_, before)) = old.iter().find(|(other, _)| other == scope) {
            out.docs((before, docs), &subject, at);
        }
    }
}

/// Compares the schemes that no operation requires: they are documentation of the crate. The others are compared by operation.
pub(super) fn unused_schemes(old: &Api, new: &Api, out: &mut Collector) {
    let required: BTreeSet<&str> = super::catalogue::operations(old)
        .chain(super::catalogue::operations(new))
        .flat_map(|(_, operation)| {
            let Contract { security, .. } = &operation.contract;
            security.iter().flatten().map(|one| one.scheme.as_str())
        })
        .collect();
    let unused = |api: &'_ Api| -> Vec<(String, Credential)> {
        let schemes = api.schemes.iter();
        let schemes = schemes.map(
            |Scheme {
                 name,
                 credential,
                 docs: _,    // by `docs_of_schemes`
                 scopes: _,  // by `docs_of_schemes`
                 pointer: _, // the place
             }| (name.clone(), credential.clone()),
        );
        schemes
            .filter(|(name, _)| !required.contains(name.as_str()))
            .collect()
    };
    let (before, after) = (unused(old), unused(new));
    if before != after {
        let subject = Subject {
            label: "security schemes that no operation requires".to_owned(),
            ..Subject::item(Noun::Api, "")
        };
        let what = schemes_changed(&before, &after);
        let at = "/components/securitySchemes";
        let at = At::Both(at, at);
        let changed = before.iter().map(|(name, _)| name.as_str());
        let class = (Wire::Unseen, in_rust(old, new, changed));
        out.add(ChangeCode::CredentialsChanged, &subject, class, at, what);
    }
}

/// What has changed in schemes: which came and went, and what others ask for.
fn schemes_changed(old: &[(String, Credential)], new: &[(String, Credential)]) -> String {
    let missing = |these: &[(String, Credential)],
                   others: &[(String, Credential)]|
     -> Vec<String> {
        let missing = these.iter();
        let missing = missing.filter(|(name, _)| !others.iter().any(|(other, _)| other == name));
        missing.map(|(name, _)| format!("`{name}`")).collect()
    };
    let (added, removed) = (missing(new, old), missing(old, new));
    let mut changes = Vec::new();
    for (verb, names) in [("added", added), ("removed", removed)] {
        if !names.is_empty() {
            changes.push(format!("{verb} {}", names.join(", ")));
        }
    }
    for (name, credential) in new {
        let before = old.iter().find(|(other, _)| other == name);
        if let Some((_, before)) = before.filter(|(_, before)| before != credential) {
            let (before, after) = (credential_in_words(before), credential_in_words(credential));
            changes.push(format!("changed `{name}` from {before} to {after}"));
        }
    }
    if changes.is_empty() {
        changes.push("listed in another order".to_owned());
    }
    changes.join("; ")
}

fn credential_in_words(credential: &Credential) -> String {
    match credential {
        Credential::Account => "an account".to_owned(),
        Credential::Basic => "HTTP basic".to_owned(),
        Credential::Bearer => "HTTP bearer".to_owned(),
        Credential::Authorization(scheme) => format!("HTTP {scheme}"),
        Credential::Header(name) => format!("a key in the header `{name}`"),
        Credential::Query(name) => format!("a key in the query `{name}`"),
        Credential::Cookie(name) => format!("a key in the cookie `{name}`"),
        Credential::ClientCredentials(url) => format!("OAuth 2.0 (token `{url}`)"),
        Credential::Certificate => "a certificate".to_owned(),
    }
}
