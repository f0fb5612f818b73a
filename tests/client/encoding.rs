//! How values are written into paths, queries, headers and forms.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};
use std::error::Error as _;
use twilio_flex::sids::Wt;
use twilio_flex::{Config, Credentials, Encoder, Field, Form, Meta, Operation, Sid, Style, style};

const ACCOUNT: &str = "AC00000000000000000000000000000001";

fn config() -> Config {
    Config::new(Credentials::auth_token(ACCOUNT, "an auth token"))
}

/// An operation that writes what a test tells it to.
struct Probe<F>(F);

impl<F: Fn(&mut Encoder<'_>)> Operation for Probe<F> {
    type Output = Value;
    const META: Meta = Meta::new(
        "Probe",
        "GET",
        "https://example.com",
        "/v1/{First}/fixed/{Second}.json",
    );

    fn encode(&self, request: &mut Encoder<'_>) {
        (self.0)(request);
    }
}

fn body_of(fields: impl Fn(&mut Form<'_, '_>)) -> String {
    let probe =
        Probe(|request: &mut Encoder<'_>| fields(&mut request.path(&"a").path(&"b").form()));
    let request = probe.to_request(&config()).expect("a request");
    String::from_utf8(request.body().to_vec()).expect("text")
}

fn url_of(encode: impl Fn(&mut Encoder<'_>)) -> String {
    Probe(encode)
        .to_request(&config())
        .expect("a request")
        .uri()
        .to_string()
}

fn refusal_of(encode: impl Fn(&mut Encoder<'_>)) -> String {
    Probe(encode)
        .to_request(&config())
        .expect_err("no request")
        .to_string()
}

#[test]
fn text_in_a_form_is_encoded_as_whatwg_says() {
    let body = |text: &str| {
        body_of(|form| {
            form.field("K", &text);
        })
    };
    assert_eq!(body("a b+c&d=e%f"), "K=a+b%2Bc%26d%3De%25f");
    assert_eq!(body("*-._~"), "K=*-._%7E");
    assert_eq!(
        body("grüß 🦀\u{0}\r\n"),
        "K=gr%C3%BC%C3%9F+%F0%9F%A6%80%00%0D%0A"
    );
    assert_eq!(body(""), "K=");
    assert_eq!(
        body_of(|form| {
            form.field("A B<", &"x");
        }),
        "A+B%3C=x"
    );
}

#[test]
fn scalars_in_a_form() {
    let body = body_of(|form| {
        form.field("T", &true)
            .field("F", &false)
            .field("I", &-42_i64)
            .field("S", &i32::MIN);
        form.field("Big", &1e21)
            .field("Small", &0.00001)
            .field("Whole", &2.0)
            .field("Max", &i64::MAX);
    });
    assert_eq!(
        body,
        "T=true&F=false&I=-42&S=-2147483648&Big=1000000000000000000000&Small=0.00001&Whole=2\
         &Max=9223372036854775807"
    );
}

#[test]
fn dates_in_a_form() {
    let instant = |text: &str| -> DateTime<FixedOffset> { text.parse().expect("a date and time") };
    let body = body_of(|form| {
        form.field("Offset", &instant("2024-01-02T03:04:05+02:00"));
        form.field("Fraction", &instant("2024-01-02T03:04:05.678Z"));
        form.field(
            "Date",
            &NaiveDate::from_ymd_opt(2024, 1, 2).expect("a date"),
        );
    });
    assert_eq!(
        body,
        "Offset=2024-01-02T03%3A04%3A05%2B02%3A00&Fraction=2024-01-02T03%3A04%3A05.678Z&Date=2024-01-02"
    );
}

#[test]
fn unset_cleared_and_repeated_fields() {
    let body = body_of(|form| {
        form.field("Unset", &Field::<String>::Absent)
            .field("None", &None::<bool>);
        form.field("Cleared", &Field::<bool>::Null)
            .field("Set", &Field::Value("x"));
        form.field("Media", &vec!["a b", "c"])
            .field("Nobody", &Vec::<String>::new());
        let values = vec![json!({"a": 1}), json!([]), json!("[ ]")];
        form.field_styled(
            "Json",
            Style::EACH_TEXT_OR_JSON,
            &style::structured(&values),
        );
    });
    assert_eq!(
        body,
        "Cleared=&Set=x&Media=a+b&Media=c&Json=%7B%22a%22%3A1%7D&Json=%5B%5D&Json=%5B+%5D"
    );
}

#[test]
fn a_path_segment_cannot_change_the_path() {
    let url = url_of(|request| {
        request.path(&"KD/../x?y#z%2e ü").path(&"a+b~c");
    });
    assert_eq!(
        url,
        "https://example.com/v1/KD%2F..%2Fx%3Fy%23z%252e%20%C3%BC/fixed/a%2Bb~c.json"
    );
    for (value, reason) in [
        ("", "is empty"),
        (".", "is `.` or `..`, which would change the path"),
        ("..", "is `.` or `..`, which would change the path"),
    ] {
        let error = refusal_of(|request| {
            request.path(&value).path(&"b");
        });
        assert_eq!(
            error,
            format!("cannot build Probe: the path parameter `First` {reason}")
        );
    }
    let error = refusal_of(|request| {
        request.path(&"a").path(&None::<String>);
    });
    assert_eq!(
        error,
        "cannot build Probe: the path parameter `Second` is empty"
    );
}

#[test]
fn a_query_is_percent_encoded_and_repeats_its_keys() {
    let url = url_of(|request| {
        request.path(&"a").path(&"b");
        request
            .query("Nothing", &None::<i64>)
            .query("DateCreated<", &"2024-01-02");
        request
            .query("Key", &vec!["a b", "c&d"])
            .query("Unset", &Field::<bool>::Absent);
    });
    let query = "DateCreated%3C=2024-01-02&Key=a%20b&Key=c%26d";
    assert_eq!(
        url,
        format!("https://example.com/v1/a/fixed/b.json?{query}")
    );
}

#[test]
fn the_account_defaults_to_the_clients_own() {
    let url = url_of(|request| {
        request.account(&None::<String>).path(&"b");
    });
    assert_eq!(
        url,
        format!("https://example.com/v1/{ACCOUNT}/fixed/b.json")
    );
    let url = url_of(|request| {
        request.account(&Some("AC2")).path(&"b");
    });
    assert_eq!(url, "https://example.com/v1/AC2/fixed/b.json");
    let probe = Probe(|request: &mut Encoder<'_>| {
        request.account(&None::<String>).path(&"b");
    });
    let keyed = Config::new(Credentials::api_key(ACCOUNT, "SK1", "secret"));
    let url = probe
        .to_request(&keyed)
        .expect("a request")
        .uri()
        .to_string();
    assert_eq!(
        url,
        format!("https://example.com/v1/{ACCOUNT}/fixed/b.json")
    );
    let error = probe
        .to_request(&Config::new(Credentials::bearer("t")))
        .expect_err("no account");
    assert_eq!(
        error.to_string(),
        "cannot build Probe: the path parameter `First` is not set, and the client has no account of its own: set it with \
         `Credentials::with_account_sid`"
    );
}

#[test]
fn an_authorization_parameter_replaces_the_credential() {
    let probe = Probe(|request: &mut Encoder<'_>| {
        request
            .path(&"a")
            .path(&"b")
            .header("Authorization", &Field::Value("Bearer x"));
    });
    let request = probe.to_request(&config()).expect("a request");
    let values: Vec<_> = request.headers().get_all("authorization").iter().collect();
    assert_eq!(values, ["Bearer x"]);
    assert!(values[0].is_sensitive());
}

#[test]
fn headers_are_joined_refused_or_left_out() {
    let probe = Probe(|request: &mut Encoder<'_>| {
        request
            .header("If-Match", &vec!["a", "b"])
            .header("X-Unset", &Field::<String>::Absent);
        request.path(&"a").path(&"b");
    });
    let request = probe.to_request(&config()).expect("a request");
    assert_eq!(request.headers()["if-match"], "a,b");
    assert!(!request.headers().contains_key("x-unset"));
    for text in ["a\r\nX-Evil: 1", "ü", "\u{0}"] {
        let error = refusal_of(|request| {
            request.path(&"a").path(&"b").header("If-Match", &text);
        });
        assert!(
            error.starts_with("cannot build Probe: the header `If-Match` has characters"),
            "{error}"
        );
    }
}

