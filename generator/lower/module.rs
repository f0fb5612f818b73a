//! Which module an operation belongs to, and what it is called.

use crate::base::path_template::path_and_query;
use crate::model::names::{Kind, Name};
use crate::model::settings::{Settings, entry};
use heck::ToSnakeCase;
use openapiv3::{Operation, PathItem};

/// Verbs that an operationId of the form `FetchInteractionChannel` begins with.
const VERBS: &[&str] = &[
    "create", "fetch", "list", "update", "delete", "patch", "get", "put", "post", "add", "remove",
];

/// Other verbs that the name of an operation begins with once the tag is taken off.
const ACTIONS: &[&str] = &[
    "activate",
    "append",
    "archive",
    "assign",
    "attach",
    "cancel",
    "check",
    "deactivate",
    "destroy",
    "detach",
    "disable",
    "download",
    "edit",
    "enable",
    "execute",
    "find",
    "modify",
    "move",
    "query",
    "read",
    "rename",
    "replace",
    "reset",
    "restart",
    "restore",
    "retrieve",
    "retry",
    "run",
    "save",
    "search",
    "send",
    "set",
    "start",
    "stop",
    "submit",
    "unarchive",
    "unassign",
    "upload",
    "view",
    "write",
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
/// That is what frameworks put before or after the name of a function: the tag (`issues/create`), the module of the program
/// and the version (`agents_api_v1_agents_list`, `v1.message.list`), the path and the method (`speech_v1_audio_speech_post`).
pub(super) fn spelling_of(
    operation: &Operation,
    module: &Name,
    (method, path): (&str, &str),
    id: &str,
) -> String {
    if id.contains(' ') {
        // The method and the path, for want of an id.
        return id.to_owned();
    }
    let short = without_path(id, method, path).unwrap_or(id);
    let snake = short.to_snake_case();
    let all: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
    let (words, is_qualified) = without_program(&all);
    let words = without_version(words);
    let tag = operation.tags.first();
    let tag = tag.map_or(module.as_str(), String::as_str).to_snake_case();
    let tag: Vec<&str> = tag.split('_').collect();
    let is_qualified = is_qualified || short.contains(['/', '.']);
    let words = without_tag(words, &tag, is_qualified);
    if words.len() == all.len() {
        return short.to_owned();
    }
    words.join("_")
}

/// Takes off the module of a program that serves an API: `agents_api_v1_…`, `jobs_api_routes_…`.
fn without_program<'s, 'w>(words: &'w [&'s str]) -> (&'w [&'s str], bool) {
    let at = words.windows(2).position(|pair| match pair {
        ["api", after] => *after == "routes" || is_version(after),
        _ => false,
    });
    let rest = at.filter(|at| *at > 0).and_then(|at| words.get(at + 2..));
    match rest {
        Some(rest) if !rest.is_empty() => (rest, true),
        _ => (words, false),
    }
}

fn without_version<'s, 'w>(words: &'w [&'s str]) -> &'w [&'s str] {
    match words {
        [version, rest @ ..] if !rest.is_empty() && is_version(version) => rest,
        [rest @ .., version] if !rest.is_empty() && is_version(version) => rest,
        words => words,
    }
}

fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes off the tag, or the last words of it, in front of a verb; where the id is qualified, in front of anything.
fn without_tag<'s, 'w>(words: &'w [&'s str], tag: &[&'s str], is_qualified: bool) -> &'w [&'s str] {
    let mut suffixes = (0..tag.len()).filter_map(|start| tag.get(start..));
    let Some(rest) = suffixes.find_map(|suffix| words.strip_prefix(suffix)) else {
        return words;
    };
    let is_verb = |word: &str| VERBS.contains(&word) || ACTIONS.contains(&word);
    match rest.first() {
        Some(first) if is_qualified || is_verb(first) => rest,
        _ => words,
    }
}

/// Takes the path and the method off the end of an id that `FastAPI` made.
fn without_path<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    let words = |text: &str| text.replace(|c: char| !c.is_alphanumeric() && c != '_', "_");
    let before = id
        .strip_suffix(method.to_lowercase().as_str())?
        .trim_end_matches('_');
    let rest = before.strip_suffix(words(path).trim_end_matches('_'))?;
    let has_word = rest.chars().any(char::is_alphabetic);
    has_word.then_some(rest)
}

