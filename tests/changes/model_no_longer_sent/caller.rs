use harbour::models::Entry;

pub fn call() -> Entry {
    Entry::new("calm")
}
