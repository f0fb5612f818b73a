use twilio_flex::Sid;
use twilio_flex::channel::{CreateChannel, CreateChannelParams};
use twilio_flex::sids::Fo;

fn request(flex_flow_sid: Sid<Fo>) -> CreateChannel {
    CreateChannel::new(CreateChannelParams {
        flex_flow_sid,
        identity: "kay".to_owned(),
        chat_user_friendly_name: "Kay".to_owned(),
    })
}

fn main() {}
