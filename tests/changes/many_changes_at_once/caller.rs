use harbour::b::BUp;

pub fn call(request: BUp) -> (BUp, Option<i32>) {
    let y: fn(&harbour::models::A) -> Option<i32> = |a| a.y;
    let _ = y;
    (request, None)
}
