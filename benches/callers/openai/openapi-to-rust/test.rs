//! A call that nobody responds to.

use measured::api::client::HttpClient;

#[tokio::test]
async fn is_refused() {
    let client = HttpClient::new().with_base_url("http://127.0.0.1:1");
    assert!(client.retrieve_file("file-1").await.is_err());
}
