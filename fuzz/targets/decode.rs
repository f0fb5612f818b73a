//! Any body as a success and as a refusal: no panic, and the bytes are kept.

#![no_main]

use http::StatusCode;
use libfuzzer_sys::fuzz_target;
use twilio_flex::channel::CreateChannel;
use twilio_flex::interaction::UpdateInteraction;
use twilio_flex::interaction_channel::UpdateInteractionChannel;
use twilio_flex::{Error, Operation};

fn decode<O: Operation>(status: StatusCode, body: &[u8]) {
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

fuzz_target!(|body: &[u8]| {
    for status in [StatusCode::OK, StatusCode::BAD_REQUEST] {
        decode::<CreateChannel>(status, body);
        decode::<UpdateInteraction>(status, body);
        decode::<UpdateInteractionChannel>(status, body);
    }
});
