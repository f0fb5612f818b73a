use harbour::models::Entry;

pub fn call() -> Entry {
    Entry::new("calm").depth(2.5)
}
