//! Security schemes: the credential that serves each, and those that none does.

use super::Lowering;
use super::headers::is_header_name;
use crate::base::pointer::Pointer;
use crate::model::api::{Credential, NoteKind, Prefixes, Scheme, SidKind};
use openapiv3::{
    APIKeyLocation, ClientCredentialsOAuth2Flow, OAuth2Flows, ReferenceOr, SecurityScheme,
};

impl Lowering<'_> {
    /// Reads the security schemes of the description.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let Some(components) = &self.openapi.components else {
            return Vec::new();
        };
        let at = Pointer::ROOT;
        let at = at.key("components");
        let at = at.key("securitySchemes");
        let mut schemes = Vec::new();
        for (name, scheme) in &components.security_schemes {
            let ReferenceOr::Item(scheme) = scheme else {
                continue;
            };
            let credential = self.credential(scheme).or_else(|reason| {
                let message = format!("the security scheme `{name}`: {reason}");
                self.note(NoteKind::Generalised, &at.key(name), message);
                takes_a_token(scheme)
                    .then_some(Credential::Bearer)
                    .ok_or(())
            });
            schemes.extend(credential.ok().map(|credential| Scheme {
                name: name.clone(),
                credential,
            }));
        }
        schemes
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
            } => match scheme.to_ascii_lowercase().as_str() {
                "basic" if self.has_accounts() => Ok(Credential::Account),
                "basic" => Ok(Credential::Basic),
                "bearer" => Ok(Credential::Bearer),
                other => Err(format!("no credential serves `{other}`")),
            },
            SecurityScheme::OAuth2 {
                flows,
                description: _,
                extensions: _,
            } => of_flows(flows),
            SecurityScheme::OpenIDConnect { .. } => Err(
                "the crate does not speak OpenID Connect: it sends a token that comes from elsewhere"
                    .to_owned(),
            ),
        }
    }

    /// Whether users are accounts with a SID.
    fn has_accounts(&self) -> bool {
        let is_account = |kind: &SidKind| kind.prefixes == Prefixes::Listed(vec!["AC".to_owned()]);
        self.sids.values().any(is_account)
    }
}

/// Whether a scheme ends in a bearer token, however that is got.
fn takes_a_token(scheme: &SecurityScheme) -> bool {
    match scheme {
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => true,
        SecurityScheme::APIKey { .. } | SecurityScheme::HTTP { .. } => false,
    }
}

fn of_flows(flows: &OAuth2Flows) -> Result<Credential, String> {
    let OAuth2Flows {
        implicit: _,
        password: _,
        client_credentials,
        authorization_code: _,
        extensions: _,
    } = flows;
    match client_credentials {
        Some(ClientCredentialsOAuth2Flow { token_url, .. }) => {
            Ok(Credential::ClientCredentials(token_url.clone()))
        }
        None => Err(
            "no token is got for it: one from elsewhere is sent with `Credentials::bearer`"
                .to_owned(),
        ),
    }
}
