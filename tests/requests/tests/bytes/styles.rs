//! Parameters in every style that OpenAPI has, byte for byte: the tables of OpenAPI 3.0.3, 4.7.12.3 (Style Values and Style
//! Examples) and the sections of RFC 6570 that they refer to.

use super::support::{self, sent};
use requests::deep_object_query::v1::pets::{
    ListPets, ListPetsCsv, ListPetsDeep, ListPetsDeepCreated, ListPetsFlat, ListPetsPage,
};
use requests::param_styles::v1::m::{
    Styles, StylesDeep, StylesDeepAge, StylesExpl, StylesFlat, StylesObj, StylesParams,
    StylesWhere, StylesXObj,
};
use requests::parameter_without_schema::v1::models::Filter;
use requests::parameter_without_schema::v1::test_resource::{GetTest, GetTestEither};
use requests::path_parameter_names::v1::class::{GetClass, GetClassParams};
use requests::path_parameter_names::v1::compare::{Compare, CompareParams};
use requests::path_query_encoding::v1::files::GetFile;
use requests::problem_and_headers::v1::h::{PostH, PostHXFlags};
use requests::union_in_query::v1::h::{H, HHK, HXAny};
use requests::union_in_query::v1::q::{Q, QEither, QNum};
use serde_json::json;
use std::collections::BTreeMap;

fn styles() -> Styles {
    Styles::new(StylesParams {
        mtx: vec!["blue".into(), "b/k".into()],
        lbl: vec!["blue".into(), "black".into()],
        smp: vec![3, 4, 5],
        obj: StylesObj::new(100, "2,0"),
    })
}

#[test]
fn path_parameters() {
    assert_eq!(
        sent(&styles()).target,
        "GET https://api.example.com/base/m/;mtx=blue;mtx=b%2Fk/l/.blue,black/s/3,4,5/o/r=100,g=2%2C0"
    );
}

#[test]
fn lists_in_the_query() {
    let query = |request: Styles| sent(&request).query().to_owned();
    assert_eq!(
        query(styles().csv(["a", "b,c", "d e"])),
        "csv=a,b%2Cc,d%20e"
    );
    assert_eq!(
        query(styles().pipes(["blue", "b|k", "brown"])),
        "pipes=blue|b%7Ck|brown"
    );
    assert_eq!(
        query(styles().spaces(["blue", "black"])),
        "spaces=blue%20black"
    );
    assert_eq!(query(styles().csv([""])), "csv=");
    assert_eq!(query(styles().csv(Vec::<String>::new())), "");
}

#[test]
fn objects_in_the_query() {
    let query = |request: Styles| sent(&request).query().to_owned();
    let deep = StylesDeep::new()
        .name("A&B")
        .age(StylesDeepAge::new().gt(1).lt(9))
        .tags(["x", "y z"]);
    assert_eq!(
        query(styles().deep(deep)),
        "deep%5Bname%5D=A%26B&deep%5Bage%5D%5Bgt%5D=1&deep%5Bage%5D%5Blt%5D=9&deep%5Btags%5D=x&deep%5Btags%5D=y%20z"
    );
    assert_eq!(
        query(styles().expl(StylesExpl::new().x("a,b").y(2))),
        "x=a%2Cb&y=2"
    );
    assert_eq!(
        query(styles().flat(StylesFlat::new().x("a,b").z(2))),
        "flat=x,a%2Cb,z,2"
    );
    assert_eq!(query(styles().flat(StylesFlat::new())), "");
    let meta = BTreeMap::from([
        ("k1".to_owned(), "v 1".to_owned()),
        ("k2".to_owned(), "v2".to_owned()),
    ]);
    assert_eq!(query(styles().meta(meta)), "k1=v%201&k2=v2");
    assert_eq!(
        query(styles().where_(StylesWhere::new("a b"))),
        "where=%7B%22eq%22%3A%22a%20b%22%7D"
    );
}

#[test]
fn lists_and_objects_in_headers_and_cookies() {
    let request = styles()
        .x_ids(["3", "4", "5"])
        .x_obj(StylesXObj::new().a("R").b(100))
        .sess(["a", "b;c", "d"]);
    let sent = support::sent(&request);
    assert_eq!(sent.header("x-ids"), "3,4,5");
    assert_eq!(sent.header("x-obj"), "a,R,b,100");
    assert_eq!(sent.header("cookie"), "sess=a,b%3Bc,d");
    let flags = PostHXFlags::new().a("1").b("x");
    let request = PostH::new("key")
        .if_match(["\"a\"", "\"b\""])
        .x_flags(flags);
    let sent = support::sent(&request);
    assert_eq!(sent.header("x-flags"), "a=1,b=x");
    assert_eq!(sent.header("if-match"), "\"a\",\"b\"");
}

#[test]
fn deep_objects() {
    let query = |request: ListPets| sent(&request).query().to_owned();
    let page = ListPetsPage::new().number(2.0).size(20);
    assert_eq!(
        query(ListPets::new().page(page)),
        "page%5Bnumber%5D=2&page%5Bsize%5D=20"
    );
    let filter = BTreeMap::from([("a[b]".to_owned(), "1".to_owned())]);
    assert_eq!(
        query(ListPets::new().filter(filter)),
        "filter%5Ba%5Bb%5D%5D=1"
    );
    let created = ListPetsDeepCreated::new().gte("2024-01-02T03:04:05+01:00".parse().unwrap());
    let deep = ListPetsDeep::new().created(created).ids([1, 2]);
    assert_eq!(
        query(ListPets::new().deep(deep)),
        "deep%5Bcreated%5D%5Bgte%5D=2024-01-02T03%3A04%3A05%2B01%3A00&deep%5Bids%5D=1&deep%5Bids%5D=2"
    );
    assert_eq!(
        query(ListPets::new().flat(ListPetsFlat::new("x").b(true))),
        "a=x&b=true"
    );
    assert_eq!(
        query(ListPets::new().csv(ListPetsCsv::new().x(1).y("s"))),
        "csv=x,1,y,s"
    );
}

