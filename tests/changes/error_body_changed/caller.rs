use harbour::u::Add;

pub fn call(request: Add) -> Add {
    request
}
