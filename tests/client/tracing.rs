//! The spans and events of the feature `tracing`.

use crate::support::{ACCOUNT, TOKEN, run, sid};
use http::StatusCode;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use twilio_flex::interaction_channel::{UpdateChannelStatus, UpdateInteractionChannel};
use twilio_flex::test_util::MockTransport;
use twilio_flex::{Client, Config, Credentials, Retry, blocking};

type Fields = BTreeMap<String, String>;
type Events = Vec<(Level, Fields)>;

/// Keeps all spans and events.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<(Vec<Fields>, Events)>>);

struct Collect<'a>(&'a mut Fields);

impl Visit for Collect<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("twilio_flex")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut log = self.0.lock().expect("a log");
        let mut fields = Fields::new();
        span.record(&mut Collect(&mut fields));
        log.0.push(fields);
        Id::from_u64(log.0.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut log = self.0.lock().expect("a log");
        let index = usize::try_from(id.into_u64()).expect("an index") - 1;
        values.record(&mut Collect(&mut log.0[index]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Collect(&mut fields));
        let level = *event.metadata().level();
        self.0.lock().expect("a log").1.push((level, fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_span_for_each_request() {
    let mock = MockTransport::new();
    for _ in 0..2 {
        mock.respond(StatusCode::TOO_MANY_REQUESTS, "c4n4ry")
            .respond(StatusCode::OK, r#"{"sid": "c4n4ry"}"#)
            .respond(StatusCode::BAD_REQUEST, r#"{"message": "c4n4ry"}"#);
    }
    let config = Config::new(Credentials::auth_token(ACCOUNT, TOKEN))
        .with_retry(Retry::attempts(2))
        .with_base_url("http://127.0.0.1:81/c4n4ry-path")
        .expect("a URL");
    let update = || {
        UpdateInteractionChannel::new(sid("KD", 'a'), sid("UO", 'b'), UpdateChannelStatus::Closed)
            .routing(r#"{"a": "c4n4ry"}"#)
    };
    for blocks in [false, true] {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), || {
            if blocks {
                let client = blocking::Client::with_transport(config.clone(), mock.clone());
                client.send(update()).expect("a success");
                client.send(update()).expect_err("refused");
            } else {
                let client = Client::with_transport(config.clone(), mock.clone());
                run(client.send(update())).expect("a success");
                run(client.send(update())).expect_err("refused");
            }
        });
        let log = log.0.lock().expect("a log");
        let (spans, events) = &*log;
        assert_eq!(spans.len(), 2);
        let path = "/v1/Interactions/{InteractionSid}/Channels/{Sid}";
        for (name, value) in [
            ("operation", "UpdateInteractionChannel"),
            ("otel.name", &format!("POST {path}")),
            ("http.request.method", "POST"),
            ("url.template", path),
            ("server.address", "127.0.0.1"),
            ("server.port", "81"),
            ("http.response.status_code", "200"),
            ("http.request.resend_count", "1"),
            ("attempt", "2"),
        ] {
            assert_eq!(
                spans[0].get(name).map(String::as_str),
                Some(value),
                "{name}"
            );
        }
        assert!(spans[0].contains_key("duration_ms"));
        assert!(!spans[0].contains_key("error.type"));
        assert_eq!(spans[1]["error.type"], "400");
        assert_eq!(spans[1]["otel.status_code"], "ERROR");
        let warnings: Vec<_> = events
            .iter()
            .filter(|(level, _)| *level == Level::WARN)
            .collect();
        assert_eq!(warnings.len(), 1, "{events:?}");
        assert_eq!(warnings[0].1["path"], "$.sid");
        let shown = format!("{log:?}");
        for secret in ["c4n4ry", TOKEN, "Basic", "KDaaaa"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}
