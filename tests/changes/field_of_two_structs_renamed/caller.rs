use harbour::models::Ship;

pub fn call(ship: &Ship) -> &str {
    &ship.name
}
