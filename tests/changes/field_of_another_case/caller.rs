use harbour::models::Ship;

pub fn call(ship: &Ship) -> Option<i64> {
    ship.tons
}
