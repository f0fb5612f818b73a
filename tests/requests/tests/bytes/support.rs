//! What the tests read of a request.

use requests::{Config, Credentials, Operation};

/// The text of a request: what is compared byte for byte.
pub struct Sent {
    pub target: String,
    pub body: String,
    headers: http::HeaderMap,
}

impl Sent {
    /// Returns a header, or nothing where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the headers, in their order.
    pub fn headers(&self) -> Vec<(String, String)> {
        let headers = self.headers.iter();
        headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect()
    }

    /// Returns the body with `BOUNDARY` in place of the boundary.
    pub fn parts(&self) -> String {
        let boundary = self
            .header("content-type")
            .split("boundary=")
            .nth(1)
            .unwrap();
        let boundary = boundary.split(';').next().unwrap();
        self.body.replace(boundary, "BOUNDARY")
    }

    /// Returns the query.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// Returns what a client without credentials sends.
pub fn sent(operation: &impl Operation) -> Sent {
    sent_with(operation, Credentials::none())
}

/// Returns what a client sends.
pub fn sent_with(operation: &impl Operation, credentials: Credentials) -> Sent {
    let request = operation.to_request(&Config::new(credentials)).unwrap();
    Sent {
        target: format!("{} {}", request.method(), request.uri()),
        body: String::from_utf8(request.body().to_vec()).unwrap(),
        headers: request.headers().clone(),
    }
}

/// Returns why a request cannot be built.
#[allow(dead_code)]
pub fn refused(operation: &impl Operation, credentials: Credentials) -> String {
    let request = operation.to_request(&Config::new(credentials));
    request
        .map(|request| request.uri().to_string())
        .unwrap_err()
        .to_string()
}
