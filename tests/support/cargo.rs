//! Cargo, called by a test.

use std::env;
use std::process::Command;

/// Returns a call of cargo in the environment that the tests were started from.
///
/// What cargo tells a test of its package is left out: build scripts that look at it would run again, and so would the builds of all
/// that depends on them.
pub fn cargo() -> Command {
    let mut command = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        {
            command.env_remove(&*name);
        }
    }
    command
}
