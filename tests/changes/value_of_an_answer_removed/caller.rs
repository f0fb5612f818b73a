use harbour::ship::Ship;

pub fn call(ship: &Ship) -> bool {
    ship.kind == Some(harbour::ship::Kind::Tug)
}
