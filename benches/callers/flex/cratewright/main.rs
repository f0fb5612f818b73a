//! Five calls with the crate that cratewright generates.

use measured::channel::{CreateChannel, CreateChannelParams};
use measured::interaction::UpdateInteraction;
use measured::interaction_channel::{UpdateChannelStatus, UpdateInteractionChannel};
use measured::interaction_channel_participant::{Status, UpdateInteractionChannelParticipant};
use measured::web_channel::{ChatStatus, UpdateWebChannel};
use measured::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Credentials::auth_token("AC0123456789abcdef0123456789abcdef", "token"));
    let channel = CreateChannel::new(CreateChannelParams {
        flex_flow_sid: "FO0123456789abcdef0123456789abcdef".parse()?,
        identity: "sms:+15558675310".to_owned(),
        chat_user_friendly_name: "María".to_owned(),
        chat_friendly_name: "Order 66".to_owned(),
    });
    let channel = client.send(channel.target("+15558675310").long_lived(true)).await?;
    println!("{:?}", channel.data.sid);
    let closed = UpdateWebChannel::new("CH0123456789abcdef0123456789abcdef".parse()?).chat_status(ChatStatus::Inactive);
    println!("{:?}", client.send(closed).await?.data.date_updated);
    let interaction = "KD0123456789abcdef0123456789abcdef".parse()?;
    let updated = client.send(UpdateInteraction::new(interaction).webhook_ttid("00")).await?;
    println!("{:?}", updated.data.sid);
    let ended = UpdateInteractionChannel::new(
        interaction,
        "UO0123456789abcdef0123456789abcdef".parse()?,
        UpdateChannelStatus::Closed,
    );
    let ended = client.send(ended.routing(serde_json::json!({"status": "closed"}))).await?;
    println!("{:?}", ended.data.status);
    let left = UpdateInteractionChannelParticipant::new(
        interaction,
        "UO0123456789abcdef0123456789abcdef".parse()?,
        "UT0123456789abcdef0123456789abcdef".parse()?,
        Status::Closed,
    );
    println!("{:?}", client.send(left).await?.data.sid);
    Ok(())
}
