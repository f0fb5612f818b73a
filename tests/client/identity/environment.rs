//! Credentials, edges and regions of environment variables.

use super::{Get, sent};
use cratewright_runtime::Config;
use http::header::AUTHORIZATION;
use std::process::Command;

/// Runs in a process of its own, which [`from_env`] starts with other variables.
#[test]
#[ignore = "another test runs it"]
fn prints_what_the_environment_makes() {
    match Config::from_env("TWILIO") {
        Ok(config) => {
            let request = sent(&config, &Get);
            let authorization = request.headers()[AUTHORIZATION].to_str().expect("text");
            let account = config.credentials().account_sid().unwrap_or_default();
            println!("<{} {authorization} {account}>", request.uri());
        }
        Err(error) => println!("<{error}>"),
    }
}

/// Returns what a process with other variables prints.
fn printed(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args([
        "--exact",
        "identity::environment::prints_what_the_environment_makes",
        "--ignored",
        "--nocapture",
    ]);
    for name in [
        "ACCOUNT_SID",
        "AUTH_TOKEN",
        "API_KEY",
        "API_SECRET",
        "EDGE",
        "REGION",
    ] {
        command.env_remove(format!("TWILIO_{name}"));
    }
    let output = command
        .envs(variables.iter().copied())
        .output()
        .expect("a process");
    let text = String::from_utf8(output.stdout).expect("text");
    let from = text.split_once('<').expect("a line").1;
    from.split_once('>').expect("a line").0.to_owned()
}

#[test]
fn from_env() {
    let account = ("TWILIO_ACCOUNT_SID", "AC1");
    let token = ("TWILIO_AUTH_TOKEN", "s3cret");
    assert_eq!(
        printed(&[account, token]),
        "https://flex-api.twilio.com/x Basic QUMxOnMzY3JldA== AC1"
    );
    assert_eq!(
        printed(&[
            account,
            token,
            ("TWILIO_EDGE", "dublin"),
            ("TWILIO_REGION", "ie1")
        ]),
        "https://flex-api.dublin.ie1.twilio.com/x Basic QUMxOnMzY3JldA== AC1"
    );
    assert_eq!(
        printed(&[
            account,
            token,
            ("TWILIO_API_KEY", "SK1"),
            ("TWILIO_API_SECRET", "s3cret")
        ]),
        "https://flex-api.twilio.com/x Basic U0sxOnMzY3JldA== AC1"
    );
    for (variables, missing) in [
        (vec![], "TWILIO_ACCOUNT_SID"),
        (vec![account], "TWILIO_AUTH_TOKEN"),
        (
            vec![account, ("TWILIO_AUTH_TOKEN", "")],
            "TWILIO_AUTH_TOKEN",
        ),
        (
            vec![account, ("TWILIO_API_KEY", "SK1")],
            "TWILIO_API_SECRET",
        ),
    ] {
        let expected =
            format!("cannot build the client: the environment variable `{missing}` is not set");
        assert_eq!(printed(&variables), expected);
    }
    let refused = printed(&[account, token, ("TWILIO_EDGE", "evil.example/")]);
    assert!(
        refused.starts_with("cannot build the client: the edge"),
        "{refused}"
    );
}
