use harbour::models::NewShip;

pub fn call() -> NewShip {
    NewShip::new().name("Ada").sign("PA1").sure(true).berth(1)
}
