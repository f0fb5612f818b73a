//! How each list of the descriptions is paged.

use cratewright_responses::paging::{cursor, drf, dropshot, link, marker, numbered, offset};
use cratewright_responses::scim_total_number_does_not_compile::scim;
use cratewright_responses::stated_paging::{a, b};
use cratewright_responses::test_util::MockTransport;
use cratewright_responses::{Config, Credentials, Paged, blocking};
use http::StatusCode;

/// Returns how many records a list has with these pages, and the targets that were asked for.
fn walk<O: Paged>(list: O, pages: &[(&str, &'static str)]) -> (usize, Vec<String>) {
    let mock = MockTransport::new();
    for (link, body) in pages {
        let mut response = http::Response::new((*body).into());
        *response.status_mut() = StatusCode::OK;
        if !link.is_empty() {
            let link = link.parse().expect("a header");
            response.headers_mut().insert("link", link);
        }
        mock.respond_with(response);
    }
    let client = blocking::Client::with_transport(Config::new(Credentials::none()), mock.clone());
    let mut count = 0;
    for item in client.items(list) {
        item.expect("a record");
        count += 1;
    }
    let targets = mock.requests();
    let targets = targets
        .iter()
        .map(|request| request.uri().path_and_query().expect("a path").to_string());
    (
        count,
        targets.map(|target| target.replace("/v1", "")).collect(),
    )
}

#[test]
fn cursors_and_tokens() {
    let (count, targets) = walk(
        cursor::ListCursor::new(),
        &[
            (
                "",
                r#"{"object": "list", "data": [{"id": "a"}, {"id": "b"}], "last_id": "b", "has_more": true}"#,
            ),
            (
                "",
                r#"{"object": "list", "data": [{"id": "c"}], "last_id": "c", "has_more": false}"#,
            ),
        ],
    );
    assert_eq!(
        (count, targets),
        (3, vec!["/cursor".to_owned(), "/cursor?after=b".to_owned()])
    );
    let (count, targets) = walk(
        dropshot::ListDropshot::new(),
        &[
            ("", r#"{"items": [{"id": "a"}], "next_page": "t"}"#),
            ("", r#"{"items": [], "next_page": null}"#),
        ],
    );
    assert_eq!(
        (count, targets),
        (
            1,
            vec!["/dropshot".to_owned(), "/dropshot?page_token=t".to_owned()]
        )
    );
    let (_, targets) = walk(
        marker::ListMarker::new(),
        &[
            ("", r#"{"entries": [{"id": "a"}], "next_marker": "m"}"#),
            ("", r#"{"entries": []}"#),
        ],
    );
    assert_eq!(targets, ["/marker", "/marker?marker=m"]);
}

#[test]
fn urls_and_links() {
    let (_, targets) = walk(
        drf::List::new(),
        &[
            (
                "",
                r#"{"count": 2, "results": [{"id": "a"}], "next": "https://api.example.com/v1/drf?limit=1&offset=1", "previous": null}"#,
            ),
            (
                "",
                r#"{"count": 2, "results": [{"id": "b"}], "next": null}"#,
            ),
        ],
    );
    assert_eq!(targets, ["/drf", "/drf?limit=1&offset=1"]);
    let (_, targets) = walk(
        link::ListLink::new(),
        &[
            (
                "<https://api.example.com/v1/link?page=2>; rel=\"next\"",
                r#"[{"id": "a"}]"#,
            ),
            (
                "<https://api.example.com/v1/link?page=1>; rel=\"prev\"",
                r#"[{"id": "b"}]"#,
            ),
        ],
    );
    assert_eq!(targets, ["/link", "/link?page=2"]);
}

#[test]
fn numbers_and_offsets() {
    let (_, targets) = walk(
        numbered::ListNumbered::new(),
        &[
            (
                "",
                r#"{"things": [{"id": "a"}], "meta": {"pagination": {"page": 1, "next_page": 2}}}"#,
            ),
            (
                "",
                r#"{"things": [{"id": "b"}], "meta": {"pagination": {"page": 2, "next_page": null}}}"#,
            ),
        ],
    );
    assert_eq!(targets, ["/numbered", "/numbered?page=2"]);
    let (_, targets) = walk(
        offset::ListOffset::new(),
        &[
            (
                "",
                r#"{"things": [{"id": "a"}, {"id": "b"}], "more": true, "total": null}"#,
            ),
            ("", r#"{"things": [{"id": "c"}], "more": false}"#),
        ],
    );
    assert_eq!(targets, ["/offset", "/offset?offset=2"]);
    // GitHub's description has numbers that are not integers there.
    let (count, targets) = walk(
        scim::ListProvisionedGroups::new(),
        &[
            (
                "",
                r#"{"schemas": [], "totalResults": 2.0, "itemsPerPage": 1, "startIndex": 1, "Resources": [{"id": "a"}]}"#,
            ),
            (
                "",
                r#"{"schemas": [], "totalResults": 2, "itemsPerPage": 1, "startIndex": 2, "Resources": [{"id": "b"}]}"#,
            ),
        ],
    );
    assert_eq!(
        (count, targets),
        (
            2,
            vec![
                "/scim/v2/Groups".to_owned(),
                "/scim/v2/Groups?startIndex=2".to_owned()
            ]
        )
    );
}

#[test]
fn the_description_can_state_it() {
    let (_, targets) = walk(
        a::ListA::new(),
        &[
            (
                "",
                r#"{"data": [{"id": 1}], "others": [], "meta": {"cursor_of_next": "n"}}"#,
            ),
            ("", r#"{"data": [{"id": 2}], "others": []}"#),
        ],
    );
    assert_eq!(targets, ["/a", "/a?from_here=n"]);
    let (count, targets) = walk(
        b::ListB::new(),
        &[
            (
                "",
                r#"{"data": [], "others": [{"key": "x"}, {"key": "y"}], "done": false}"#,
            ),
            (
                "",
                r#"{"data": [], "others": [{"key": "z"}], "done": true}"#,
            ),
        ],
    );
    assert_eq!(
        (count, targets),
        (3, vec!["/b".to_owned(), "/b?after_key=y".to_owned()])
    );
}
