use harbour::ships::FetchShip;

pub fn call(text: &str) -> FetchShip {
    FetchShip::new(text.parse().unwrap())
}
