use harbour::models::Ship;
use harbour::ship::CreateShip;

pub fn call(ship: Ship) -> CreateShip {
    CreateShip::new(ship)
}
