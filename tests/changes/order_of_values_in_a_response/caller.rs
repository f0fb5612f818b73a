use harbour::models::ShipFlag;

pub fn call() -> bool {
    ShipFlag::Nl.max(ShipFlag::Fr) == ShipFlag::Fr
}
