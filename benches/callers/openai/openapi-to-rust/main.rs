//! Five calls with the module that openapi-to-rust generates.

use measured::api::client::HttpClient;
use measured::api::types::CreateChatCompletionRequest;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = HttpClient::new().with_header("authorization", "Bearer key");
    println!("{}", client.list_models().await?.data.len());
    println!("{:?}", client.retrieve_model("gpt-5").await?.id);
    println!("{}", client.list_files(None::<&str>, None, None, None::<&str>).await?.data.len());
    println!("{:?}", client.retrieve_file("file-1").await?.id);
    let body: CreateChatCompletionRequest =
        serde_json::from_str(r#"{"model": "gpt-5", "messages": [{"role": "user", "content": "Hello"}]}"#)?;
    println!("{:?}", client.create_chat_completion(body).await?.id);
    Ok(())
}
