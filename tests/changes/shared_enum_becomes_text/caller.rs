use harbour::models::{Flag, Ship};

pub fn call(ship: &Ship) -> bool {
    ship.flag == Some(Flag::Nl)
}
