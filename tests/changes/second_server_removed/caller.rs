use harbour::servers::Europe;

pub fn call() -> Europe {
    Europe::new()
}
