//! Any names and values in a form, a query and a path: another implementation reads back what was written.

#![no_main]

use http::Method;
use libfuzzer_sys::fuzz_target;
use twilio_flex::{Config, Credentials, Encoder, Meta, Operation};

struct Send<'a>(Vec<(&'a str, &'a str)>);

impl Operation for Send<'_> {
    type Output = ();
    const META: Meta = Meta::new("Send", Method::POST, "https://example.com", "/v1/{First}");

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

fuzz_target!(|text: &str| {
    let parts: Vec<&str> = text.split('\n').collect();
    let fields: Vec<(&str, &str)> = parts
        .chunks(2)
        .map(|pair| (pair[0], pair.get(1).copied().unwrap_or_default()))
        .collect();
    let config = Config::new(Credentials::none());
    let Ok(request) = Send(fields.clone()).to_request(&config) else {
        return;
    };
    let read = |bytes: &[u8]| -> Vec<(String, String)> {
        form_urlencoded::parse(bytes).into_owned().collect()
    };
    let sent: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    assert_eq!(read(request.body()), sent);
    assert_eq!(read(request.uri().query().unwrap_or_default().as_bytes()), sent);
    let path = request.uri().path();
    assert_eq!(path.matches('/').count(), 2, "{path}");
    assert!(!path.contains(".."), "{path}");
});
