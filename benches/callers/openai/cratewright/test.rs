//! A call that nobody responds to.

use measured::files::RetrieveFile;
use measured::{Client, Credentials};

#[tokio::test]
async fn is_refused() {
    let client = Client::builder(Credentials::bearer("key")).base_url("http://127.0.0.1:1").build().unwrap();
    assert!(client.send(RetrieveFile::new("file-1")).await.is_err());
}
