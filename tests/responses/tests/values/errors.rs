//! Errors in the types of the description (OpenAPI 3.0.3, section 4.7.16), and statuses that are none.

use crate::support::{JSON, data, decode, response};
use cratewright_responses::empty_answers::{a, b, c, d, e, f, g, h};
use cratewright_responses::error_answers::things::ListThings;
use cratewright_responses::undeclared_status::{checks, only_default, range};
use cratewright_responses::{
    ApiError, DescribedErrors, Error, missing_required_loses_the_answer,
    null_for_required_loses_the_answer, null_where_none_promised, problem_and_headers,
};

fn error<O: DescribedErrors>(status: u16, body: &'static str) -> O::Error {
    let Err(Error::Api(error)) = decode::<O>(status, JSON, body) else {
        panic!("an error of the API");
    };
    error.typed::<O>().expect("a typed error").data
}

#[test]
fn one_type_for_all_errors() {
    let body = r#"{"error": {"message": "Incorrect API key provided", "type": "invalid_request_error", "param": null, "code": null}}"#;
    for status in [401, 404, 500] {
        let error = error::<ListThings>(status, body);
        assert_eq!(error.error.message, "Incorrect API key provided");
        assert!(error.error.code.is_null());
    }
    let error = ApiError::new("listThings", response(401, JSON, body));
    assert_eq!(error.message(), Some("Incorrect API key provided"));
    let typed = error.typed::<ListThings>().expect("a typed error");
    assert_eq!(
        (typed.status().as_u16(), typed.deviations().len()),
        (401, 0)
    );
}

#[test]
fn an_error_for_each_status() {
    use c::WildError;
    let WildError::Status4xx(bad) = error::<c::Wild>(422, r#"{"why": "w"}"#) else {
        panic!("4XX");
    };
    assert_eq!(bad.why.as_deref(), Some("w"));
    let WildError::Default(other) = error::<c::Wild>(503, r#"{"oops": "o"}"#) else {
        panic!("default");
    };
    assert_eq!(other.oops.as_deref(), Some("o"));
    assert_eq!(data::<c::Wild>(206, JSON, r#"{"x": "y"}"#).x, "y");
}

#[test]
fn conflicts_are_typed() {
    let conflict = error::<problem_and_headers::h::PostH>(409, r#"{"owner": "me"}"#);
    assert_eq!(conflict.owner, "me");
}

#[test]
fn statuses_without_a_body() {
    data::<a::Del204content>(204, JSON, "");
    data::<e::HeadIt>(200, JSON, "");
    assert_eq!(
        data::<b::OkOrAccepted>(202, JSON, ""),
        b::OkOrAcceptedOutput::Accepted
    );
    assert_eq!(
        data::<b::OkOrAccepted>(204, JSON, ""),
        b::OkOrAcceptedOutput::NoContent
    );
    assert!(matches!(
        data::<b::OkOrAccepted>(200, JSON, "{}"),
        b::OkOrAcceptedOutput::Ok(_)
    ));
}

#[test]
fn documented_redirects_are_successes() {
    assert_eq!(data::<f::Redirect>(302, JSON, ""), f::RedirectOutput::Found);
    assert!(matches!(
        data::<f::Redirect>(200, JSON, "{}"),
        f::RedirectOutput::Ok(_)
    ));
    assert!(matches!(
        decode::<f::Redirect>(301, JSON, ""),
        Err(Error::Api(_))
    ));
    assert_eq!(
        data::<h::NotModified>(304, JSON, ""),
        h::NotModifiedOutput::NotModified
    );
    // A range is for the statuses that are not listed.
    assert!(matches!(
        data::<g::Both>(200, JSON, r#"{"a": "x"}"#),
        g::BothOutput::Ok(_)
    ));
    assert!(matches!(
        data::<g::Both>(203, JSON, r#"{"b": "x"}"#),
        g::BothOutput::Status2xx(_)
    ));
}

#[test]
fn default_alone_is_for_both() {
    assert_eq!(
        data::<d::OnlyDefault>(200, JSON, r#"{"x": "y"}"#)
            .x
            .as_deref(),
        Some("y")
    );
    assert_eq!(
        error::<d::OnlyDefault>(500, r#"{"x": "y"}"#).x.as_deref(),
        Some("y")
    );
}

#[test]
fn a_success_stays_one_whatever_the_status() {
    for status in [200, 201, 299] {
        assert_eq!(
            data::<checks::CreateCheck>(status, JSON, r#"{"status": "s"}"#).status,
            "s"
        );
    }
    assert_eq!(
        data::<only_default::OnlyDefault>(202, JSON, r#"{"status": "s"}"#).status,
        "s"
    );
    assert_eq!(
        data::<range::Range>(202, JSON, r#"{"status": "s"}"#).status,
        "s"
    );
    assert_eq!(error::<range::Range>(404, r#"{"code": 7}"#).code, Some(7));
}

/// What is required and not there is an error that keeps the body: there is no value to make up.
#[test]
fn what_is_required_and_missing_is_named() {
    let missing = missing_required_loses_the_answer::files::RetrieveFile::decode_body(
        r#"{"id": "f1", "name": "a.txt"}"#,
    );
    assert_eq!(missing.0, "$");
    assert!(missing.1.contains("mimetype"), "{}", missing.1);
    let null = null_for_required_loses_the_answer::files::RetrieveFile::decode_body(
        r#"{"id": "f1", "bytes": null}"#,
    );
    assert_eq!(null.0, "$.bytes");
}

trait DecodeBody {
    fn decode_body(body: &'static str) -> (String, String);
}

impl<O: cratewright_responses::Operation> DecodeBody for O {
    /// Returns where and why a body cannot be decoded.
    fn decode_body(body: &'static str) -> (String, String) {
        let Err(Error::Decode(error)) = decode::<O>(200, JSON, body) else {
            panic!("an error of decoding");
        };
        assert_eq!(error.body(), body);
        (error.path().to_owned(), error.reason().to_owned())
    }
}

/// A list that is null is empty (Kubernetes); what is left out of a record leaves the record out.
#[test]
fn null_where_none_is_promised_is_a_deviation() {
    use null_where_none_promised::pods::ListPods;
    let response =
        decode::<ListPods>(200, JSON, r#"{"items": null, "meta": null}"#).expect("a success");
    assert_eq!(response.data.items, []);
    assert!(!response.deviations().is_empty());
    let response = decode::<ListPods>(
        200,
        JSON,
        r#"{"items": [{"name": "a", "args": null}, {"args": []}]}"#,
    )
    .expect("a success");
    assert_eq!(response.data.items.len(), 1);
    assert_eq!(response.data.items[0].args, [""; 0]);
    assert_eq!(response.deviations().len(), 2);
}
