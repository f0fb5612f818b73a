use harbour::base_urls::{Europe, Main};

pub fn call() -> (Main, Europe) {
    (Main::new(), Europe::new())
}
