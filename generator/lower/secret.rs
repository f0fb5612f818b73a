//! Which values are secret: those that nobody wants in a log.
//!
//! A value is by what the description says of it (`format: password`, `writeOnly`, `x-twilio: {pii}`), by its name, or because
//! the other side of the same resource has it: what is hidden in the response is hidden in the request, and the other way.

use crate::model::api::{Api, Model, NamedKind, Operation, Type, TypePath};
use crate::model::names::Name;
use heck::ToSnakeCase;
use std::collections::BTreeSet;

/// Last words of names whose values are secret.
const SECRETS: &[&str] = &[
    "apikey",
    "authorization",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "token",
];

/// Words that make a key secret when they are before it.
const KEYS: &[&str] = &[
    "access",
    "api",
    "auth",
    "encryption",
    "master",
    "private",
    "secret",
    "signing",
];

/// Words that make a token a place in a list or a piece of text when they are before it.
const NOT_SECRET: &[&str] = &[
    "bos",
    "continuation",
    "continue",
    "cursor",
    "end",
    "eos",
    "mask",
    "next",
    "pad",
    "page",
    "pagination",
    "prev",
    "previous",
    "resume",
    "scroll",
    "special",
    "start",
    "sync",
    "unk",
];

/// Whether a value is secret by its name, in the type or the operation `owner`.
pub(super) fn is_secret(wire: &str, owner: &str, ty: &Type) -> bool {
    if !is_text(ty) {
        return false;
    }
    let (name, owner) = (wire.to_snake_case(), owner.to_snake_case());
    let mut words = name.rsplit('_');
    let (last, before) = (words.next().unwrap_or_default(), words.next());
    match last {
        "token" => {
            let is_of_text = owner.contains("logprob") || owner.contains("log_prob");
            !before.is_some_and(|before| NOT_SECRET.contains(&before)) && !is_of_text
        }
        "key" => before.is_some_and(|before| KEYS.contains(&before)),
        "code" => before.is_none_or(|before| before == "verification") && verifies(&owner),
        last => SECRETS.contains(&last),
    }
}

/// Whether something checks what a person was sent.
fn verifies(owner: &str) -> bool {
    ["verification_check", "verify", "challenge", "passcode"]
        .iter()
        .any(|what| owner.contains(what))
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Base64 | Type::Bytes => true,
        Type::Nullable(inner) => is_text(inner),
        _ => false,
    }
}

/// Hides in requests what their responses hide, and in responses what their requests hide.
pub(super) fn hide_on_both_sides(api: &mut Api) {
    for module in api.resources.keys().cloned().collect::<Vec<_>>() {
        let Some(resource) = api.resources.get(&module) else {
            continue;
        };
        let outputs: Vec<(Name, Name)> = resource.operations.iter().filter_map(output).collect();
        let hidden: Vec<BTreeSet<String>> = resource
            .operations
            .iter()
            .map(|operation| hidden_by(api, operation))
            .collect();
        let of_output = |path: &(Name, Name)| -> BTreeSet<String> {
            let same = resource.operations.iter().zip(&hidden);
            let same = same.filter(|(operation, _)| output(operation).as_ref() == Some(path));
            same.flat_map(|(_, hidden)| hidden.clone()).collect()
        };
        let outputs: Vec<((Name, Name), BTreeSet<String>)> = outputs
            .into_iter()
            .map(|path| (path.clone(), of_output(&path)))
            .filter(|(_, hidden)| !hidden.is_empty())
            .collect();
        for ((of, name), hidden) in outputs {
            if let Some(model) = model_mut(api, &of, &name) {
                for field in &mut model.fields {
                    field.sensitive |= hidden.contains(&field.wire.to_snake_case());
                }
            }
            let operations = api.resources.get_mut(&module);
            let operations = operations.into_iter().flat_map(|one| &mut one.operations);
            for operation in operations {
                if output(operation).is_some_and(|(a, b)| a == of && b == name) {
                    for param in &mut operation.params {
                        param.sensitive |= hidden.contains(&param.wire.to_snake_case());
                    }
                }
            }
        }
    }
}

/// The model that an operation responds with.
fn output(operation: &Operation) -> Option<(Name, Name)> {
    match &operation.output {
        Some(Type::Named(TypePath {
            module,
            name,
            kind: NamedKind::Model,
        })) => Some((module.clone(), name.clone())),
        _ => None,
    }
}

/// The names of what an operation hides, in its request or its response.
fn hidden_by(api: &Api, operation: &Operation) -> BTreeSet<String> {
    let params = operation.params.iter().filter(|param| param.sensitive);
    let params = params.map(|param| param.wire.to_snake_case());
    let model = output(operation).and_then(|(module, name)| model(api, &module, &name));
    let fields = model.into_iter().flat_map(|model| &model.fields);
    let fields = fields.filter(|field| field.sensitive);
    params
        .chain(fields.map(|field| field.wire.to_snake_case()))
        .collect()
}

fn model<'a>(api: &'a Api, module: &Name, name: &Name) -> Option<&'a Model> {
    let models = &api.resources.get(module)?.models;
    models.iter().find(|model| model.name == *name)
}

fn model_mut<'a>(api: &'a mut Api, module: &Name, name: &Name) -> Option<&'a mut Model> {
    let models = &mut api.resources.get_mut(module)?.models;
    models.iter_mut().find(|model| model.name == *name)
}

#[cfg(test)]
mod tests {
    use super::{Type, is_secret};

    #[test]
    fn secrets_are_known_by_their_names() {
        let text = |wire, owner| is_secret(wire, owner, &Type::String);
        for wire in [
            "password",
            "ClientSecret",
            "auth_token",
            "token",
            "webhook_token",
            "apiKey",
            "api_key",
            "privateKey",
            "signing_key",
            "secret",
            "Authorization",
            "otp",
        ] {
            assert!(text(wire, "Ship"), "{wire}");
        }
        for wire in [
            "page_token",
            "nextToken",
            "PageToken",
            "max_tokens",
            "token_type",
            "key",
            "public_key",
            "secret_sid",
            "eos_token",
            "code",
        ] {
            assert!(!text(wire, "Ship"), "{wire}");
        }
        assert!(text("Code", "CreateVerificationCheck"));
        assert!(!text("token", "ChatCompletionTokenLogprob"));
        assert!(!is_secret("password", "Ship", &Type::Bool));
    }
}
