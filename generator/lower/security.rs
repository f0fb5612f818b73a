//! Security: the credential for each scheme, and what the operations require.

use super::Lowering;
use super::header_names::is_header_name;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{
    Credential, Docs, NoteKind, Prefixes, RequiredScheme, Requirement, Scheme, Security, SidKind,
};
use openapiv3::{
    APIKeyLocation, ClientCredentialsOAuth2Flow, OAuth2Flows, ReferenceOr, SecurityRequirement,
    SecurityScheme,
};

impl Lowering<'_> {
    /// Reads the security schemes of the description.
    pub(super) fn read_schemes(&mut self) {
        let Some(components) = &self.openapi.components else {
            return;
        };
        let at = Pointer::ROOT;
        let at = at.key("components");
        let at = at.key("securitySchemes");
        for (name, scheme) in &components.security_schemes {
            let ReferenceOr::Item(scheme) = scheme else {
                continue;
            };
            let credential = self.credential(scheme).or_else(|reason| {
                let message = format!("the security scheme `{name}`: {reason}");
                self.note(NoteKind::Generalised, &at.key(name), message);
                instead(scheme).ok_or(())
            });
            let docs = description(scheme).unwrap_or_default();
            self.schemes
                .extend(credential.ok().map(|credential| Scheme {
                    name: name.clone(),
                    docs: markdown::docs(docs),
                    credential,
                    scopes: scopes_of(scheme),
                    pointer: at.key(name).to_string(),
                }));
        }
    }

    /// An account is told from other users by the SIDs of the whole description.
    pub(super) fn finish_schemes(&mut self) {
        if !self.has_accounts() {
            return;
        }
        for scheme in &mut self.schemes {
            if scheme.credential == Credential::Basic {
                scheme.credential = Credential::Account;
            }
        }
    }

    /// Returns what an operation sends: its own requirements, or else those of the whole API.
    pub(super) fn security(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        pointer: &Pointer<'_>,
    ) -> Security {
        let Some(alternatives) = own.or(self.openapi.security.as_ref()) else {
            return Security::Client;
        };
        let pointer = match own {
            Some(_) => pointer,
            None => &Pointer::ROOT,
        };
        let at = pointer.key("security");
        if alternatives.is_empty() {
            return Security::None;
        }
        let mut requirements = Vec::new();
        for alternative in alternatives {
            match self.requirement(alternative) {
                Ok(requirement) if requirements.contains(&requirement) => {}
                Ok(requirement) => requirements.push(requirement),
                Err(name) => {
                    let message = format!(
                        "no credential can be sent for the security scheme `{name}`; this alternative is left out"
                    );
                    self.note(NoteKind::Generalised, &at, message);
                }
            }
        }
        // What is not described may be what the client has; what is described as something else is not.
        if requirements.is_empty() && alternatives.iter().all(|one| self.is_undescribed(one)) {
            return Security::Client;
        }
        if requirements.is_empty() {
            let message = "no alternative is left: no credential of the client is sent";
            self.note(NoteKind::Generalised, &at, message);
        }
        // What can be done without is the last resort.
        requirements.sort_by_key(|requirement| requirement.schemes.is_empty());
        match requirements.as_slice() {
            [] => Security::None,
            [only] if only.schemes.is_empty() => Security::None,
            [only] if self.is_only_scheme(only) => Security::Client,
            _ => Security::AnyOf(requirements),
        }
    }

    /// Whether an alternative names a scheme that the description has not got.
    fn is_undescribed(&self, alternative: &SecurityRequirement) -> bool {
        let components = self.openapi.components.as_ref();
        let described = components.map(|components| &components.security_schemes);
        let is_described =
            |name: &String| described.is_some_and(|schemes| schemes.contains_key(name));
        !alternative.keys().all(is_described)
    }

    /// Whether a requirement is the only scheme of the description, and no more.
    fn is_only_scheme(&self, requirement: &Requirement) -> bool {
        let [RequiredScheme { scopes, .. }] = requirement.schemes.as_slice() else {
            return false;
        };
        scopes.is_empty() && self.schemes.len() == 1
    }

    /// Returns an alternative, or the scheme for which there is no credential.
    fn requirement(&self, alternative: &SecurityRequirement) -> Result<Requirement, String> {
        let mut schemes = Vec::new();
        for (name, scopes) in alternative {
            let known = self.schemes.iter().find(|scheme| scheme.name == *name);
            schemes.push(RequiredScheme {
                name: name.clone(),
                credential: known.ok_or(name)?.credential.clone(),
                scopes: scopes.clone(),
            });
        }
        Ok(Requirement { schemes })
    }

    /// Returns the credential for a scheme, or why there is none.
    fn credential(&self, scheme: &SecurityScheme) -> Result<Credential, String> {
        match scheme {
            SecurityScheme::APIKey {
                location,
                name,
                description: _,
                extensions: _,
            } => match location {
                APIKeyLocation::Header if !is_header_name(name) => {
                    Err(format!("`{name}` cannot be the name of a header"))
                }
                APIKeyLocation::Header => Ok(Credential::Header(name.to_ascii_lowercase())),
                APIKeyLocation::Query => Ok(Credential::Query(name.clone())),
                APIKeyLocation::Cookie => Ok(Credential::Cookie(name.clone())),
            },
            SecurityScheme::HTTP {
                scheme,
                bearer_format: _,
                description: _,
                extensions: _,
            } => of_http(scheme),
            SecurityScheme::OAuth2 {
                flows,
                description: _,
                extensions: _,
            } => self.of_flows(flows),
            SecurityScheme::OpenIDConnect {
                open_id_connect_url,
                description: _,
                extensions: _,
            } => Err(format!(
                "the crate does not speak OpenID Connect (`{open_id_connect_url}`): it sends a token from elsewhere"
            )),
        }
    }

    fn of_flows(&self, flows: &OAuth2Flows) -> Result<Credential, String> {
        let OAuth2Flows {
            implicit: _,
            password: _,
            client_credentials,
            authorization_code: _,
            extensions: _,
        } = flows;
        let Some(ClientCredentialsOAuth2Flow {
            token_url,
            refresh_url: _,
            scopes: _,
            extensions: _,
        }) = client_credentials
        else {
            return Err(
                "no token is fetched for it: one from elsewhere is sent with `Credentials::bearer`"
                    .to_owned(),
            );
        };
        Ok(Credential::ClientCredentials(self.resolved_url(token_url)))
    }

    /// Whether users are accounts with a SID.
    fn has_accounts(&self) -> bool {
        let is_account = |kind: &SidKind| kind.prefixes == Prefixes::Listed(vec!["AC".to_owned()]);
        self.sids.values().any(is_account)
    }
}

