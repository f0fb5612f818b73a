use harbour::models::Ship;
use harbour::ship::PutShip;

pub fn call(ship: Ship) -> PutShip {
    PutShip::new("a", ship).x_trace("t")
}
