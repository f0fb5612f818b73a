use harbour::{Operation, ships::CreateShip};

pub fn call(answer: <CreateShip as Operation>::Output) {
    let () = answer;
}
