use harbour::ship::ListShip;

pub fn call() -> ListShip {
    ListShip::new().flags(["red"])
}
