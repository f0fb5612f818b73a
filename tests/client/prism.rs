//! The five operations over HTTP, against a Prism that mocks `spec/flex.yaml` with request validation on:
//! `prism mock --errors spec/flex.yaml`, its address in `PRISM_URL`.

use std::error::Error;
use std::fmt::Debug;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::str::FromStr;

use serde_json::json;
use twilio_flex::channel::{CreateChannel, CreateChannelParams};
use twilio_flex::interaction::UpdateInteraction;
use twilio_flex::interaction_channel::{
    self, ChannelStatus, UpdateChannelStatus, UpdateInteractionChannel,
};
use twilio_flex::interaction_channel_participant::{self, UpdateInteractionChannelParticipant};
use twilio_flex::sids::{InteractionChannelSid, InteractionSid};
use twilio_flex::web_channel::{ChatStatus, UpdateWebChannel};
use twilio_flex::{Client, Credentials, Operation, Response, blocking, headers};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const WEBHOOK: &str = "flex_interactionwebhook_01jke8z8vte4ette30t5w9h081";

/// What the two clients have in common, so that both go through the same tests.
trait Sender {
    fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, twilio_flex::Error>;
}

struct Async {
    runtime: tokio::runtime::Runtime,
    client: Client,
}

impl Sender for Async {
    fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, twilio_flex::Error> {
        self.runtime.block_on(self.client.send(operation))
    }
}

impl Sender for blocking::Client {
    fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, twilio_flex::Error> {
        blocking::Client::send(self, operation)
    }
}

fn credentials() -> Credentials {
    Credentials::auth_token(format!("AC{}", "a".repeat(32)), "an auth token")
}

fn async_client(url: &str) -> Outcome<Async> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = Client::builder(credentials()).base_url(url).build()?;
    Ok(Async { runtime, client })
}

fn blocking_client(url: &str) -> Outcome<blocking::Client> {
    Ok(blocking::Client::builder(credentials())
        .base_url(url)
        .build()?)
}

/// Returns the address of Prism.
fn prism() -> Outcome<String> {
    std::env::var("PRISM_URL").map_err(|error| format!("PRISM_URL: {error}").into())
}

/// A SID as the examples of the description have it: 31 times `a`, and then `last`.
fn sid<T: FromStr>(prefix: &str, last: char) -> Result<T, T::Err> {
    format!("{prefix}{}{last}", "a".repeat(31)).parse()
}

/// Checks what every reply has to be: of this status, with nothing lost, and with its headers typed.
fn expect<T: Debug>(response: &Response<T>, status: u16) -> Outcome {
    assert_eq!(response.status().as_u16(), status);
    assert!(
        response.deviations().is_empty(),
        "{:?}",
        response.deviations()
    );
    assert_eq!(
        response
            .header(headers::ACCESS_CONTROL_ALLOW_ORIGIN)?
            .as_deref(),
        Some("*")
    );
    assert_eq!(
        response.header(headers::ACCESS_CONTROL_ALLOW_CREDENTIALS)?,
        Some(true)
    );
    Ok(())
}

fn create_channel(sender: &impl Sender) -> Outcome {
    let request = CreateChannel::new(CreateChannelParams {
        flex_flow_sid: sid("FO", 'a')?,
        identity: "abc".into(),
        chat_user_friendly_name: "friendly2".into(),
        chat_friendly_name: "friendly1".into(),
    })
    .target("def")
    .chat_unique_name("unique")
    .pre_engagement_data(json!({}))
    .task_sid(sid("WT", 'a')?)
    .task_attributes("{}")
    .long_lived(true);
    let channel = sender.send(request)?;

    expect(&channel, 201)?;
    assert_eq!(channel.data.account_sid, Some(sid("AC", 'a')?));
    assert_eq!(channel.data.flex_flow_sid, Some(sid("FO", 'a')?));
    assert_eq!(channel.data.sid, Some(sid("CH", 'a')?));
    assert_eq!(channel.data.user_sid, Some(sid("US", 'a')?));
    assert_eq!(channel.data.task_sid, Some(sid("WT", 'a')?));
    let url = "https://flex-api.twilio.com/v1/Channels/CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_eq!(channel.data.url.as_deref(), Some(url));
    let created = channel.data.date_created.ok_or("no date of creation")?;
    assert_eq!(created.to_rfc3339(), "2016-08-01T22:10:40+00:00");
    assert_eq!(channel.data.date_updated, channel.data.date_created);
    Ok(())
}