#[test]
fn every_reserved_character_arrives() {
    let text = "a/b c+d%e?f#g&h=i\u{e9}";
    let request = GetFile::new(text).q(text).filter_name("x").ids([1, 2]);
    assert_eq!(
        sent(&request).target,
        "GET https://api.example.com/base/files/a%2Fb%20c%2Bd%25e%3Ff%23g%26h%3Di%C3%A9/raw\
         ?q=a%2Fb%20c%2Bd%25e%3Ff%23g%26h%3Di%C3%A9&filter%5Bname%5D=x&ids=1&ids=2"
    );
    let request = GetFile::new("f").since("2024-01-02T03:04:05Z".parse().unwrap());
    assert_eq!(sent(&request).query(), "since=2024-01-02T03%3A04%3A05Z");
}

/// RFC 6570, section 3.2.3.
#[test]
fn reserved_expansion() {
    let query = |text: &str| sent(&GetFile::new("f").cb(text)).query().to_owned();
    assert_eq!(query("Hello World!"), "cb=Hello%20World!");
    assert_eq!(query("50%"), "cb=50%25");
    assert_eq!(
        query("http://example.com/home/?a=b"),
        "cb=http://example.com/home/?a=b"
    );
    assert_eq!(query("/foo/bar:1,2;3@4[5]"), "cb=/foo/bar:1,2;3@4[5]");
    assert_eq!(query("a%20b%2Fc"), "cb=a%20b%2Fc");
    assert_eq!(query("a#b\u{e9}"), "cb=a%23b%C3%A9");
}

#[test]
fn a_flag_without_a_value() {
    assert_eq!(sent(&GetFile::new("f").clear_flag()).query(), "flag=");
    assert_eq!(sent(&GetFile::new("f").flag(true)).query(), "flag=true");
}

#[test]
fn several_parameters_in_a_segment() {
    let class = GetClass::new(GetClassParams {
        date_year: 2024,
        date_month: 2,
        pet_id: "a b".into(),
    });
    assert_eq!(
        sent(&class).target,
        "GET https://lab.example/v1/class/2024/2/a%20b.json"
    );
    let compare = Compare::new(CompareParams {
        base: "main".into(),
        head: "a/b".into(),
    });
    assert_eq!(
        sent(&compare).target,
        "GET https://lab.example/v1/compare/main...a%2Fb"
    );
}

#[test]
fn values_of_several_types_are_written_by_what_they_are() {
    let query = |request: Q| sent(&request).query().to_owned();
    assert_eq!(
        query(Q::new().either(QEither::Text("a,b".into()))),
        "either=a%2Cb"
    );
    assert_eq!(
        query(Q::new().either(QEither::TextList(vec!["a".into(), "b".into()]))),
        "either=a&either=b"
    );
    assert_eq!(query(Q::new().num(QNum::Integer(7))), "num=7");
    assert_eq!(
        query(
            Q::new().num(QNum::from(
                "all"
                    .parse::<requests::union_in_query::v1::q::QNumText>()
                    .unwrap()
            ))
        ),
        "num=all"
    );
    assert_eq!(query(Q::new().mixed("one")), "mixed=one");
    assert_eq!(query(Q::new().mixed(1)), "mixed=1");
    assert_eq!(query(Q::new().mixed(true)), "mixed=true");
    assert_eq!(
        query(Q::new().any("as it \"is\"")),
        "any=as%20it%20%22is%22"
    );
    assert_eq!(query(Q::new().any(json!(["a", 1]))), "any=a&any=1");
    assert_eq!(query(Q::new().any(json!({ "a": 1 }))), "a=1");
    let request = H::new(HHK::Text("a/b".into())).x_any(HXAny::Bool(true));
    assert_eq!(
        sent(&request).target,
        "GET https://api.example.com/base/h/a%2Fb"
    );
    assert_eq!(sent(&request).header("x-any"), "true");
    assert_eq!(
        sent(&H::new(HHK::Integer(5))).target,
        "GET https://api.example.com/base/h/5"
    );
}

#[test]
fn parameters_without_a_schema_and_with_content() {
    let filter = || Filter::new("f").values([1, 2]);
    let request = GetTest::new("plain text")
        .filter(filter())
        .x_meta(filter())
        .either(GetTestEither::Integer(3));
    let sent = support::sent(&request);
    assert_eq!(
        sent.query(),
        "param=plain%20text&filter=%7B%22field%22%3A%22f%22%2C%22values%22%3A%5B1%2C2%5D%7D&either=3"
    );
    assert_eq!(sent.header("x-meta"), r#"{"field":"f","values":[1,2]}"#);
    // A header is ASCII (RFC 9110, section 5.5), and JSON has escapes for the rest.
    let request = GetTest::new("").x_meta(Filter::new("é😀"));
    assert_eq!(
        support::sent(&request).header("x-meta"),
        r#"{"field":"\u00e9\ud83d\ude00"}"#
    );
}
