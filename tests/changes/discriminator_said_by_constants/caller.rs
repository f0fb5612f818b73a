use harbour::models::Coal;

pub fn call() -> Coal {
    Coal::new("coal").tons(3)
}
