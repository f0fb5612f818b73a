//! What must hold for any input: one function for each fuzz target. They panic where it does not.
//!
//! The targets give them what libFuzzer makes up; `cargo test` gives them every seed, and random text.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a check fails by panicking"
)]

use cratewright::check::check;
use cratewright::diagnostics::{At, Severity};
use cratewright::document;
use cratewright::lower;
use cratewright::settings::Settings;
use cratewright::source::Source;
use cratewright::{Options, generate};
use http::StatusCode;
use std::path::Path;
use twilio_flex::channel::CreateChannel;
use twilio_flex::interaction::UpdateInteraction;
use twilio_flex::interaction_channel::UpdateInteractionChannel;
use twilio_flex::sids::{Ac, Ch};
use twilio_flex::{Config, Credentials, Encoder, Error, Meta, Operation, Sid};

/// A description with what an overlay may look for.
const HARBOUR: &str = include_str!("../tests/cli/harbour.yaml");

/// Any text is a document, or there are errors that each have a place and can be shown.
pub fn parse(text: &str) {
    let sources = [Source::new("fuzz.yaml", text)];
    let [source] = &sources;
    let Err(diagnostics) = document::parse(source, &[]) else {
        return;
    };
    for error in &diagnostics {
        if error.severity == Severity::Error && error.at != At::Nowhere {
            assert!(source.place(&error.at).is_some(), "{error}");
        }
    }
    let shown = diagnostics.render(&sources, false);
    let is_shown = |c: char| c == '\n' || !c.is_control();
    assert!(shown.chars().all(is_shown), "{shown:?}");
    let _ = diagnostics.reports(&sources);
}

/// Any description that parses is an API that can be emitted, or there are errors; never a defect of cratewright's own.
pub fn lower(text: &str) {
    let source = Source::new("fuzz.yaml", text);
    let Ok(document) = document::parse(&source, &[]) else {
        return;
    };
    let Ok((api, _)) = lower::lower(&document, lower::Wanted::new(&Settings::default())) else {
        return;
    };
    if let Err(diagnostics) = check(api) {
        for diagnostic in &diagnostics {
            assert_ne!(diagnostic.code, "defect", "{diagnostic}");
        }
    }
}

/// Of any description that generates, every file is what its name says, and is the same a second time.
pub fn emit(text: &str) {
    let run = || {
        let source = Source::new("fuzz.yaml", text);
        generate(&[source], &Options::new("fuzz", "0.1.0"))
    };
    let Ok(generation) = run() else {
        return;
    };
    for (path, text) in generation.files.iter() {
        if Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "rs")
            && !path.starts_with("src/runtime/")
            && let Err(error) = syn::parse_file(text)
        {
            panic!("{path}: {error}\n{text}");
        }
    }
    let again = run().expect("it generated before");
    assert_eq!(generation.files, again.files);
}

/// Any text is an overlay, or there are errors that can be shown.
pub fn overlay(text: &str) {
    let sources = [Source::new("harbour.yaml", HARBOUR)];
    let overlay = Source::new("overlay.yaml", text);
    if let Err(diagnostics) = document::parse(&sources[0], std::slice::from_ref(&overlay)) {
        let _ = diagnostics.render(&sources, false);
    }
}

/// Any body, as that of a success and of a refusal, is decoded or not, and its bytes are kept.
pub fn decode(body: &[u8]) {
    for status in [StatusCode::OK, StatusCode::BAD_REQUEST] {
        decode_as::<CreateChannel>(status, body);
        decode_as::<UpdateInteraction>(status, body);
        decode_as::<UpdateInteractionChannel>(status, body);
    }
}

fn decode_as<O: Operation>(status: StatusCode, body: &[u8]) {
    let mut response = http::Response::new(bytes::Bytes::copy_from_slice(body));
    *response.status_mut() = status;
    match O::decode(response) {
        Ok(response) => {
            assert_eq!(response.body().as_ref(), body);
            for deviation in response.deviations() {
                let _ = deviation.to_string();
            }
        }
        Err(Error::Api(error)) => {
            assert_eq!(error.body().as_ref(), body);
            let _ = error.to_string();
        }
        Err(error) => {
            let _ = format!("{error} {error:?}");
        }
    }
}

/// Any text is a SID where it is what the pattern says, and comes back as it was.
pub fn sid(text: &str) {
    match Sid::<Ch>::parse(text) {
        Ok(sid) => {
            assert!(follows(text, "CH"), "{text:?}");
            assert_eq!(sid.as_str(), text);
            assert_eq!(sid.to_string().parse::<Sid<Ch>>(), Ok(sid));
        }
        Err(error) => {
            assert!(!follows(text, "CH"), "{text:?}");
            let _ = error.to_string();
        }
    }
    assert_eq!(Sid::<Ac>::parse(text).is_ok(), follows(text, "AC"));
}

fn follows(text: &str, prefix: &str) -> bool {
    let digits = |digits: &str| digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    text.strip_prefix(prefix).is_some_and(digits)
}

/// Another implementation reads any names and values back from a form and a query, and no value leaves its part of a path.
pub fn form(text: &str) {
    let parts: Vec<&str> = text.split('\n').collect();
    let fields: Vec<(&str, &str)> = parts
        .chunks(2)
        .map(|pair| (pair[0], pair.get(1).copied().unwrap_or_default()))
        .collect();
    let config = Config::new(Credentials::none());
    let Ok(request) = Send(fields.clone()).to_request(&config) else {
        return;
    };
    let sent: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let query = request.uri().query().unwrap_or_default();
    for written in [request.body(), query.as_bytes()] {
        let read: Vec<(String, String)> = form_urlencoded::parse(written).into_owned().collect();
        assert_eq!(read, sent);
    }
    let path = request.uri().path();
    assert_eq!(path.matches('/').count(), 2, "{path}");
    let part = path.rsplit('/').next().unwrap_or_default();
    let part = part.to_ascii_lowercase().replace("%2e", ".");
    assert!(!["", ".", ".."].contains(&part.as_str()), "{path}");
}

struct Send<'a>(Vec<(&'a str, &'a str)>);

impl Operation for Send<'_> {
    type Output = ();

    const META: Meta = Meta::new("Send", "POST", "https://example.com", "/v1/{First}");

    fn encode(&self, request: &mut Encoder<'_>) {
        let Self(fields) = self;
        request.path(&fields[0].1);
        for (name, value) in fields {
            request.query(name, value);
        }
        let mut form = request.form();
        for (name, value) in fields {
            form.field(name, value);
        }
    }
}
