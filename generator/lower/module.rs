//! Which module an operation belongs to, and what it is called.

use crate::model::names::Name;
use heck::ToSnakeCase;
use openapiv3::{Operation, PathItem};

/// Verbs that an operationId of the form `FetchInteractionChannel` begins with.
const VERBS: &[&str] = &[
    "create", "fetch", "list", "update", "delete", "patch", "get", "put", "post", "add", "remove",
];

/// Returns the operationId, or what stands for it: the method and the path.
pub(super) fn id_of(operation: &Operation, method: &str, path: &str) -> String {
    match operation.operation_id.as_deref() {
        Some(id) if !id.trim().is_empty() => id.to_owned(),
        _ => format!("{} {path}", method.to_lowercase()),
    }
}

/// Returns what an operation is called: its id, without what its module and its path say already.
///
/// An id that begins with the tag (`issues/create`) or ends with the path and the method, as `FastAPI` makes them
/// (`speech_v1_audio_speech_post`), is called by the rest.
pub(super) fn spelling_of(operation: &Operation, method: &str, path: &str, id: &str) -> String {
    let mut spelling = id;
    if let Some(rest) = without_path(spelling, method, path) {
        spelling = rest;
    }
    let tag = operation.tags.first().map(|tag| tag.to_snake_case());
    if let Some((before, rest)) = spelling.split_once('/')
        && tag.is_some_and(|tag| tag == before.to_snake_case())
        && !rest.trim().is_empty()
    {
        spelling = rest;
    }
    spelling.to_owned()
}

/// Takes the path and the method off the end of an id that `FastAPI` made.
fn without_path<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    let words = |text: &str| text.replace(|c: char| !c.is_alphanumeric() && c != '_', "_");
    let suffix = format!("{}_{}", words(path), method.to_lowercase());
    let rest = id.strip_suffix(suffix.as_str())?;
    let has_word = rest.chars().any(char::is_alphabetic);
    has_word.then_some(rest)
}

/// Returns the module that an operation belongs to.
///
/// That is the first tag; for operations without one, the first fixed segment of the path. Where the path says how Twilio's
/// libraries arrange it (`x-twilio`), it is the operationId without its verb.
pub(super) fn module_of(operation: &Operation, item: &PathItem, id: &str, path: &str) -> Name {
    let tag = operation.tags.first().filter(|tag| !tag.trim().is_empty());
    match tag {
        _ if item.extensions.contains_key("x-twilio") => Name::module(&noun_of(id, path)),
        Some(tag) => Name::module(tag),
        None => Name::module(first_segment(path)),
    }
}

/// The first segment of a path that is neither a parameter nor a version, which many paths begin with.
fn first_segment(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let segments = || {
        path.split('/')
            .filter(|segment| !segment.is_empty() && !segment.contains('{'))
    };
    let says_something = |segment: &&str| {
        let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
        let is_version = number.starts_with(|c: char| c.is_ascii_digit());
        !is_version && !segment.eq_ignore_ascii_case("api")
    };
    let first = segments()
        .find(says_something)
        .or_else(|| segments().next_back());
    first.map_or("root", |segment| segment.trim_end_matches(".json"))
}

/// The operationId without its verb; without one of the verbs, the last fixed segment of the path.
fn noun_of(id: &str, path: &str) -> String {
    let words = id.to_snake_case();
    match words.split_once('_') {
        Some((verb, noun)) if VERBS.contains(&verb) && !id.contains('/') => noun.to_owned(),
        _ => path
            .rsplit('/')
            .find(|segment| !segment.is_empty() && !segment.contains('{'))
            .map_or_else(
                || "root".to_owned(),
                |segment| segment.trim_end_matches(".json").to_owned(),
            ),
    }
}

#[cfg(test)]
mod tests {
    use super::{first_segment, spelling_of};
    use openapiv3::Operation;

    fn spelling(id: &str, tag: &str, method: &str, path: &str) -> String {
        let operation = Operation {
            tags: vec![tag.to_owned()],
            ..Operation::default()
        };
        spelling_of(&operation, method, path, id)
    }

    #[test]
    fn an_operation_is_called_without_its_tag_and_its_path() {
        assert_eq!(
            spelling("issues/create", "issues", "POST", "/issues"),
            "create"
        );
        assert_eq!(
            spelling("issues/create", "bugs", "POST", "/issues"),
            "issues/create"
        );
        let path = "/v1/audio/speech";
        assert_eq!(
            spelling("speech_v1_audio_speech_post", "audio", "POST", path),
            "speech"
        );
        let path = "/v1/files/{file_id}";
        assert_eq!(
            spelling("get_file_v1_files__file_id__get", "files", "GET", path),
            "get_file"
        );
        assert_eq!(
            spelling("_v1_audio_speech_post", "a", "POST", "/v1/audio/speech"),
            "_v1_audio_speech_post"
        );
    }

    #[test]
    fn a_path_without_a_tag_belongs_to_its_first_segment() {
        assert_eq!(first_segment("/guilds/{guild_id}/members"), "guilds");
        assert_eq!(first_segment("/api/v2/{x}/users/{id}"), "users");
        assert_eq!(first_segment("/v1"), "v1");
        assert_eq!(first_segment("/{id}"), "root");
        assert_eq!(first_segment("/2010-04-01/Accounts.json"), "Accounts");
    }
}
