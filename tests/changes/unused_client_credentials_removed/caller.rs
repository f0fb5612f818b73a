use harbour::{ClientCredentials, Credentials};

pub fn call() -> Credentials {
    let client = ClientCredentials::new("https://harbour.example.com/token", "id", "secret");
    Credentials::client_credentials(client)
}
