use harbour::models::NewShip;

pub fn call() -> NewShip {
    NewShip::new("Ada").tons(1).flag("nl")
}
