use harbour::models::NewShip;
use harbour::ship::CreateShip;

pub fn call() -> CreateShip {
    CreateShip::new(NewShip::new("Ada"))
}
