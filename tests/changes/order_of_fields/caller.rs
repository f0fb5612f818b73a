use harbour::models::NewShip;

pub fn call() -> NewShip {
    NewShip::new("one", 1)
}
