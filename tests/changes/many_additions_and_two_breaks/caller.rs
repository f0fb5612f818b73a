use harbour::models::Ship;

pub fn call(ship: &Ship) -> &Option<String> {
    &ship.gone
}
