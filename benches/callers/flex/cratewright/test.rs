//! A call that nobody responds to.

use measured::web_channel::{ChatStatus, UpdateWebChannel};
use measured::{Client, Credentials};

#[tokio::test]
async fn is_refused() {
    let credentials = Credentials::auth_token("AC0123456789abcdef0123456789abcdef", "token");
    let client = Client::builder(credentials).base_url("http://127.0.0.1:1").build().unwrap();
    let sid = "CH0123456789abcdef0123456789abcdef".parse().unwrap();
    assert!(client.send(UpdateWebChannel::new(sid).chat_status(ChatStatus::Inactive)).await.is_err());
}
