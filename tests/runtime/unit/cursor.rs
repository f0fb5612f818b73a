//! The URLs of the next pages of lists.

use super::super::paged::Paging;
use super::super::position::Position;
use super::{Cursor, HeaderMap, Meta, PageRequest, Uri};
use bytes::Bytes;

const FIRST: &str = "https://api.example.com/v1/pets?Size=2&Page=0";

fn page(paging: &Paging, url: &'static str) -> PageRequest {
    PageRequest {
        uri: Uri::from_static(url),
        body: Bytes::new(),
        place: paging.place,
    }
}

fn cursor(paging: Paging, base_url: Option<&str>, first: &'static str) -> Cursor {
    let meta = Meta::new("ListPets", "GET", "https://api.example.com", "/v1/pets");
    Cursor::new(&meta, paging, base_url, page(&paging, first), None)
}

fn advance(cursor: &mut Cursor, position: &Position) -> Option<Result<String, String>> {
    let next = cursor.advance(position, &HeaderMap::new())?;
    Some(
        next.map(|page| page.uri.to_string())
            .map_err(|error| error.to_string()),
    )
}

/// The position after a page of two records with a text that leads to the next one.
fn position(next: &str) -> Position {
    Position {
        count: 2,
        next: Some(next.to_owned()),
        ..Position::default()
    }
}

#[test]
fn urls_are_resolved_on_the_server_of_the_list() {
    for (url, expected) in [
        ("https://api.example.com/v1/pets?Page=1", "/v1/pets?Page=1"),
        (
            "https://API.example.com:443/v1/pets?Page=1",
            "/v1/pets?Page=1",
        ),
        ("/v1/pets?Page=1#top", "/v1/pets?Page=1"),
        ("?Page=1", "/v1/pets?Page=1"),
        ("pets?Page=1", "/v1/pets?Page=1"),
        ("pets/1", "/v1/pets/1"),
        ("./pets?Page=../1", "/v1/pets?Page=../1"),
        ("../v2/pets?Page=1", "/v2/pets?Page=1"),
        ("../../../pets?Page=1", "/pets?Page=1"),
    ] {
        let mut cursor = cursor(Paging::url(&["next"]), None, FIRST);
        let expected = format!("https://api.example.com{expected}");
        assert_eq!(
            advance(&mut cursor, &position(url)),
            Some(Ok(expected)),
            "{url}"
        );
    }
}

#[test]
fn other_servers_are_not_followed() {
    for url in [
        "https://example.com/v1/pets",
        "http://api.example.com/v1/pets",
        "https://api.example.com:444/v1/pets",
        "https://api.example.com@evil.example/v1/pets",
        "//evil.example/v1/pets",
        "/\\evil.example/v1/pets",
        "1",
        "mailto:pets/1",
        FIRST,
    ] {
        let mut cursor = cursor(Paging::url(&["next"]), None, FIRST);
        let next = advance(&mut cursor, &position(url)).expect("a page");
        let error = next.expect_err(url);
        assert!(
            error.starts_with("cannot fetch the next page of ListPets: "),
            "{error}"
        );
    }
}

#[test]
fn the_path_of_the_base_url_is_kept() {
    let base_url = "http://127.0.0.1:4010/mock/";
    let first = "http://127.0.0.1:4010/mock/v1/pets";
    let mut cursor = cursor(Paging::url(&["next"]), Some(base_url), first);
    for (url, expected) in [
        (
            "/v1/pets?Page=1",
            "http://127.0.0.1:4010/mock/v1/pets?Page=1",
        ),
        (
            "/mock/v1/pets?Page=2",
            "http://127.0.0.1:4010/mock/v1/pets?Page=2",
        ),
    ] {
        let next = advance(&mut cursor, &position(url));
        assert_eq!(next, Some(Ok(expected.to_owned())));
    }
}

#[test]
fn a_token_or_a_number_replaces_the_parameter() {
    let mut tokens = cursor(Paging::token("Page", &["token"]), None, FIRST);
    let next = "https://api.example.com/v1/pets?Size=2&Page=a%20b";
    assert_eq!(
        advance(&mut tokens, &position("a b")),
        Some(Ok(next.to_owned()))
    );
    assert_eq!(advance(&mut tokens, &Position::default()), None);

    let mut offsets = cursor(Paging::offset("start", 1), None, FIRST);
    let mut page = |count| {
        let total = Some(5);
        let position = Position {
            count,
            total,
            ..Position::default()
        };
        advance(&mut offsets, &position)
    };
    let url = |start| Some(Ok(format!("{FIRST}&start={start}")));
    assert_eq!(page(2), url(3));
    assert_eq!(page(2), url(5));
    assert_eq!(page(1), None);
}

#[test]
fn a_name_is_found_as_it_is_written_in_the_query() {
    let first = "https://api.example.com/v1/pets?page%5Bnumber%5D=3&page%5Bsize%5D=2";
    let mut pages = cursor(Paging::number("page[number]", 1), None, first);
    for number in 4..6 {
        let next =
            format!("https://api.example.com/v1/pets?page%5Bsize%5D=2&page%5Bnumber%5D={number}");
        assert_eq!(advance(&mut pages, &position("")), Some(Ok(next)));
    }
}

#[test]
fn an_empty_page_with_its_own_token_is_the_last_one() {
    let mut pages = cursor(Paging::token("after", &["token"]), None, FIRST);
    let next = Some(Ok(format!("{FIRST}&after=a%2Fb")));
    assert_eq!(advance(&mut pages, &position("a/b")), next);
    let empty = Position {
        count: 0,
        ..position("a/b")
    };
    assert_eq!(advance(&mut pages, &empty), None);
}

#[test]
fn a_list_that_leads_back_ends_with_an_error() {
    let mut cursor = cursor(Paging::url(&["next"]), None, FIRST);
    assert!(matches!(
        advance(&mut cursor, &position("?Page=1")),
        Some(Ok(_))
    ));
    assert!(matches!(
        advance(&mut cursor, &position("?Page=1")),
        Some(Err(_))
    ));
}

#[test]
fn a_relative_url_with_the_parameter_is_no_token() {
    for (token, next) in [
        ("?after=b", "/v1/pets?after=b"),
        ("/v1/pets?Size=2&after=b#x", "/v1/pets?Size=2&after=b"),
        ("/b?c=d", "/v1/pets?Size=2&Page=0&after=%2Fb%3Fc%3Dd"),
        ("?", "/v1/pets?Size=2&Page=0&after=%3F"),
    ] {
        let mut pages = cursor(Paging::token("after", &["next"]), None, FIRST);
        let next = format!("https://api.example.com{next}");
        assert_eq!(advance(&mut pages, &position(token)), Some(Ok(next)));
    }
}
