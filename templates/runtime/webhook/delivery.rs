//! Decoding the requests that the service sends.

use super::super::decode::{Body, Decoded, Decoding, Deviation, FromBody};
use super::webhook_error::WebhookError;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A request that the service sends to a URL of its user: a webhook or a callback.
pub trait Webhook {
    /// The type of the body.
    type Payload: FromBody;

    /// What the description calls it.
    const NAME: &'static str;

    /// The HTTP method.
    const METHOD: &'static str;

    /// How the body is decoded.
    const DECODING: Decoding = Decoding::Json;

    /// Decodes a request of the service, whose signature should be validated before.
    ///
    /// # Errors
    /// Returns an error for another method, and for a body that the payload cannot be made of.
    fn decode<B: AsRef<[u8]>>(
        request: &http::Request<B>,
    ) -> Result<Delivery<Self::Payload>, WebhookError> {
        if request.method().as_str() != Self::METHOD {
            let reason = format!("expected the method {}", Self::METHOD);
            return Err(WebhookError::new(Self::NAME, reason));
        }
        let bytes = Bytes::copy_from_slice(request.body().as_ref());
        let media_type = request.headers().get(CONTENT_TYPE);
        let decoded = Self::Payload::from_body(Body {
            bytes: &bytes,
            status: StatusCode::OK,
            media_type: media_type.and_then(|media_type| media_type.to_str().ok()),
            decoding: Self::DECODING,
        });
        let Decoded { value, deviations } =
            decoded.map_err(|error| WebhookError::new(Self::NAME, error.to_string()))?;
        Ok(Delivery {
            payload: value,
            headers: request.headers().clone(),
            deviations,
        })
    }
}

/// A decoded request of the service.
#[derive(Clone)]
pub struct Delivery<T> {
    /// The decoded body.
    pub payload: T,
    headers: HeaderMap,
    deviations: Vec<Deviation>,
}

impl<T> Delivery<T> {
    /// Returns the payload.
    pub fn into_payload(self) -> T {
        self.payload
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the places where the body does not match the description.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

/// Shows the payload, but not the headers.
impl<T: fmt::Debug> fmt::Debug for Delivery<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("payload", &self.payload)
            .field("deviations", &self.deviations)
            .finish_non_exhaustive()
    }
}
