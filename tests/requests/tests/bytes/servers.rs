//! Servers: which one a request goes to.

use requests::relative_server::v1::t::GetA as Relative;
use requests::server_variables::v1::base_urls::{Europe, LabExample, LabExamplePort};
use requests::server_variables::v1::{a::GetA, b::GetB, c::GetC};
use requests::{Config, Credentials, Operation};

fn url(operation: &impl Operation, config: &Config) -> String {
    let request = operation
        .to_request(config)
        .map(|request| request.uri().to_string());
    request.unwrap_or_else(|error| error.to_string())
}

#[test]
fn the_first_server_with_its_defaults() {
    let config = Config::new(Credentials::none());
    assert_eq!(
        url(&GetA::new(), &config),
        "https://demo.lab.example:443/v2/a"
    );
    assert_eq!(url(&GetB::new(), &config), "https://upload.lab.example/x/b");
}

#[test]
fn another_server_does_not_take_the_place_of_an_own_one() {
    let server = LabExample::new().tenant("acme").port(LabExamplePort::V8443);
    let config = Config::new(Credentials::none())
        .with_server(server)
        .unwrap();
    assert_eq!(
        url(&GetA::new(), &config),
        "https://acme.lab.example:8443/v2/a"
    );
    assert_eq!(url(&GetB::new(), &config), "https://upload.lab.example/x/b");
    assert_eq!(
        url(&GetC::new(), &config),
        "https://acme.lab.example:8443/rel/c"
    );
    let config = config.with_server(Europe::new()).unwrap();
    assert_eq!(url(&GetA::new(), &config), "https://eu.lab.example/v2/a");
}

#[test]
fn a_base_url_takes_the_place_of_every_server() {
    let config = Config::new(Credentials::none());
    let config = config.with_base_url("http://127.0.0.1:4010/").unwrap();
    assert_eq!(url(&GetA::new(), &config), "http://127.0.0.1:4010/a");
    assert_eq!(url(&GetB::new(), &config), "http://127.0.0.1:4010/b");
    assert_eq!(url(&Relative::new(), &config), "http://127.0.0.1:4010/a");
}

#[test]
fn a_relative_server_needs_a_base_url() {
    let config = Config::new(Credentials::none());
    assert_eq!(
        url(&Relative::new(), &config),
        "cannot build getA: there is no base URL: the description names the relative server `/api`; set it with \
         `ClientBuilder::base_url`, such as `https://api.example.com/api`"
    );
}
