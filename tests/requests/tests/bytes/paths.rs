//! Paths with a query or a fragment, escapes, constants and defaults.

use super::support::{refused, sent};
use requests::Credentials;
use requests::fragment_in_path::v1::audio::{Transcribe, TranscribeStream};
use requests::odd_paths::v1::a_b::Spaces;
use requests::odd_paths::v1::fixed::Fixed;
use requests::odd_paths::v1::list::Templated;
use requests::odd_paths::v1::m7euser::Percent;
use requests::odd_paths::v1::ships::{Expressions, Reserved};
use requests::query_in_path::v1::objects::{CopyObject, ListObjects, PutObject};
use requests::query_in_path::v1::pages::ListPages;
use requests::required_header_with_default::v1::indexes::ListIndexes;
use requests::undeclared_path_parameter::v1::app::GetApp;

#[test]
fn a_query_in_the_key_of_a_path() {
    let list = ListObjects::new();
    assert_eq!(
        sent(&list).target,
        "GET https://api.example.com/base/objects?list-type=2"
    );
    assert_eq!(sent(&list.prefix("p")).query(), "list-type=2&prefix=p");
    let request = Templated::new(3, "k&1");
    assert_eq!(
        sent(&request).target,
        "GET https://api.example.com/base/list?flag&page=3&kind=k%261"
    );
    assert_eq!(
        sent(&ListPages::new().size(2)).target,
        "GET https://api.example.com/base/pages?size=2"
    );
}

#[test]
fn a_fragment_only_tells_operations_apart() {
    for target in [
        sent(&CopyObject::new()).target,
        sent(&PutObject::new()).target,
    ] {
        assert_eq!(target, "PUT https://api.example.com/base/objects");
    }
    for target in [
        sent(&TranscribeStream::new()).target,
        sent(&Transcribe::new()).target,
    ] {
        assert_eq!(
            target,
            "POST https://api.example.com/v1/audio/transcriptions"
        );
    }
}

#[test]
fn what_a_url_cannot_have_is_escaped() {
    assert_eq!(
        sent(&Spaces::new("1")).target,
        "GET https://api.example.com/base/a%20b/%C3%A9/1%7Cx"
    );
    assert_eq!(
        sent(&Percent::new()).target,
        "GET https://api.example.com/base/100%25/%7Euser"
    );
}

/// RFC 6570, section 3.2.3: reserved characters of `{+path}` stay, as with `allowReserved` (OpenAPI 3.2), and a value leaves neither the path nor its place.
#[test]
fn expressions_of_other_templates_are_names() {
    let target = |path: &str| sent(&Expressions::new(7, path)).target;
    assert_eq!(
        target("a/b?c d%20[e]"),
        "GET https://api.example.com/base/ships/7/files/a/b%3Fc%20d%20%5Be%5D"
    );
    assert_eq!(
        sent(&Reserved::new(7, "a/b")).target,
        "GET https://api.example.com/base/ships/7/raw/a/b"
    );
    for path in ["../a", "a/./b", "a//b", "/"] {
        let refused = refused(&Expressions::new(7, path), Credentials::none());
        assert!(refused.contains("`path`"), "{refused}");
    }
}

#[test]
fn constants_and_defaults_are_sent_without_being_asked_for() {
    let request = Fixed::new();
    let first = sent(&request);
    assert_eq!(
        first.target,
        "GET https://api.example.com/base/v%202/fixed?format=json%26x&limit=25"
    );
    assert_eq!(first.header("x-api"), "7");
    assert_eq!(first.header("cookie"), "lang=en");
    assert_eq!(
        sent(&Fixed::new().limit(1).sort("desc")).query(),
        "format=json%26x&limit=1&sort=desc"
    );
    let version = |request: &ListIndexes| sent(request).header("x-pinecone-api-version").to_owned();
    assert_eq!(version(&ListIndexes::new()), "2026-04");
    assert_eq!(
        version(&ListIndexes::new().x_pinecone_api_version("2025-01")),
        "2025-01"
    );
}

#[test]
fn a_parameter_that_nothing_describes() {
    assert_eq!(
        sent(&GetApp::new("a/b")).target,
        "GET https://api.example.com/v1/app/a%2Fb"
    );
}
