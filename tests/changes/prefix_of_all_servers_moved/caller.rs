use harbour::servers::{Europe, Main};

pub fn call() -> (Main, Europe) {
    (Main::new(), Europe::new())
}
