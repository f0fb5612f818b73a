use harbour::{Sid, ships::FetchShip, sids::Sh};

pub fn call(sid: Sid<Sh>) -> FetchShip {
    FetchShip::new(sid)
}
