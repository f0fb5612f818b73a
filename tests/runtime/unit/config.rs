//! What requests get of the configuration.

use super::super::super::wire::{Auth, Meta};
use super::{Config, Credentials, HeaderName};
use http::HeaderValue;

fn meta(auth: Auth) -> Meta {
    let mut meta = Meta::new("Probe", "GET", "https://api.example.com", "/a");
    meta.auth = auth;
    meta
}

fn uri(credentials: Credentials, auth: Auth) -> String {
    let config = Config::new(credentials);
    let request = config.encode(&meta(auth), &mut |request| {
        request.query("b", &"1");
    });
    request.expect("a request").uri().to_string()
}

#[test]
fn a_query_credential_is_sent_by_operations_that_need_it() {
    let key = || Credentials::query("api key", "a&b");
    let url = "https://api.example.com/a?b=1";
    assert_eq!(uri(key(), Auth::Client), format!("{url}&api%20key=a%26b"));
    assert_eq!(uri(key(), Auth::None), url);
    assert_eq!(uri(Credentials::none(), Auth::Client), url);
}

#[test]
fn headers_of_the_configuration_replace_the_defaults() {
    let accept = HeaderName::from_static("accept");
    let authorization = HeaderName::from_static("authorization");
    let config = Config::new(Credentials::bearer("token"))
        .with_header(accept, HeaderValue::from_static("text/plain"))
        .with_header(authorization, HeaderValue::from_static("Other"));
    let request = config.encode(&meta(Auth::Client), &mut |_| {});
    let request = request.expect("a request");
    assert_eq!(request.headers()["accept"], "text/plain");
    assert_eq!(request.headers()["authorization"], "Other");
    assert!(request.headers()["authorization"].is_sensitive());
}

#[test]
fn a_credential_that_cannot_be_sent_is_an_error_where_it_is_needed() {
    let config = Config::new(Credentials::bearer("a\nb"));
    let build = |auth| config.encode(&meta(auth), &mut |_| {});
    let error = build(Auth::Client).expect_err("an error").to_string();
    assert!(error.contains("not allowed in a header"), "{error}");
    assert!(build(Auth::None).is_ok());
}

#[test]
fn base_urls_are_checked() {
    let check = |url| {
        Config::new(Credentials::none())
            .with_base_url(url)
            .map(drop)
    };
    for url in [
        "http://127.0.0.1:4010",
        "https://api.example.com/v1/",
        "http://[::1]:80",
        "http://[::1]",
        "http://a",
    ] {
        assert!(check(url).is_ok(), "{url}");
    }
    for (url, reason) in [
        ("http://a:99999", "port"),
        ("http://a:", "port"),
        ("ftp://a", "scheme"),
        ("/v1", "no scheme and host"),
        ("http://u:p@a", "credentials"),
        ("http://a?b", "query"),
        ("http://a b", "not valid"),
    ] {
        let error = check(url).expect_err(url).to_string();
        assert!(error.contains(reason), "{url}: {error}");
    }
}

#[test]
fn names_and_values_of_cookies_are_checked() {
    let config = |name: &str, key: &str| Config::new(Credentials::cookie(name, key));
    let build = |config: Config| config.encode(&meta(Auth::Client), &mut |_| {});
    let request = build(config("session", "a=b")).expect("a request");
    assert_eq!(request.headers()["cookie"], "session=a=b");
    for (name, key) in [
        ("a b", "c"),
        ("a;b", "c"),
        ("", "c"),
        ("a", "b;c=d"),
        ("a", "b c"),
    ] {
        let error = build(config(name, key)).expect_err("not a cookie");
        assert!(error.to_string().contains("cookie"), "{error}");
    }
}