fn description(scheme: &SecurityScheme) -> Option<&str> {
    let (SecurityScheme::APIKey { description, .. }
    | SecurityScheme::HTTP { description, .. }
    | SecurityScheme::OAuth2 { description, .. }
    | SecurityScheme::OpenIDConnect { description, .. }) = scheme;
    description.as_deref()
}

/// The scopes of every flow, each once.
fn scopes_of(scheme: &SecurityScheme) -> Vec<(String, Docs)> {
    let SecurityScheme::OAuth2 { flows, .. } = scheme else {
        return Vec::new();
    };
    let OAuth2Flows {
        implicit,
        password,
        client_credentials,
        authorization_code,
        extensions: _,
    } = flows;
    let each = [
        client_credentials.as_ref().map(|flow| &flow.scopes),
        authorization_code.as_ref().map(|flow| &flow.scopes),
        implicit.as_ref().map(|flow| &flow.scopes),
        password.as_ref().map(|flow| &flow.scopes),
    ];
    let mut found: Vec<(String, Docs)> = Vec::new();
    for (scope, documentation) in each.into_iter().flatten().flatten() {
        if found.iter().all(|(known, _)| known != scope) {
            found.push((scope.clone(), markdown::docs(documentation)));
        }
    }
    found
}

/// The credential of a scheme whose tokens come from elsewhere.
fn instead(scheme: &SecurityScheme) -> Option<Credential> {
    match scheme {
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => {
            Some(Credential::Bearer)
        }
        SecurityScheme::APIKey { .. } | SecurityScheme::HTTP { .. } => None,
    }
}

/// The schemes of RFC 7235 whose credential is the same for every request.
fn of_http(scheme: &str) -> Result<Credential, String> {
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => Ok(Credential::Basic),
        "bearer" => Ok(Credential::Bearer),
        "mutualtls" => Ok(Credential::Certificate),
        "digest" | "negotiate" | "hoba" | "mutual" | "scram-sha-1" | "scram-sha-256" => Err(
            format!("no credential is made for `{scheme}`, which responds to a challenge"),
        ),
        _ if is_header_name(scheme) => Ok(Credential::Authorization(scheme.to_owned())),
        _ => Err(format!(
            "`{scheme}` is not the name of an authentication scheme"
        )),
    }
}
