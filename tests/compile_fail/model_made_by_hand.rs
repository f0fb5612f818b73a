use twilio_flex::web_channel::WebChannel;

fn model() -> WebChannel {
    WebChannel {
        url: None,
        ..WebChannel::default()
    }
}

fn main() {}
