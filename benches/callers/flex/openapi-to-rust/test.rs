//! A call that nobody responds to.

use measured::api::client::HttpClient;
use measured::api::types::{UpdateWebChannelRequest, WebChannelEnumChatStatus};

#[tokio::test]
async fn is_refused() {
    let client = HttpClient::new().with_base_url("http://127.0.0.1:1");
    let closed = UpdateWebChannelRequest {
        chat_status: Some(WebChannelEnumChatStatus::Inactive),
        post_engagement_data: None,
    };
    assert!(client.update_web_channel("CH0123456789abcdef0123456789abcdef", Some(closed)).await.is_err());
}
