use harbour::{Operation, ship::CreateShip};

pub fn call(answer: <CreateShip as Operation>::Output) {
    let () = answer;
}
