use harbour::models::Sailor;

pub fn call(sailor: &Sailor) -> &Option<String> {
    &sailor.name
}
