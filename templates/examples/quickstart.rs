//! Sends `{{id}}` and prints the response.
//!
{{environment}}

{{imports}}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = {{credentials}};
    let mut client = Client::builder(credentials);
    if let Ok(url) = std::env::var("BASE_URL") {
        client = client.base_url(url);
    }
    let client = client.build()?;

{{request}}
    let response = client.send(request)?;
    println!("{}", response.status());
    println!("{:#?}", response.data);
    Ok(())
}
