//! Prints a synthetic description: `describe 20000 >large.yaml`; with `--next` its next version, with `--json` as JSON.

use cratewright_benches::synthetic;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut is_next, mut is_json, mut operations) = (false, false, None);
    for argument in std::env::args().skip(1) {
        match (argument.as_str(), argument.parse()) {
            ("--next", _) => is_next = true,
            ("--json", _) => is_json = true,
            (_, Ok(count)) => operations = Some(count),
            (_, Err(_)) => return usage(),
        }
    }
    let Some(operations) = operations else {
        return usage();
    };
    let mut text = if is_next {
        synthetic::next_description(operations)
    } else {
        synthetic::description(operations)
    };
    if is_json {
        text = as_json(&text);
    }
    print!("{text}");
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: describe [--next] [--json] NUMBER-OF-OPERATIONS");
    ExitCode::from(2)
}

fn as_json(yaml: &str) -> String {
    let value: serde_yaml::Value = serde_yaml::from_str(yaml).expect("YAML");
    serde_json::to_string_pretty(&value).expect("JSON")
}
