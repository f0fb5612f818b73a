use twilio_flex::Unlisted;
use twilio_flex::interaction_channel::UpdateChannelStatus;

fn status() -> UpdateChannelStatus {
    UpdateChannelStatus::Unlisted(Unlisted::new("closed"))
}

fn main() {}
