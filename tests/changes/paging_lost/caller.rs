use harbour::{Paged, ship::ListShip};

pub fn call() -> impl Paged {
    ListShip::new()
}
