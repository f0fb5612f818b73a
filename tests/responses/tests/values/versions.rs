//! OpenAPI 3.2 and Swagger 2.0, and descriptions without operations.

use crate::support::{JSON, data, decode, request};
use cratewright_responses::models_only::models::{Kind, Ship as OnlyShip};
use cratewright_responses::openapi_3_2::ships::{self, ListShipsFilter, SearchShipsBody};
use cratewright_responses::swagger_2_0::models::Ship;
use cratewright_responses::swagger_2_0::{headers, login, ships as fleet};
use cratewright_responses::{Decode, Error, Operation, Paged, decode as decode_json};

/// OpenAPI 3.2.0, section 4.9: `query` and `additionalOperations`.
#[test]
fn other_methods() {
    let search = request(&ships::SearchShips::new(SearchShipsBody::new("a")));
    assert_eq!(
        (search.method().as_str(), search.uri().path()),
        ("QUERY", "/ships")
    );
    assert_eq!(search.body(), r#"{"q":"a"}"#);
    assert_eq!(
        data::<ships::SearchShips>(200, JSON, r#"[{"name": "a"}]"#).len(),
        1
    );
    assert_eq!(request(&ships::CopyShips::new()).method(), "COPY");
}

/// OpenAPI 3.2.0, section 4.12: `in: querystring`.
#[test]
fn the_query_as_a_whole() {
    let filter = ListShipsFilter::new().name("a b").size(3);
    let request = request(&ships::ListShips::new().filter(filter));
    assert_eq!(request.uri().query(), Some("name=a%20b&size=3"));
}

/// Swagger 2.0: `collectionFormat`, bodies, forms, files and the host.
#[test]
fn swagger_parameters() {
    let list = fleet::ListShips::new()
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .ids(vec![1, 2])
        .sizes(vec![3, 4])
        .x_trace("t");
    let sent = request(&list);
    assert_eq!(
        sent.uri().to_string(),
        "https://harbour.example/v2/ships?tags=a&tags=b&ids=1,2&sizes=3|4"
    );
    assert_eq!(sent.headers()["x-trace"], "t");
    let created = request(&fleet::CreateShip::new(Ship::new("Anna")));
    assert_eq!(created.body(), r#"{"name":"Anna"}"#);
    assert_eq!(created.headers()["content-type"], JSON);
    let login = login::Login::new(login::LoginParams {
        user: "u".to_owned(),
        password: "p&".to_owned(),
    });
    let sent = request(&login.roles(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(
        sent.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(sent.body(), "user=u&password=p%26&roles=a,b");
}

#[test]
fn swagger_responses() {
    let response = decode::<fleet::ListShips>(
        200,
        JSON,
        r#"{"ships": [{"name": "Anna", "owner": null}], "total": 1}"#,
    );
    let response = response.expect("a success");
    assert_eq!(response.data.ships[0].owner.value(), None);
    assert_eq!(response.deviations(), []);
    assert_eq!(response.header(headers::X_TAGS), Ok(None));
    let Err(Error::Api(error)) = decode::<fleet::ListShips>(500, JSON, r#"{"code": 7}"#) else {
        panic!("an error");
    };
    assert_eq!(
        error
            .typed::<fleet::ListShips>()
            .expect("a typed error")
            .data
            .code,
        7
    );
    assert_eq!(
        data::<fleet::DownloadPapers>(200, "application/pdf", "%PDF"),
        "%PDF"
    );
    fn is_paged<O: Paged>() {}
    is_paged::<fleet::ListShips>();
}

#[test]
fn a_crate_of_models() {
    let ship: OnlyShip = decoded(r#"{"name": "Anna", "kind": "tug"}"#);
    assert_eq!((ship.name.as_str(), ship.kind), ("Anna", Some(Kind::Tug)));
}

fn decoded<T: Decode>(text: &'static str) -> T {
    decode_json(&text.into()).expect("a value").value
}

#[test]
fn the_server_is_that_of_the_host() {
    assert_eq!(fleet::ListShips::META.server, "https://harbour.example/v2");
}
