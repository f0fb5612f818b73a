//! What objects hold besides their fields, where the description says of what type that is.
//!
//! For a field of a serde type: `#[serde(flatten, deserialize_with = "…::rest::typed")]` on a `BTreeMap<String, T>`.
//!
//! A value that does not fit is left out, and noted, like an entry of any other map. serde reads such a field from a copy
//! of what is left of the object, which knows neither its place nor its notes: these wait here for the object itself.

use super::salvage::salvage;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::Deserialize;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

thread_local! {
    static SALVAGING: Cell<bool> = const { Cell::new(false) };
    static LEFT_OUT: RefCell<Vec<LeftOut>> = const { RefCell::new(Vec::new()) };
}

/// A value, or a part of one, that was left out.
pub(super) struct LeftOut {
    /// The name of the value in its object.
    pub(super) key: String,
    /// Where the part stands in the value, as the rest of a JSONPath.
    pub(super) part: String,
    pub(super) reason: String,
}

/// Reads the values; null counts as absent.
///
/// # Errors
/// Returns an error for a value of another type, unless the body is being salvaged.
pub fn typed<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let values = BTreeMap::<String, Value>::deserialize(deserializer)?;
    let mut typed = BTreeMap::new();
    let mut left_out = Vec::new();
    for (key, value) in values {
        if value.is_null() {
            continue;
        }
        match strictly(|| T::deserialize(&value)) {
            Ok(value) => {
                typed.insert(key, value);
            }
            Err(error) if !SALVAGING.get() => return Err(D::Error::custom(error)),
            Err(_) => {
                if let Some(value) = salvaged(&key, &value, &mut left_out) {
                    typed.insert(key, value);
                }
            }
        }
    }
    LEFT_OUT.set(left_out);
    Ok(typed)
}

fn salvaged<T: DeserializeOwned>(
    key: &str,
    value: &Value,
    left_out: &mut Vec<LeftOut>,
) -> Option<T> {
    let part = |path: &str, reason: String| LeftOut {
        key: key.to_owned(),
        part: path.trim_start_matches('$').to_owned(),
        reason,
    };
    match salvage(value) {
        Ok((value, deviations)) => {
            let parts = deviations.iter();
            left_out.extend(parts.map(|one| part(one.path(), one.reason().to_owned())));
            Some(value)
        }
        Err(fault) => {
            let (path, reason) = fault.into_parts();
            left_out.push(part(&path, reason));
            None
        }
    }
}

/// Decodes while values may be left out.
pub(super) fn loosely<T>(decode: impl FnOnce() -> T) -> T {
    in_mode(true, decode)
}

/// Decodes while no value may be left out.
pub(super) fn strictly<T>(decode: impl FnOnce() -> T) -> T {
    in_mode(false, decode)
}

fn in_mode<T>(salvaging: bool, decode: impl FnOnce() -> T) -> T {
    /// Goes back to the mode before, whatever happens.
    struct Before(bool);

    impl Drop for Before {
        fn drop(&mut self) {
            SALVAGING.set(self.0);
        }
    }

    let _before = Before(SALVAGING.replace(salvaging));
    decode()
}

/// Takes what was left out of the object that was decoded last.
pub(super) fn take_left_out() -> Vec<LeftOut> {
    LEFT_OUT.take()
}
