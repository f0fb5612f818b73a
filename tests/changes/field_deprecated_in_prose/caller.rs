use harbour::ship::Ship;

pub fn call(ship: &Ship) -> Option<&str> {
    ship.name.as_deref()
}
