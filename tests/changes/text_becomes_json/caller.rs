use harbour::Operation;
use harbour::ship::CountShips;

pub fn call(output: <CountShips as Operation>::Output) -> String {
    output
}
