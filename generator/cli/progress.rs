//! A line that tells what a long run is doing, on a terminal only.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long something takes before it is worth a line.
const PATIENCE: Duration = Duration::from_secs(1);
const INTERVAL: Duration = Duration::from_millis(200);

static STATE: Mutex<State> = Mutex::new(State {
    is_wanted: false,
    step: None,
    is_shown: false,
});

struct State {
    is_wanted: bool,
    step: Option<(String, Instant)>,
    /// Whether the line is on the terminal.
    is_shown: bool,
}

/// Says that progress is wanted, where standard error is a terminal.
pub(super) fn enable() {
    if io::stderr().is_terminal() {
        with(|state| state.is_wanted = true);
    }
}

/// Names what is being done from now on.
pub(super) fn set(step: String) {
    static START: Once = Once::new();
    let is_wanted = with(|state| {
        wipe(state);
        state.step = Some((step, Instant::now()));
        state.is_wanted
    });
    if is_wanted {
        START.call_once(|| {
            // Without the thread there is no line, and nothing else is missing.
            let _ = thread::Builder::new().spawn(|| {
                loop {
                    thread::sleep(INTERVAL);
                    with(show);
                }
            });
        });
    }
}

/// Takes the line away, before anything else is printed.
pub(super) fn clear() {
    with(|state| {
        wipe(state);
        state.step = None;
    });
}

fn show(state: &mut State) {
    let Some((step, since)) = &state.step else {
        return;
    };
    if since.elapsed() >= PATIENCE {
        let _ = write!(io::stderr(), "\r{}\x1b[K", line(step, since.elapsed()));
        state.is_shown = true;
    }
}

fn line(step: &str, elapsed: Duration) -> String {
    format!("{step} ({} s)", elapsed.as_secs())
}

fn wipe(state: &mut State) {
    if state.is_shown {
        let _ = write!(io::stderr(), "\r\x1b[K");
        state.is_shown = false;
    }
}

fn with<T>(change: impl FnOnce(&mut State) -> T) -> T {
    change(&mut STATE.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::line;
    use std::time::Duration;

    #[test]
    fn the_line_has_whole_seconds() {
        let elapsed = Duration::from_millis(3999);
        assert_eq!(
            line("generating harbour", elapsed),
            "generating harbour (3 s)"
        );
    }
}
