use harbour::models::Ship;

pub fn call() -> Ship {
    Ship::new("Ada")
}
