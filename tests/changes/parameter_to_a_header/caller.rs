use harbour::ship::ListShip;

pub fn call() -> ListShip {
    ListShip::new().page_size(3)
}
