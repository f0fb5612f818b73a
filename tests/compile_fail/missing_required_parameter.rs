use twilio_flex::interaction_channel::UpdateInteractionChannel;
use twilio_flex::sids::{InteractionChannelSid, InteractionSid};

fn request(
    interaction: InteractionSid,
    channel: InteractionChannelSid,
) -> UpdateInteractionChannel {
    UpdateInteractionChannel::new(interaction, channel)
}

fn main() {}
