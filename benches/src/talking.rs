//! SIDs, requests and responses: the generated crate, and the same by hand.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use twilio_flex::channel::{Channel, CreateChannel, CreateChannelParams};
use twilio_flex::interaction_channel::{
    InteractionChannel, UpdateChannelStatus, UpdateInteractionChannel,
};
use twilio_flex::sids::Ch;
use twilio_flex::{Config, Credentials, Operation, Sid};

/// The pattern that the descriptions give for SIDs of this kind.
pub const PATTERN: &str = "^CH[0-9a-fA-F]{32}$";
/// A text that fits it.
pub const SID: &str = "CH0123456789abcdefABCDEF0123456789";
/// The response to [`channel`].
pub const CHANNEL: &[u8] = include_bytes!("channel.json");
/// The response to [`update`].
pub const INTERACTION_CHANNEL: &[u8] = include_bytes!("interaction_channel.json");

const SERVER: &str = "https://flex-api.twilio.com";
const AUTHORIZATION: &str = "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjphIHRva2Vu";
const AGENT: &str = "twilio-flex/0.1.0";

type Failure = Box<dyn std::error::Error>;

/// Returns what clients are made of.
#[must_use]
pub fn config() -> Config {
    Config::new(Credentials::auth_token(
        "AC0123456789abcdef0123456789abcdef",
        "a token",
    ))
}

/// Parses a SID as the generated crate does.
///
/// # Panics
/// Panics when the text is none.
#[must_use]
pub fn parse_sid(text: &str) -> Sid<Ch> {
    Sid::parse(text).expect("a SID")
}

/// Makes a request with ten fields.
///
/// # Errors
/// Returns an error when a text is no SID.
pub fn channel() -> Result<CreateChannel, Failure> {
    Ok(CreateChannel::new(CreateChannelParams {
        flex_flow_sid: "FO0123456789abcdef0123456789abcdef".parse()?,
        identity: "sms:+15558675310".to_owned(),
        chat_user_friendly_name: "María José".to_owned(),
        chat_friendly_name: "Order 66 is late & cold".to_owned(),
    })
    .target("+15558675310")
    .chat_unique_name("order-66")
    .pre_engagement_data(r#"{"question":"Where is my order?"}"#)
    .task_sid("WT0123456789abcdef0123456789abcdef".parse()?)
    .task_attributes("{}")
    .long_lived(true))
}

/// Makes a request with two path parameters and two fields, one of them JSON.
///
/// # Errors
/// Returns an error when a text is no SID.
pub fn update() -> Result<UpdateInteractionChannel, Failure> {
    Ok(UpdateInteractionChannel::new(
        "KD0123456789abcdef0123456789abcdef".parse()?,
        "UO0123456789abcdef0123456789abcdef".parse()?,
        UpdateChannelStatus::Inactive,
    )
    .routing(serde_json::json!({"status": "closed"})))
}

/// The fields of [`channel`], as somebody would write them for `serde_urlencoded`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PlainChannel {
    flex_flow_sid: String,
    identity: String,
    chat_user_friendly_name: String,
    chat_friendly_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_unique_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_engagement_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_attributes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    long_lived: Option<bool>,
}

