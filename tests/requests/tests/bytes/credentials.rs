//! Credentials (OpenAPI 3.0.3, 4.7.29 and 4.7.30): one alternative is sent, and all schemes of it.

use super::support::{refused, sent_with};
use http::HeaderName;
use requests::credentials_combined::v1::{
    a::GetA, b::GetB, c::GetC, d::GetD, e::GetE, f::GetF, g::GetG, h::GetH, i::GetI, j::GetJ,
};
use requests::relative_token_url::v1::orders::ListOrders;
use requests::two_keys_at_once::v1::link::LinkTokenCreate;
use requests::{ClientCredentials, Credentials, Operation as _};

fn key() -> Credentials {
    Credentials::header(HeaderName::from_static("x-key"), "k1")
}

fn app() -> Credentials {
    Credentials::query("app_id", "a 1")
}

fn cookie() -> Credentials {
    Credentials::cookie("session", "s1")
}

#[test]
fn two_keys_at_once() {
    let credentials = Credentials::header(HeaderName::from_static("plaid-client-id"), "id").and(
        Credentials::header(HeaderName::from_static("plaid-secret"), "secret"),
    );
    let sent = sent_with(&LinkTokenCreate::new(), credentials);
    assert_eq!(sent.header("plaid-client-id"), "id");
    assert_eq!(sent.header("plaid-secret"), "secret");
    let alone = Credentials::header(HeaderName::from_static("plaid-client-id"), "id");
    let reason = refused(&LinkTokenCreate::new(), alone);
    assert!(
        reason.contains("`plaid-client-id` and `Credentials::header` of `plaid-secret`"),
        "{reason}"
    );
}

#[test]
fn an_alternative_is_chosen_by_what_the_client_has() {
    let sent = sent_with(&GetA::new(), cookie());
    assert_eq!((sent.header("cookie"), sent.query()), ("session=s1", ""));
    let sent = sent_with(&GetA::new(), key().and(app()));
    assert_eq!((sent.header("x-key"), sent.query()), ("k1", "app_id=a%201"));
    assert!(refused(&GetA::new(), key()).contains("does not have the credentials"));
    let sent = sent_with(&GetA::new(), Credentials::none());
    assert_eq!((sent.header("cookie"), sent.query()), ("", ""));
}

#[test]
fn each_operation_sends_what_it_requires() {
    let all = || {
        cookie()
            .and(key())
            .and(app())
            .and(Credentials::bearer("t1"))
    };
    let sent = sent_with(&GetB::new(), all());
    assert_eq!(sent.header("authorization"), "Bearer t1");
    assert_eq!(
        (sent.header("cookie"), sent.header("x-key"), sent.query()),
        ("", "", "")
    );
    let sent = sent_with(&GetC::new(), all());
    assert_eq!(
        (sent.header("authorization"), sent.header("cookie")),
        ("", "")
    );
    let sent = sent_with(&GetD::new(), all());
    assert_eq!(sent.header("authorization"), "Bearer t1");
    let sent = sent_with(&GetD::new(), cookie());
    assert_eq!(
        (sent.header("authorization"), sent.header("cookie")),
        ("", "")
    );
    let basic = Credentials::basic("u", "p").and(app());
    let sent = sent_with(&GetE::new().theme("dark"), basic);
    assert_eq!(sent.header("authorization"), "Basic dTpw");
    assert_eq!(
        (sent.query(), sent.header("cookie")),
        ("app_id=a%201", "theme=dark")
    );
}

#[test]
fn no_credential_is_sent_where_none_serves() {
    let all = || {
        cookie()
            .and(key())
            .and(app())
            .and(Credentials::bearer("t1"))
    };
    for sent in [
        sent_with(&GetG::new(), all()),
        sent_with(&GetH::new(), all()),
    ] {
        for name in ["authorization", "cookie", "x-key"] {
            assert_eq!(sent.header(name), "", "{name}");
        }
        assert_eq!(sent.query(), "");
    }
}

/// A scheme that is not described may be what the client has.
#[test]
fn the_credential_is_sent_for_a_scheme_that_is_not_described() {
    let sent = sent_with(&GetJ::new(), Credentials::bearer("t1"));
    assert_eq!(sent.header("authorization"), "Bearer t1");
}

#[test]
fn a_cookie_parameter_beside_a_cookie_credential() {
    let credentials = cookie().and(Credentials::bearer("t1"));
    let sent = sent_with(&GetF::new("dark"), credentials);
    assert_eq!(sent.header("cookie"), "theme=dark; session=s1");
    assert_eq!(sent.header("authorization"), "Bearer t1");
}

#[test]
fn cookie_parameters_beside_a_header_parameter_of_that_name() {
    let sent = sent_with(&GetI::new().cookie("raw=1").lang("en"), cookie());
    assert_eq!(sent.header("cookie"), "raw=1; lang=en");
    let sent = sent_with(&GetI::new().cookie("").lang("en"), cookie());
    assert_eq!(sent.header("cookie"), "lang=en");
    let sent = sent_with(&GetI::new().cookie("raw=1"), cookie());
    assert_eq!(sent.header("cookie"), "raw=1");
}

#[test]
fn credentials_are_not_shown() {
    let credentials = key().and(app()).and(cookie());
    let shown = format!("{credentials:?}");
    assert_eq!(
        shown,
        "Credentials { kind: Header and Query and Cookie, .. }"
    );
    let config = requests::Config::new(credentials);
    let request = GetA::new().to_request(&config).unwrap();
    assert!(!format!("{:?}", request.headers()).contains("s1"));
}

#[test]
fn a_token_url_may_be_a_path_of_the_server() {
    let client = ClientCredentials::new("/v1/oauth2/token", "id", "secret");
    let credentials = Credentials::client_credentials(client);
    let sent = sent_with(&ListOrders::new(), credentials);
    assert_eq!(sent.target, "GET https://api.example.com/v1/orders");
    let client = ClientCredentials::new("v1/token", "id", "secret");
    let reason = refused(&ListOrders::new(), Credentials::client_credentials(client));
    assert!(
        reason.contains("neither an `http` or `https` URL nor a path"),
        "{reason}"
    );
}
