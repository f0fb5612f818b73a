use harbour::models::{Cause, Fog};

pub fn call(fog: Fog) -> Cause {
    fog.into()
}