impl PlainChannel {
    /// Returns the values of [`channel`].
    #[must_use]
    pub fn new() -> Self {
        Self {
            flex_flow_sid: "FO0123456789abcdef0123456789abcdef".to_owned(),
            identity: "sms:+15558675310".to_owned(),
            chat_user_friendly_name: "María José".to_owned(),
            chat_friendly_name: "Order 66 is late & cold".to_owned(),
            target: Some("+15558675310".to_owned()),
            chat_unique_name: Some("order-66".to_owned()),
            pre_engagement_data: Some(r#"{"question":"Where is my order?"}"#.to_owned()),
            task_sid: Some("WT0123456789abcdef0123456789abcdef".to_owned()),
            task_attributes: Some("{}".to_owned()),
            long_lived: Some(true),
        }
    }

    /// Writes the address and the form.
    ///
    /// # Errors
    /// Returns what `serde_urlencoded` refuses.
    pub fn url_and_form(&self) -> Result<(String, String), Failure> {
        Ok((
            format!("{SERVER}/v1/Channels"),
            serde_urlencoded::to_string(self)?,
        ))
    }

    /// Writes the whole request.
    ///
    /// # Errors
    /// Returns what `serde_urlencoded` or `http` refuses.
    pub fn request(&self) -> Result<Request<Bytes>, Failure> {
        let (url, form) = self.url_and_form()?;
        post(url, form)
    }
}

impl Default for PlainChannel {
    fn default() -> Self {
        Self::new()
    }
}

/// The parameters of [`update`], as somebody would write them for `serde_urlencoded`.
#[derive(Debug, Serialize)]
pub struct PlainUpdate {
    #[serde(skip)]
    interaction_sid: String,
    #[serde(skip)]
    sid: String,
    #[serde(rename = "Status")]
    status: PlainStatus,
    #[serde(rename = "Routing", skip_serializing_if = "Option::is_none")]
    routing: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PlainStatus {
    Setup,
    Active,
    Failed,
    Closed,
    Inactive,
}

impl PlainUpdate {
    /// Returns the values of [`update`].
    #[must_use]
    pub fn new() -> Self {
        Self {
            interaction_sid: "KD0123456789abcdef0123456789abcdef".to_owned(),
            sid: "UO0123456789abcdef0123456789abcdef".to_owned(),
            status: PlainStatus::Inactive,
            routing: Some(r#"{"status":"closed"}"#.to_owned()),
        }
    }

    /// Writes the address and the form.
    ///
    /// # Errors
    /// Returns what `serde_urlencoded` refuses.
    pub fn url_and_form(&self) -> Result<(String, String), Failure> {
        let Self {
            interaction_sid,
            sid,
            ..
        } = self;
        let url = format!("{SERVER}/v1/Interactions/{interaction_sid}/Channels/{sid}");
        Ok((url, serde_urlencoded::to_string(self)?))
    }

    /// Writes the whole request.
    ///
    /// # Errors
    /// Returns what `serde_urlencoded` or `http` refuses.
    pub fn request(&self) -> Result<Request<Bytes>, Failure> {
        let (url, form) = self.url_and_form()?;
        post(url, form)
    }
}

impl Default for PlainUpdate {
    fn default() -> Self {
        Self::new()
    }
}

fn post(url: String, form: String) -> Result<Request<Bytes>, Failure> {
    Ok(Request::builder()
        .method(Method::POST)
        .uri(url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .header("User-Agent", AGENT)
        .header("Authorization", AUTHORIZATION)
        .body(form.into())?)
}

/// Returns the response with this body.
///
/// # Panics
/// Panics when `http` refuses a constant.
#[must_use]
pub fn response(body: &'static [u8]) -> Response<Bytes> {
    Response::builder()
        .status(200)
        .header("Content-Type", "application/json")
        .body(Bytes::from_static(body))
        .expect("a response")
}

/// Decodes the response to an operation.
///
/// # Panics
/// Panics when it is none.
#[must_use]
pub fn decode<O: Operation>(response: Response<Bytes>) -> twilio_flex::Response<O::Output> {
    O::decode(response).expect("a response")
}

/// [`Channel`] with the types that somebody would choose by hand.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only decoded")]
pub struct PlainChannelAnswer {
    account_sid: Option<String>,
    flex_flow_sid: Option<String>,
    sid: Option<String>,
    user_sid: Option<String>,
    task_sid: Option<String>,
    url: Option<String>,
    date_created: Option<DateTime<Utc>>,
    date_updated: Option<DateTime<Utc>>,
}

/// [`InteractionChannel`] with the types that somebody would choose by hand.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only decoded")]
pub struct PlainInteractionChannel {
    sid: Option<String>,
    interaction_sid: Option<String>,
    r#type: Option<String>,
    status: Option<PlainStatus>,
    error_code: Option<i64>,
    error_message: Option<String>,
    url: Option<String>,
    links: Option<BTreeMap<String, String>>,
}

/// What the strict road decodes into, without the road: the very struct of the generated crate.
///
/// # Panics
/// Panics when the text does not fit.
#[must_use]
pub fn same_channel(body: &[u8]) -> Channel {
    serde_json::from_slice(body).expect("a channel")
}

/// As [`same_channel`], of the other resource.
///
/// # Panics
/// Panics when the text does not fit.
#[must_use]
pub fn same_interaction_channel(body: &[u8]) -> InteractionChannel {
    serde_json::from_slice(body).expect("an interaction channel")
}
