use harbour::ships::ListShip;

pub fn call() -> ListShip {
    ListShip::new().flags(["red"])
}
