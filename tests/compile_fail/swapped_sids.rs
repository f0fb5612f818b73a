use twilio_flex::interaction_channel::{UpdateChannelStatus, UpdateInteractionChannel};
use twilio_flex::sids::{InteractionChannelSid, InteractionSid};

fn request(
    interaction: InteractionSid,
    channel: InteractionChannelSid,
) -> UpdateInteractionChannel {
    UpdateInteractionChannel::new(channel, interaction, UpdateChannelStatus::Closed)
}

fn main() {}
