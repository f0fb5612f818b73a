//! Five calls with the crate that cratewright generates.

use measured::chat::CreateChatCompletion;
use measured::files::{ListFiles, RetrieveFile};
use measured::models::CreateChatCompletionRequest;
use measured::models_resource::{ListModels, RetrieveModel};
use measured::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Credentials::bearer("key"));
    println!("{}", client.send(ListModels::new()).await?.data.data.len());
    println!("{:?}", client.send(RetrieveModel::new("gpt-5")).await?.data.id);
    println!("{}", client.send(ListFiles::new()).await?.data.data.len());
    println!("{:?}", client.send(RetrieveFile::new("file-1")).await?.data.id);
    let body: CreateChatCompletionRequest =
        serde_json::from_str(r#"{"model": "gpt-5", "messages": [{"role": "user", "content": "Hello"}]}"#)?;
    println!("{:?}", client.send(CreateChatCompletion::new(body)).await?.data.id);
    Ok(())
}
