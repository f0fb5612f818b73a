use harbour::models::ShipFlag;

pub fn call(flag: &ShipFlag) -> bool {
    matches!(flag, ShipFlag::Nl)
}