fn update_interaction(sender: &impl Sender) -> Outcome {
    let interaction = sender.send(UpdateInteraction::new(sid("KD", 'a')?).webhook_ttid(WEBHOOK))?;
    expect(&interaction, 200)?;
    assert_eq!(interaction.data.sid, Some(sid("KD", 'a')?));
    assert_eq!(
        interaction.data.channel,
        Some(json!({"type": "sms", "sid": format!("UO{}", "a".repeat(32))}))
    );
    // Null is one of the values of any type, and there.
    assert_eq!(interaction.data.routing, Some(json!(null)));
    assert_eq!(interaction.data.interaction_context_sid, None);
    assert_eq!(interaction.data.webhook_ttid.as_deref(), Some(WEBHOOK));
    let links = interaction.data.links.as_ref().ok_or("no links")?;
    assert!(links["channels"].ends_with("/Channels"));

    let nothing_set = sender.send(UpdateInteraction::new(sid("KD", 'a')?))?;
    expect(&nothing_set, 200)?;
    assert_eq!(nothing_set.into_data(), interaction.into_data());
    Ok(())
}

fn update_interaction_channel(sender: &impl Sender) -> Outcome {
    let (interaction, channel): (InteractionSid, InteractionChannelSid) =
        (sid("KD", 'a')?, sid("UO", '1')?);
    let requests = [
        UpdateInteractionChannel::new(interaction, channel, UpdateChannelStatus::Closed),
        UpdateInteractionChannel::new(interaction, channel, UpdateChannelStatus::Inactive)
            .routing(json!({"status": "closed"})),
        UpdateInteractionChannel::new(interaction, channel, UpdateChannelStatus::Inactive)
            .routing(r#"{"status":"closed"}"#),
    ];
    for request in requests {
        let updated = sender.send(request)?;
        expect(&updated, 200)?;
        assert_eq!(updated.data.sid, Some(channel));
        assert_eq!(updated.data.interaction_sid, Some(interaction));
        assert_eq!(updated.data.type_, Some(interaction_channel::Type::Chat));
        assert_eq!(updated.data.status, Some(ChannelStatus::Closed));
        assert_eq!(updated.data.error_code, Some(19025));
        assert_eq!(
            updated.data.error_message.as_deref(),
            Some("Channel validation error")
        );
        let links = updated.data.links.as_ref().ok_or("no links")?;
        assert_eq!(
            links.keys().collect::<Vec<_>>(),
            ["invites", "participants", "transfers"]
        );
    }
    Ok(())
}

fn update_participant(sender: &impl Sender) -> Outcome {
    use interaction_channel_participant::{Status, Type};
    for status in [Status::Closed, Status::Wrapup] {
        let participant = sender.send(UpdateInteractionChannelParticipant::new(
            sid("KD", 'a')?,
            sid("UO", '1')?,
            sid("UT", '1')?,
            status,
        ))?;
        expect(&participant, 200)?;
        assert_eq!(participant.data.sid, Some(sid("UT", '1')?));
        assert_eq!(participant.data.channel_sid, Some(sid("UO", '1')?));
        assert_eq!(participant.data.interaction_sid, Some(sid("KD", 'a')?));
        assert_eq!(participant.data.type_, Some(Type::Agent));
        let routing = participant
            .data
            .routing_properties
            .as_ref()
            .ok_or("no routing properties")?;
        assert_eq!(routing["worker_sid"], format!("WK{}", "a".repeat(32)));
    }
    Ok(())
}

fn update_web_channel(sender: &impl Sender) -> Outcome {
    let request = UpdateWebChannel::new(sid("CH", 'a')?)
        .chat_status(ChatStatus::Inactive)
        .post_engagement_data("{}");
    let channel = sender.send(request)?;
    expect(&channel, 200)?;
    assert_eq!(channel.data.sid, Some(sid("CH", 'a')?));
    assert_eq!(channel.data.flex_flow_sid, Some(sid("FO", 'a')?));
    let updated = channel.data.date_updated.ok_or("no date of change")?;
    assert_eq!(updated.to_rfc3339(), "2016-08-01T22:10:40+00:00");

    expect(&sender.send(UpdateWebChannel::new(sid("CH", 'a')?))?, 200)
}

/// A value that the description does not list can be sent, and comes back as the refusal that it is.
fn unlisted_status(sender: &impl Sender) -> Outcome {
    let request = UpdateInteractionChannel::new(sid("KD", 'a')?, sid("UO", '1')?, "paused".into());
    let error = sender
        .send(request)
        .err()
        .ok_or("an unlisted status was accepted")?;
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(422),
        "{error}"
    );
    Ok(())
}

