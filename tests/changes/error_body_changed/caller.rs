use harbour::u::AddError;

pub fn call(error: &AddError) -> i64 {
    error.code
}
