//! Every style for a text, a list and an object (OpenAPI 3.0.3, 4.7.12.3, Style Examples): `blue`,
//! `["blue", "black", "brown"]` and `{ "R": 100, "G": 200, "B": 150 }`.

use super::support::sent;
use requests::style_table::v1::cookies::{Cookies, CookiesExploded};
use requests::style_table::v1::header_styles::{Headers, HeadersExploded};
use requests::style_table::v1::models::{Color, ColorParams};
use requests::style_table::v1::paths::{
    Label, LabelExploded, Matrix, MatrixExploded, Simple, SimpleExploded,
};
use requests::style_table::v1::queries::{
    QueryDeepObjectExploded, QueryForm, QueryFormExploded, QueryPipeDelimited,
    QueryPipeDelimitedExploded, QuerySpaceDelimited, QuerySpaceDelimitedExploded,
};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

fn color() -> Color {
    Color::new(ColorParams {
        r: 100,
        g: 200,
        b: 150,
    })
}

#[test]
fn paths() {
    macro_rules! check {
        ($request:ident, $text:literal, $list:literal, $object:literal) => {
            let request = $request::new("blue", COLORS, color());
            let target = sent(&request).target;
            let (_, values) = target.split_once("/").unwrap();
            let values: Vec<&str> = values.split('/').skip(3).collect();
            assert_eq!(values, [$text, $list, $object], stringify!($request));
        };
    }
    check!(Simple, "blue", "blue,black,brown", "R,100,G,200,B,150");
    check!(
        SimpleExploded,
        "blue",
        "blue,black,brown",
        "R=100,G=200,B=150"
    );
    check!(Label, ".blue", ".blue,black,brown", ".R,100,G,200,B,150");
    check!(
        LabelExploded,
        ".blue",
        ".blue.black.brown",
        ".R=100.G=200.B=150"
    );
    check!(
        Matrix,
        ";s=blue",
        ";a=blue,black,brown",
        ";o=R,100,G,200,B,150"
    );
    check!(
        MatrixExploded,
        ";s=blue",
        ";a=blue;a=black;a=brown",
        ";R=100;G=200;B=150"
    );
    // The column `empty`.
    let request = Matrix::new("", [""], color());
    assert!(sent(&request).target.contains("/;s/;a/;o=R"));
    let request = MatrixExploded::new("", ["", "b"], color());
    assert!(sent(&request).target.contains("/;s/;a;a=b/;R=100"));
}

#[test]
fn queries() {
    macro_rules! check {
        ($request:ident, $text:literal, $list:literal, $object:literal) => {
            let query = |request: $request| sent(&request).query().to_owned();
            assert_eq!(
                query($request::new().s("blue")),
                $text,
                stringify!($request)
            );
            assert_eq!(
                query($request::new().color(COLORS)),
                $list,
                stringify!($request)
            );
            assert_eq!(
                query($request::new().o(color())),
                $object,
                stringify!($request)
            );
            assert_eq!(query($request::new().s("")), "s=", stringify!($request));
        };
    }
    check!(
        QueryForm,
        "s=blue",
        "color=blue,black,brown",
        "o=R,100,G,200,B,150"
    );
    check!(
        QueryFormExploded,
        "s=blue",
        "color=blue&color=black&color=brown",
        "R=100&G=200&B=150"
    );
    check!(
        QuerySpaceDelimited,
        "s=blue",
        "color=blue%20black%20brown",
        "o=R%20100%20G%20200%20B%20150"
    );
    check!(
        QueryPipeDelimited,
        "s=blue",
        "color=blue|black|brown",
        "o=R|100|G|200|B|150"
    );
    check!(
        QuerySpaceDelimitedExploded,
        "s=blue",
        "color=blue&color=black&color=brown",
        "R=100&G=200&B=150"
    );
    check!(
        QueryPipeDelimitedExploded,
        "s=blue",
        "color=blue&color=black&color=brown",
        "R=100&G=200&B=150"
    );
    // The table has no list for `deepObject`; services that take one have an index for each item.
    check!(
        QueryDeepObjectExploded,
        "s=blue",
        "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
        "o%5BR%5D=100&o%5BG%5D=200&o%5BB%5D=150"
    );
}

#[test]
fn headers() {
    let request = Headers::new().x_s("blue").x_a(COLORS).x_o(color());
    let request = sent(&request);
    assert_eq!(request.header("x-s"), "blue");
    assert_eq!(request.header("x-a"), "blue,black,brown");
    assert_eq!(request.header("x-o"), "R,100,G,200,B,150");
    let request = sent(&HeadersExploded::new().x_a(COLORS).x_o(color()));
    assert_eq!(request.header("x-a"), "blue,black,brown");
    assert_eq!(request.header("x-o"), "R=100,G=200,B=150");
}

/// RFC 6265, section 4.2.1: cookies are separated by `; `.
#[test]
fn cookies() {
    let request = Cookies::new().s("blue").color(COLORS).o(color());
    assert_eq!(
        sent(&request).header("cookie"),
        "s=blue; color=blue,black,brown; o=R,100,G,200,B,150"
    );
    let request = CookiesExploded::new()
        .s("a b+c/=")
        .color(["x", "y"])
        .o(color());
    assert_eq!(
        sent(&request).header("cookie"),
        "s=a%20b+c/=; color=x; color=y; R=100; G=200; B=150"
    );
}