/// Returns the module that stands for one, where the user has another name for it.
pub(super) fn renamed_module(settings: &Settings, module: Name) -> Name {
    match entry(&settings.renames.modules, module.as_str()) {
        Some(chosen) => Name::chosen(Kind::Module, chosen).unwrap_or(module),
        None => module,
    }
}

/// Returns the module that an operation belongs to.
///
/// That is the first tag; for operations without one, the first fixed segment of the path. Where the path says how Twilio's
/// libraries arrange it (`x-twilio`), it is the operationId without its verb.
pub(super) fn module_of(operation: &Operation, item: &PathItem, id: &str, path: &str) -> Name {
    let tag = operation.tags.first().filter(|tag| !tag.trim().is_empty());
    match tag {
        _ if item.extensions.contains_key("x-twilio") => Name::module(&noun_of(id, path)),
        Some(tag) => Name::module(without_api(tag)),
        None => Name::module(first_segment(path)),
    }
}

/// A tag without the word that any tag may end with.
fn without_api(tag: &str) -> &str {
    let rest = tag.trim_end().strip_suffix(" API").unwrap_or(tag);
    if rest.trim().is_empty() { tag } else { rest }
}

/// The first segment of a path that is neither a parameter nor a version, which many paths begin with.
fn first_segment(path: &str) -> &str {
    let (path, _) = path_and_query(path);
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
    use crate::model::names::Name;
    use openapiv3::Operation;

    fn spelling(id: &str, tag: &str, method: &str, path: &str) -> String {
        let operation = Operation {
            tags: vec![tag.to_owned()],
            ..Operation::default()
        };
        spelling_of(&operation, &Name::module(tag), (method, path), id)
    }

    #[test]
    fn an_operation_is_called_without_its_path() {
        let path = "/v1/audio/speech";
        let of_speech = |id| spelling(id, "audio", "POST", path);
        assert_eq!(of_speech("speech_v1_audio_speech_post"), "speech");
        assert_eq!(of_speech("_v1_audio_speech_post"), "audio_speech_post");
        let path = "/v1/files/{file_id}";
        let id = "get_file_v1_files__file_id__get";
        assert_eq!(spelling(id, "files", "GET", path), "get_file");
        let id = "logout_api_v1_auth_logout__post";
        let path = "/api/v1/auth/logout";
        assert_eq!(spelling(id, "Authentication", "POST", path), "logout");
    }

    #[test]
    fn an_operation_is_called_without_its_tag_and_its_version() {
        for (id, tag, expected) in [
            ("issues/create", "issues", "create"),
            ("issues/create", "bugs", "issues/create"),
            ("v1.message.list", "Message", "list"),
            (
                "v1.message-attempt.list-by-msg",
                "Message Attempt",
                "list_by_msg",
            ),
            ("agents_api_v1_agents_list", "beta.agents", "list"),
            (
                "jobs_api_routes_batch_get_batch_jobs",
                "batch",
                "get_batch_jobs",
            ),
            (
                "libraries_documents_list_v1",
                "beta.libraries.documents",
                "list",
            ),
            ("current_user_view", "current-user", "view"),
            ("applications_get_activity", "applications", "get_activity"),
            // Without the tag, it would not say what is done.
            ("search_points", "search", "search_points"),
            ("chat_completion", "chat", "chat_completion"),
            ("listShips", "Ships", "listShips"),
            ("embeddings", "embeddings", "embeddings"),
            ("head /api/v1/health", "health", "head /api/v1/health"),
        ] {
            assert_eq!(spelling(id, tag, "GET", "/x"), expected, "{id}");
        }
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
