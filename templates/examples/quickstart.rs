//! Sends `{{id}}` and prints what comes back.
//!
//! The account and the server come from the environment: `ACCOUNT_SID`, `AUTH_TOKEN` and, for a server other than the
//! one of the description, `BASE_URL`.

{{imports}}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::auth_token(std::env::var("ACCOUNT_SID")?, std::env::var("AUTH_TOKEN")?);
    let mut client = Client::builder(credentials);
    if let Ok(url) = std::env::var("BASE_URL") {
        client = client.base_url(url);
    }
    let client = client.build()?;

{{request}}
    let response = client.send(request)?;
    println!("{}", response.status());
    println!("{:#?}", response.into_inner());
    Ok(())
}
