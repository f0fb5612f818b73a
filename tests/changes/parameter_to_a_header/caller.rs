use harbour::ships::ListShip;

pub fn call() -> ListShip {
    ListShip::new().page_size(3)
}
