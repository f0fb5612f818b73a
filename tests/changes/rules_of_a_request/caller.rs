use harbour::models::NewShip;

pub fn call(ship: NewShip) -> NewShip {
    ship
}
