//! Types that are written as JSON.

use super::json_writer::{Encode, JsonWriter};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl Encode for str {
    #[inline]
    fn encode(&self, json: &mut JsonWriter) {
        json.text(self);
    }
}

impl Encode for String {
    #[inline]
    fn encode(&self, json: &mut JsonWriter) {
        json.text(self);
    }
}

impl Encode for bool {
    #[inline]
    fn encode(&self, json: &mut JsonWriter) {
        json.bool(*self);
    }
}

impl Encode for f64 {
    #[inline]
    fn encode(&self, json: &mut JsonWriter) {
        json.number(*self);
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Encode for $type {
            #[inline]
            fn encode(&self, json: &mut JsonWriter) {
                json.serialize(self);
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Encode for () {
    fn encode(&self, json: &mut JsonWriter) {
        json.null();
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, json: &mut JsonWriter) {
        json.list(self);
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.rest(self);
        object.end();
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, json: &mut JsonWriter) {
        match self {
            Some(value) => value.encode(json),
            None => json.null(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, json: &mut JsonWriter) {
        (**self).encode(json);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, json: &mut JsonWriter) {
        (**self).encode(json);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl Encode for Value {
    fn encode(&self, json: &mut JsonWriter) {
        match self {
            Self::Null => json.null(),
            Self::Bool(value) => json.bool(*value),
            Self::Number(number) => json.serialize(number),
            Self::String(text) => json.text(text),
            Self::Array(items) => json.list(items),
            Self::Object(members) => members.encode(json),
        }
    }
}

impl Encode for Map<String, Value> {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        for (name, value) in self {
            object.required(name, value);
        }
        object.end();
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: Encode),*> Encode for ($($name,)*) {
            #[allow(non_snake_case)]
            fn encode(&self, json: &mut JsonWriter) {
                let ($($name,)*) = self;
                let mut list = json.elements();
                $(list.element($name);)*
                list.end();
            }
        }
    )*};
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
}
