use twilio_flex::Unlisted;
use twilio_flex::interaction_channel::{ChannelStatus, UpdateChannelStatus};

fn update(_status: Unlisted<UpdateChannelStatus>) {}

fn copy(status: ChannelStatus) {
    if let ChannelStatus::Unlisted(unlisted) = status {
        update(unlisted);
    }
}

fn main() {}
