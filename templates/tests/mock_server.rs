/// Sends every request, with each client, to a server that mocks the description, and asserts that it is accepted.
#[cfg(any(feature = "blocking", feature = "client"))]
#[test]
#[ignore = "needs MOCK_SERVER_URL, the URL of a server that mocks the description"]
fn a_mock_server_accepts_every_request() {
    let mut server = support::Server::from_env();
{{replays}}
    server.assert_all_accepted();
}
