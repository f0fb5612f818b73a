//! Both clients on transports whose clock does not wait.

use super::run;
use std::time::Duration;
use twilio_flex::test_util::MockTransport;
use twilio_flex::{
    Client, Config, Credentials, Error, Operation, Options, Response, Retry, Transport, blocking,
};

/// A client whose transport has a clock that does not wait.
pub enum OnAClock {
    Async(Client),
    Blocking(blocking::Client),
}

impl OnAClock {
    /// Sends an operation with the options.
    pub fn send<O: Operation>(
        &self,
        options: &Options,
        operation: O,
    ) -> Result<Response<O::Output>, Error> {
        match self {
            Self::Async(client) => run(client.with(options.clone()).send(operation)),
            Self::Blocking(client) => client.with(options.clone()).send(operation),
        }
    }
}

/// Runs `check` with both clients, which send up to three times, each on a transport of its own.
pub fn with_both<T>(check: impl Fn(&MockTransport, &OnAClock) -> T) -> [T; 2] {
    let config = Config::new(Credentials::none())
        .with_retry(Retry::attempts(3).with_backoff(Duration::ZERO, Duration::ZERO));
    [false, true].map(|blocks| {
        let (config, mock) = (config.clone(), MockTransport::new());
        let client = if blocks {
            OnAClock::Blocking(blocking::Client::with_transport(config, mock.clone()))
        } else {
            OnAClock::Async(Client::with_transport(config, mock.clone()))
        };
        check(&mock, &client)
    })
}

/// Runs `check` with both clients, and returns the time that passed on their clocks.
pub fn timed(check: impl Fn(&MockTransport, &OnAClock)) -> [Duration; 2] {
    with_both(|mock, client| {
        let begin = Transport::now(mock);
        check(mock, client);
        Transport::now(mock) - begin
    })
}
