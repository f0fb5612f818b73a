use harbour::photo::Upload;

pub fn call(request: Upload) -> Upload {
    request
}
