//! Errors that an API returns: in known formats, and in the types of the description.

use cratewright_runtime::decode::{Body, Decode, Decoded, FromBody, Mismatch, Node, Undecodable};
use cratewright_runtime::{ApiError, DescribedErrors, Encoder, Error, Meta, Operation};
use serde_json::{Value, json};

fn error_of(status: u16, media_type: &str, body: impl Into<bytes::Bytes>) -> ApiError {
    let response = http::Response::builder()
        .status(status)
        .header("content-type", media_type)
        .body(body.into())
        .expect("a response");
    ApiError::new("Op", response)
}

fn json_error(body: &Value) -> ApiError {
    error_of(400, "application/json", body.to_string())
}

/// The shapes of published APIs, with their codes and messages.
#[test]
fn finds_code_and_message() {
    for (body, code, message) in [
        // OpenAI
        (
            json!({"error": {"message": "Incorrect API key provided", "type": "invalid_request_error", "param": null, "code": "invalid_api_key"}}),
            Some("invalid_api_key"),
            "Incorrect API key provided",
        ),
        (
            json!({"error": {"message": "Too long", "type": "invalid_request_error", "code": null}}),
            Some("invalid_request_error"),
            "Too long",
        ),
        // Hetzner
        (
            json!({"error": {"code": "not_found", "message": "no such server", "details": {}}}),
            Some("not_found"),
            "no such server",
        ),
        // Nexus
        (
            json!({"request_id": "r", "error_code": "ObjectNotFound", "message": "not found"}),
            Some("ObjectNotFound"),
            "not found",
        ),
        // Qdrant
        (
            json!({"time": 0.1, "status": {"error": "Wrong input"}}),
            None,
            "Wrong input",
        ),
        // RFC 9457
        (
            json!({"type": "https://example.com/out-of-credit", "title": "No credit", "detail": "Your balance is 30", "status": 403}),
            None,
            "Your balance is 30",
        ),
        // JSON:API and DigitalOcean
        (
            json!({"errors": [{"code": "conflict", "title": "Conflict", "detail": "there already"}]}),
            Some("conflict"),
            "there already",
        ),
        (
            json!({"errors": ["name is required", "age is"]}),
            None,
            "name is required",
        ),
        // OAuth 2.0
        (
            json!({"error": "invalid_grant", "error_description": "The code is used"}),
            Some("invalid_grant"),
            "The code is used",
        ),
        // Elasticsearch
        (
            json!({"error": {"type": "index_not_found", "reason": "no such index"}, "status": 404}),
            Some("index_not_found"),
            "no such index",
        ),
        // FastAPI
        (
            json!({"detail": [{"loc": ["body"], "msg": "field required", "type": "missing"}]}),
            Some("missing"),
            "field required",
        ),
        (
            json!([{"errorCode": "E1", "message": "in a list"}]),
            Some("E1"),
            "in a list",
        ),
        (
            json!({"fault": {"faultstring": "Invalid key"}}),
            None,
            "Invalid key",
        ),
        (json!({"error": "Something broke"}), None, "Something broke"),
    ] {
        let error = json_error(&body);
        assert_eq!(error.code_text(), code, "{body}");
        assert_eq!(error.message(), Some(message), "{body}");
        assert!(error.to_string().ends_with(message), "{error}");
    }
    let numeric = json_error(&json!({"error": {"code": 190, "message": "m"}}));
    assert_eq!((numeric.code(), numeric.code_text()), (Some(190), None));
    let problem = json_error(
        &json!({"type": "t", "title": "T", "detail": "D", "instance": "/i", "errors": [1]}),
    );
    assert_eq!(problem.problem_type(), Some("t"));
    assert_eq!(problem.title(), Some("T"));
    assert_eq!(problem.instance(), Some("/i"));
    assert_eq!(problem.errors(), Some(json!([1])));
}

