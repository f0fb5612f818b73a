//! What a list yields: records, errors, and where it ends.

use super::{ByOffset, ByToken, ByUrl, Ids, Optional, Sized, by_target, of, read};
use crate::server::{Server, json, run, write};
use cratewright_runtime::Error;
use serde_json::Value;

#[test]
fn a_limit_sets_the_size_and_ends_the_list() {
    let server = by_target(&[
        (
            "/things?q=a&limit=3",
            r#"{"data":[{"id":1},{"id":2}],"has_more":true,"meta":{"next":"n"}}"#,
        ),
        (
            "/things?q=a&limit=3&page%5Bafter%5D=n",
            r#"{"data":[{"id":3},{"id":4}],"has_more":true,"meta":{"next":"m"}}"#,
        ),
        (
            "/things?q=a&limit=100",
            r#"{"data":[{"id":1}],"has_more":false}"#,
        ),
        ("/things?limit=50", r#"{"things":[{"id":1}]}"#),
    ]);
    let (client, blocking) = server.clients();
    let found: Ids = blocking.items(ByToken).limit(3).map(of).collect();
    assert_eq!(found, [Ok(1), Ok(2), Ok(3)]);
    let found = run(async {
        let mut items = client.items(ByToken).limit(1000);
        let mut found = Vec::new();
        while let Some(item) = items.next().await {
            found.push(of(item));
        }
        found
    });
    assert_eq!(found, [Ok(1)]);
    let none: Ids = blocking.items(ByToken).limit(0).map(of).collect();
    assert_eq!(none, []);
    // What the caller sets stays within the limits of the description.
    let sized: Ids = blocking.items(Sized).limit(7).map(of).collect();
    assert_eq!(sized, [Ok(1)]);
}

#[test]
fn a_record_that_cannot_be_decoded_is_an_item() {
    let server = by_target(&[
        (
            "/things",
            r#"{"things":[{"id":1},{"name":"x"},7,{"id":"4"}],"total":5,"more":{"deep":null}}"#,
        ),
        ("/things?offset=4", r#"{"things":[{"id":5}],"total":5}"#),
    ]);
    let found = read(&server.clients(), &ByOffset);
    let [Ok(1), Err(missing), Err(number), Ok(4), Ok(5)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert!(missing.contains("$.things[1]"), "{missing}");
    assert!(number.contains("$.things[2]"), "{number}");
    let (_, blocking) = server.clients();
    let mut items = blocking.items(ByOffset);
    let error = items.find_map(Result::err);
    let Some(Error::Record(error)) = error else {
        panic!("an error of a record");
    };
    assert_eq!(error.raw(), r#"{"name":"x"}"#);
    assert_eq!(items.page().map(|page| page.deviations().len()), Some(1));
}

#[test]
fn a_list_that_is_not_there_is_an_error() {
    for body in [
        r#"{"other":1}"#,
        r#"{"things":"gone","total":1}"#,
        "[]",
        "",
        "null",
        r#"{"things":{}}"#,
    ] {
        let server = Server::script(vec![json(body)]);
        let found = read(&server.clients(), &ByOffset);
        assert!(matches!(found.as_slice(), [Err(_)]), "{body}: {found:?}");
    }
    for body in [r#"{"things":[]}"#, r#"{"things":null}"#, "{}"] {
        let server = Server::script(vec![json(body)]);
        assert_eq!(read(&server.clients(), &Optional), [], "{body}");
    }
    let server = Server::script(vec![json(r#"{"things":null,"total":0}"#)]);
    assert_eq!(read(&server.clients(), &ByOffset), []);
    let server = Server::script(vec![
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned(),
    ]);
    assert_eq!(read(&server.clients(), &ByOffset), []);
}

#[test]
fn a_circle_of_pages_ends_with_an_error() {
    for length in 1..5_usize {
        let server = Server::new(move |_, request, stream| {
            let at: usize = request
                .target()
                .rsplit('=')
                .next()
                .and_then(|at| at.parse().ok())
                .unwrap_or(0);
            let next = (at + 1) % (length + 1);
            let next = if next == 0 {
                "/things?q=x%20y".to_owned()
            } else {
                format!("/things?n={next}")
            };
            write(
                stream,
                &json(&format!(
                    r#"{{"things":[{{"id":{at}}}],"links":{{"next":"{next}"}}}}"#
                )),
            );
        });
        let found = read(&server.clients(), &ByUrl);
        assert_eq!(found.len(), length + 2, "{found:?}");
        let error = found
            .last()
            .and_then(|last| last.as_ref().err())
            .expect("an error");
        assert!(error.contains("would not end"), "{error}");
    }
}

#[test]
fn pages_are_responses() {
    let server = by_target(&[
        ("/things", r#"{"things":[{"id":1}],"total":2}"#),
        ("/things?offset=1", r#"{"things":[{"id":2}],"total":2}"#),
    ]);
    let (_, blocking) = server.clients();
    let pages: Vec<Value> = blocking
        .pages(ByOffset)
        .map(|page| page.expect("a page").data)
        .collect();
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[1]["things"][0]["id"], 2);
}
