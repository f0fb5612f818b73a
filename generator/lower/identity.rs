//! Which product and which version of it a description describes: where its API stands among others in one crate.
//!
//! The product is in the title: of `Twilio - Flex` what follows the dash, of `Acme Billing API` at `billing.acme.example` what
//! is neither the publisher nor a word for any API. The version is the one that all paths share, such as `/v1/` or
//! `/2010-04-01/`; else the one in the names of the components, such as `flex.v1.channel`; else the first number of
//! `info.version`.

use crate::input::document::Document;
use crate::model::module_path::ModulePath;
use crate::model::names::Name;
use openapiv3::{OpenAPI, ReferenceOr};

/// Words at the end of a title that any API may bear.
const ANY_API: &[&str] = &[
    "api",
    "apis",
    "http",
    "openapi",
    "public",
    "rest",
    "restful",
    "spec",
    "specification",
];

/// Returns the modules that the API of a description stands in, when it does not have the crate to itself.
#[must_use]
pub fn module_path(document: &Document) -> ModulePath {
    let openapi = document.openapi();
    let product = product(&openapi.info.title, server(openapi));
    let version = version(openapi).map(|version| Name::module(&version));
    std::iter::once(Name::api_module(&product))
        .chain(version)
        .collect()
}

fn server(openapi: &OpenAPI) -> &str {
    openapi
        .servers
        .first()
        .map_or("", |server| server.url.as_str())
}

/// The product, in lower case, with `_` between its words.
fn product(title: &str, server: &str) -> String {
    let publisher = publisher(server);
    let after_dash = [" - ", " – ", " — "]
        .iter()
        .find_map(|dash| title.split_once(dash))
        .map(|(_, after)| after);
    let whole = without_generalities(title, publisher);
    let is_publisher = matches!(whole.as_slice(), [only] if Some(only.as_str()) == publisher);
    let words = match after_dash {
        Some(after) => match without_generalities(after, publisher) {
            none if none.is_empty() && is_publisher => words_of(after),
            none if none.is_empty() => whole,
            words => words,
        },
        None => whole,
    };
    if words.is_empty() {
        return "api".to_owned();
    }
    words.join("_")
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words of a title without the publisher before them and what any API may bear after them.
fn without_generalities(text: &str, publisher: Option<&str>) -> Vec<String> {
    let mut words = words_of(text);
    while words
        .last()
        .is_some_and(|word| ANY_API.contains(&word.as_str()) || is_number(word))
    {
        words.pop();
    }
    if words.len() > 1 && words.first().map(String::as_str) == publisher {
        words.remove(0);
    }
    words
}

/// `v2`, `3.0`.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('v').unwrap_or(word);
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The last but one label of a host: `twilio` in `https://flex-api.twilio.com`.
fn publisher(server: &str) -> Option<&str> {
    let (_, rest) = server.split_once("://")?;
    let host = rest.split(['/', ':']).next()?;
    host.rsplit('.').nth(1)
}

fn version(openapi: &OpenAPI) -> Option<String> {
    let base = server(openapi).split_once("://").map_or("", |(_, url)| url);
    let in_path = |path: &str| path.split('/').find_map(version_segment);
    let base_version = in_path(base.split_once('/').map_or("", |(_, path)| path));
    let paths = openapi.paths.paths.keys();
    let in_paths = shared(paths.map(|path| in_path(path).or_else(|| base_version.clone())));
    in_paths
        .or_else(|| in_components(openapi))
        .or_else(|| leading_number(&openapi.info.version))
}

/// The version that the dotted names of components share, whatever the names without dots are.
fn in_components(openapi: &OpenAPI) -> Option<String> {
    let components = openapi.components.as_ref()?;
    let dotted = components.schemas.iter().filter_map(|(name, schema)| {
        matches!(schema, ReferenceOr::Item(_))
            .then(|| name.split_once('.'))
            .flatten()
    });
    let versions = dotted.filter_map(|(_, rest)| rest.split('.').find_map(version_segment));
    shared(versions.map(Some))
}

/// What all of them are, if there is any and they are the same.
fn shared(mut versions: impl Iterator<Item = Option<String>>) -> Option<String> {
    let first = versions.next()??;
    versions
        .all(|other| other.as_deref() == Some(first.as_str()))
        .then_some(first)
}

/// `v1`, `v1beta2` and `v1.1` as they are, `2010-04-01` as `v2010`.
fn version_segment(segment: &str) -> Option<String> {
    let is_date = segment.len() == 10
        && segment
            .bytes()
            .enumerate()
            .all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
    if is_date {
        return leading_number(segment);
    }
    let number = segment.strip_prefix(['v', 'V'])?;
    let is_version = number.starts_with(|c: char| c.is_ascii_digit())
        && number.len() <= 12
        && number
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_version.then(|| segment.to_ascii_lowercase())
}

fn leading_number(version: &str) -> Option<String> {
    let version = version.trim().trim_start_matches(['v', 'V']);
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| format!("v{digits}"))
}

#[cfg(test)]
mod tests {
    use super::{leading_number, product, version_segment};

    #[test]
    fn finds_the_product_in_the_title() {
        let twilio = "https://flex-api.twilio.com";
        assert_eq!(product("Twilio - Flex", twilio), "flex");
        assert_eq!(product("Twilio - Ip_messaging", twilio), "ip_messaging");
        assert_eq!(product("Organization Public API", twilio), "organization");
        assert_eq!(product("User OAuth API", twilio), "user_oauth");
        assert_eq!(product("Twilio Memory API", twilio), "memory");
        assert_eq!(product("Twilio - Api", twilio), "api");
        assert_eq!(
            product("GitHub v3 REST API", "https://api.github.com"),
            "github"
        );
        assert_eq!(
            product("Adyen Checkout API", "https://checkout-test.adyen.com/v71"),
            "checkout"
        );
        assert_eq!(
            product("Swagger Petstore - OpenAPI 3.0", "/api/v3"),
            "swagger_petstore"
        );
        assert_eq!(product("API", ""), "api");
        assert_eq!(product(" ", ""), "api");
    }

    #[test]
    fn tells_a_version_from_another_segment() {
        let version = |segment| version_segment(segment);
        assert_eq!(version("v1").as_deref(), Some("v1"));
        assert_eq!(version("V2beta1").as_deref(), Some("v2beta1"));
        assert_eq!(version("v1.1").as_deref(), Some("v1.1"));
        assert_eq!(version("2010-04-01").as_deref(), Some("v2010"));
        for other in ["voice", "v", "2010", "video", "{Sid}", "2010-04-1x"] {
            assert_eq!(version(other), None, "{other}");
        }
        assert_eq!(leading_number("1.0.0").as_deref(), Some("v1"));
        assert_eq!(leading_number("v2024-10").as_deref(), Some("v2024"));
        assert_eq!(leading_number("latest"), None);
    }
}