#[test]
fn other_bodies_have_no_code() {
    for (media_type, body) in [
        ("text/html", "<html><title>502</title></html>"),
        ("application/json", ""),
        ("application/json", "{\"message\": \"cut"),
        ("application/json", "[]"),
        ("application/json", "3"),
    ] {
        let error = error_of(502, media_type, body);
        assert_eq!(
            (error.code(), error.code_text(), error.message()),
            (None, None, None),
            "{body}"
        );
        assert_eq!(error.body(), body);
        assert_eq!(error.to_string(), "Op failed: 502 Bad Gateway");
    }
    let text = error_of(
        503,
        "text/plain; charset=iso-8859-1",
        &b"\xDCberlastet\n"[..],
    );
    assert_eq!(text.message(), Some("Überlastet"));
}

#[test]
fn the_id_of_a_request_is_in_a_header_or_in_the_body() {
    for name in [
        "x-request-id",
        "Request-Id",
        "x-amzn-RequestId",
        "x-ms-request-id",
        "X-GitHub-Request-Id",
        "x-correlation-id",
    ] {
        let response = http::Response::builder().status(500).header(name, "id-1");
        let error = ApiError::new("Op", response.body("").expect("a response"));
        assert_eq!(error.request_id(), Some("id-1"), "{name}");
    }
    assert_eq!(
        json_error(&json!({"request_id": "r-2"})).request_id(),
        Some("r-2")
    );
    assert_eq!(json_error(&json!({})).request_id(), None);
}

#[derive(Debug, Clone, PartialEq)]
struct Conflict {
    owner: String,
}

impl Decode for Conflict {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [owner] = node.members(&["owner"])?;
        Ok(Self {
            owner: owner.required()?,
        })
    }
}

/// As the generator writes it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum GetError {
    NotFound,
    Conflict(Box<Conflict>),
    Status4xx(Value),
    Default(String),
}

impl FromBody for GetError {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        match body.status() {
            404 => body.empty(Self::NotFound),
            409 => body.json(Self::Conflict),
            400..=499 => body.json(Self::Status4xx),
            _ => body.text(Self::Default),
        }
    }
}

struct Get;

impl Operation for Get {
    type Output = Value;

    const META: Meta = Meta::new("Get", "GET", "https://api.example.com", "/a");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

impl DescribedErrors for Get {
    type Error = GetError;
}

#[test]
fn errors_are_typed_by_status() {
    let typed = |status, body: &'static str| {
        let response = http::Response::builder()
            .status(status)
            .header("x-request-id", "r");
        let response = response
            .body(bytes::Bytes::from_static(body.as_bytes()))
            .expect("a response");
        let Err(Error::Api(error)) = Get::decode(response) else {
            panic!("an error");
        };
        error.typed::<Get>()
    };
    let conflict = typed(409, r#"{"owner":"me","more":1}"#).expect("a typed error");
    assert_eq!(
        conflict.data,
        GetError::Conflict(Box::new(Conflict {
            owner: "me".to_owned()
        }))
    );
    assert_eq!(conflict.status(), 409);
    assert_eq!(conflict.request_id(), Some("r"));
    assert_eq!(conflict.body(), r#"{"owner":"me","more":1}"#);
    assert_eq!(
        typed(404, "").expect("a typed error").data,
        GetError::NotFound
    );
    assert_eq!(
        typed(422, "{}").expect("a typed error").data,
        GetError::Status4xx(json!({}))
    );
    assert_eq!(
        typed(500, "oops").expect("a typed error").data,
        GetError::Default("oops".to_owned())
    );
    let error = typed(409, "<html>").expect_err("no JSON");
    assert_eq!(
        (error.status().as_u16(), error.body().as_ref()),
        (409, b"<html>".as_slice())
    );
    let deviating = typed(409, r#"{"owner":7}"#).expect("a typed error");
    assert_eq!(deviating.deviations().len(), 1);
}
