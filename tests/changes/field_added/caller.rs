use harbour::ship::Ship;

pub fn call(ship: &Ship) -> Option<i64> {
    ship.crew
}
