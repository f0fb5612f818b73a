use harbour::{Sid, ship::FetchShip, sids::Sh};

pub fn call(sid: Sid<Sh>) -> FetchShip {
    FetchShip::new(sid)
}
