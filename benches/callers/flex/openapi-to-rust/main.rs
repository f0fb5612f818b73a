//! Five calls with the module that openapi-to-rust generates.

use measured::api::client::HttpClient;
use measured::api::types::{
    CreateChannelRequest, InteractionChannelEnumUpdateChannelStatus, InteractionChannelParticipantEnumStatus,
    UpdateInteractionChannelParticipantRequest, UpdateInteractionChannelRequest, UpdateInteractionRequest,
    UpdateWebChannelRequest, WebChannelEnumChatStatus,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = HttpClient::new().with_header("authorization", "Basic QUM6dG9rZW4=");
    let mut channel = CreateChannelRequest::new(
        "Order 66".to_owned(),
        "María".to_owned(),
        "FO0123456789abcdef0123456789abcdef".to_owned(),
        "sms:+15558675310".to_owned(),
    );
    channel.target = Some("+15558675310".to_owned());
    channel.long_lived = Some(true);
    println!("{:?}", client.create_channel(Some(channel)).await?.sid);
    let closed = UpdateWebChannelRequest {
        chat_status: Some(WebChannelEnumChatStatus::Inactive),
        post_engagement_data: None,
    };
    let closed = client.update_web_channel("CH0123456789abcdef0123456789abcdef", Some(closed)).await?;
    println!("{:?}", closed.date_updated);
    let interaction = "KD0123456789abcdef0123456789abcdef";
    let updated = UpdateInteractionRequest { webhook_ttid: Some("00".to_owned()) };
    println!("{:?}", client.update_interaction(interaction, Some(updated)).await?.sid);
    let ended = UpdateInteractionChannelRequest {
        routing: Some(serde_json::json!({"status": "closed"})),
        status: InteractionChannelEnumUpdateChannelStatus::Closed,
    };
    let channel = "UO0123456789abcdef0123456789abcdef";
    println!("{:?}", client.update_interaction_channel(interaction, channel, Some(ended)).await?.status);
    let left = UpdateInteractionChannelParticipantRequest {
        status: InteractionChannelParticipantEnumStatus::Closed,
    };
    let participant = "UT0123456789abcdef0123456789abcdef";
    let left = client
        .update_interaction_channel_participant(interaction, channel, participant, Some(left))
        .await?;
    println!("{:?}", left.sid);
    Ok(())
}
