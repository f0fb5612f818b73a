use harbour::base_urls::Europe;

pub fn call() -> Europe {
    Europe::new()
}
