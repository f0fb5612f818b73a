use harbour::ship::FetchShip;

pub fn call(text: &str) -> FetchShip {
    FetchShip::new(text.parse().unwrap())
}
