use harbour::models::Owner;

pub fn call(owner: &Owner) -> Option<f64> {
    owner.height
}