#[test]
fn what_cannot_be_sent_is_refused_and_the_first_problem_is_reported() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = refusal_of(|request| {
            request
                .path(&"a")
                .path(&"b")
                .form()
                .field("Price", &number)
                .field("Second", &number);
        });
        assert_eq!(
            error,
            "cannot build Probe: the form field `Price` is not a finite number"
        );
    }
    let error = refusal_of(|request| {
        request.path(&"a");
    });
    assert!(error.contains("fewer path parameters"), "{error}");
    let error = refusal_of(|request| {
        request.path(&"a").path(&"b").path(&"c");
    });
    assert!(error.contains("more path parameters"), "{error}");
}

#[test]
fn a_sid_says_what_is_wrong_without_repeating_the_text() {
    let digits = "0123456789abcdefABCDEF0123456789";
    let parse = |text: &str| Sid::<Wt>::parse(text);
    assert_eq!(
        parse(&format!("WT{digits}")).expect("a SID").as_str(),
        format!("WT{digits}")
    );
    for (text, message) in [
        (
            String::new(),
            "expected a SID that begins with WT and has 34 characters; this one has 0",
        ),
        (
            format!("WT{digits}0"),
            "expected a SID that begins with WT and has 34 characters; this one has 35",
        ),
        (
            format!("KD{digits}"),
            "expected a SID that begins with WT; this one begins with KD",
        ),
        (
            format!("wt{digits}"),
            "expected a SID that begins with WT; this one begins with wt",
        ),
        (
            format!("ü{digits}x"),
            "expected a SID that begins with WT; this one begins with ü0",
        ),
        (
            format!("WTg{}", &digits[1..]),
            "expected a SID that begins with WT; its character 3, 'g', is not in [0-9a-fA-F]",
        ),
        (
            format!("WT{}ü", &digits[1..]),
            "expected a SID that begins with WT; its character 34, 'ü', is not in [0-9a-fA-F]",
        ),
    ] {
        let error = parse(&text).expect_err(&text);
        assert_eq!(error.to_string(), message);
        assert!(error.source().is_none());
    }
}
