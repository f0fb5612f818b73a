use harbour::Base64;
use harbour::models::NewShip;

pub fn call() -> NewShip {
    NewShip::new().seal(Base64::from(b"wax".to_vec()))
}
