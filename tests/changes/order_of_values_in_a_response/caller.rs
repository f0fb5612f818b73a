use harbour::models::ShipFlag;

pub fn call() -> bool {
    ShipFlag::Nl < ShipFlag::Fr
}