fn five_operations(sender: &impl Sender) -> Outcome {
    create_channel(sender)?;
    update_interaction(sender)?;
    update_interaction_channel(sender)?;
    update_participant(sender)?;
    update_web_channel(sender)?;
    unlisted_status(sender)
}

/// Posts a form past the generated crate, and returns the status of the reply.
fn post(prism: &str, path: &str, authorization: &str, form: &str) -> Outcome<u16> {
    let host = prism.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{authorization}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len(),
    )?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    let status = reply.split(' ').nth(1).ok_or("no status line")?;
    Ok(status.parse()?)
}

#[test]
#[ignore = "needs PRISM_URL, the address of a mock server"]
fn async_client_sends_the_five_operations() -> Outcome {
    five_operations(&async_client(&prism()?)?)
}

#[test]
#[ignore = "needs PRISM_URL, the address of a mock server"]
fn blocking_client_sends_the_five_operations() -> Outcome {
    five_operations(&blocking_client(&prism()?)?)
}

#[test]
#[ignore = "needs PRISM_URL, the address of a mock server"]
fn prism_validates_requests() -> Outcome {
    const BASIC: &str = "Authorization: Basic dXNlcjpwYXNzd29yZA==\r\n";
    let url = prism()?;
    let digits = "a".repeat(32);
    let channel = format!("/v1/Interactions/KD{digits}/Channels/UO{digits}");
    let swapped = format!("/v1/Interactions/UO{digits}/Channels/KD{digits}");
    let missing = "Identity=abc&ChatUserFriendlyName=friendly2&ChatFriendlyName=friendly1";

    assert_eq!(post(&url, &channel, BASIC, "Status=closed")?, 200);
    assert_eq!(
        post(&url, &swapped, BASIC, "Status=closed")?,
        422,
        "swapped SIDs"
    );
    assert_eq!(
        post(&url, &channel, BASIC, "Status=paused")?,
        422,
        "an unlisted status"
    );
    assert_eq!(post(&url, &channel, BASIC, "")?, 422, "no status");
    assert_eq!(
        post(&url, &channel, "", "Status=closed")?,
        401,
        "no credentials"
    );
    assert_eq!(
        post(&url, "/v1/Channels", BASIC, missing)?,
        422,
        "no Flex Flow"
    );
    let malformed = format!("{missing}&FlexFlowSid=FO{}", "z".repeat(32));
    assert_eq!(
        post(&url, "/v1/Channels", BASIC, &malformed)?,
        422,
        "a malformed SID"
    );
    Ok(())
}
