//! Types as the generator writes them, for the tests of this crate; no part of a generated crate.

use crate as runtime;
use crate::{closed_enum, custom_types};
use serde::{Deserialize, Serialize};

closed_enum! {
    /// An enum of text that takes nothing else.
    pub enum Light, as_str: &'static str {
        /// Stop.
        Red = "red",
        /// Go.
        Green = "green",
    }
}

closed_enum! {
    /// An enum of integers that takes nothing else.
    pub enum Deck, as_i64: i64 {
        /// The lowest.
        Keel = -1,
        /// The highest.
        Bridge = 7,
    }
}

/// A type that the runtime does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Even(String);

impl TryFrom<String> for Even {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.len() & 1 == 0 {
            Ok(Self(text))
        } else {
            Err("odd")
        }
    }
}

impl From<Even> for String {
    fn from(Even(text): Even) -> Self {
        text
    }
}

custom_types! { Even }

#[cfg(test)]
mod tests {
    use super::{Deck, Even, Light};
    use crate::Style;
    use crate::decode::decode;
    use crate::wire::escape::FORM;
    use crate::wire::slot::{Place, Slot};
    use crate::{Decode, EncodeValue};
    use bytes::Bytes;
    use std::fmt::Debug;

    fn decoded<T: Decode + Debug>(json: &'static str) -> Result<T, String> {
        let decoded = decode(&Bytes::from_static(json.as_bytes()));
        decoded
            .map(|decoded| decoded.value)
            .map_err(|error| error.to_string())
    }

    fn written(value: &impl EncodeValue) -> String {
        let mut out = Vec::new();
        let mut slot = Slot::new(
            &mut out,
            &FORM,
            (Place::Pairs(""), Style::FORM_EXPLODED),
            "a",
        );
        value.encode_value(&mut slot);
        slot.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn closed_enums_take_what_is_listed() {
        assert_eq!(decoded::<Light>("\"red\""), Ok(Light::Red));
        assert_eq!(decoded::<Deck>("7"), Ok(Deck::Bridge));
        assert_eq!(
            decoded::<Vec<Deck>>("[7, -1]"),
            Ok(vec![Deck::Bridge, Deck::Keel])
        );
        for error in [
            decoded::<Light>("\"blue\"").map(|_| ()),
            decoded::<Light>("null").map(|_| ()),
            decoded::<Deck>("8").map(|_| ()),
        ] {
            let error = error.unwrap_err();
            assert!(!error.contains("blue"), "{error}");
        }
        assert_eq!("green".parse(), Ok(Light::Green));
        assert_eq!("7".parse(), Ok(Deck::Bridge));
        assert!("8".parse::<Deck>().is_err());
        assert_eq!(
            (written(&Light::Red), written(&Deck::Keel)),
            ("a=red".into(), "a=-1".into())
        );
        assert_eq!(serde_json::to_string(&[Light::Red]).unwrap(), "[\"red\"]");
        assert_eq!(Light::Red.to_string(), Light::Red.as_str());
    }

    #[test]
    fn custom_types_take_what_serde_takes() {
        assert_eq!(decoded("\"ab\""), Ok(Even("ab".to_owned())));
        let error = decoded::<Even>("\"secret!\"").unwrap_err();
        assert!(
            error.contains("Even") && !error.contains("secret"),
            "{error}"
        );
        assert_eq!(written(&Even("a b!".to_owned())), "a=a+b%21");
    }

    #[test]
    fn closed_enums_are_compared_with_their_values() {
        assert_eq!(Light::Red, "red");
        assert!(Light::Green == *"green" && Light::Green != "red");
        assert_eq!(Light::Green.as_ref(), "green");
        assert_eq!(Deck::Keel, -1);
    }
}
