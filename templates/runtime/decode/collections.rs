//! Lists, maps, tuples, and values of any type.

use super::Decode;
use super::mismatch::Mismatch;
use super::node::{Items, Key, Node};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl<'a> Node<'a> {
    /// Decodes the value; one that cannot be decoded is noted.
    pub(super) fn decode_or<T: Decode>(self, outcome: &'static str) -> Option<T> {
        let mark = self.document().notes().mark();
        match T::decode(self) {
            Ok(value) => Some(value),
            Err(mismatch) => {
                self.note_failure(mark, mismatch, outcome);
                None
            }
        }
    }

    /// Notes that the value could not be decoded, in place of what was noted inside of it since `mark`.
    #[cold]
    pub(super) fn note_failure(self, mark: usize, mismatch: Mismatch, outcome: &'static str) {
        self.document().notes().forget_since(mark);
        self.document()
            .note_mismatch(self.position(), mismatch, outcome);
    }

    /// Decodes members into a map; those that cannot be decoded are left out.
    pub(super) fn decode_entries<T: Decode>(
        entries: impl Iterator<Item = (Key<'a>, Node<'a>)>,
    ) -> BTreeMap<String, T> {
        let mut map = BTreeMap::new();
        for (name, node) in entries {
            if let Some(value) = node.decode_or("left out") {
                if map.insert(name.text().into_owned(), value).is_some() {
                    node.note_duplicate();
                }
            }
        }
        map
    }
}

/// Elements that cannot be decoded are left out.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let items = node.list()?;
        let mut list = Vec::with_capacity(items.clone().count());
        for item in items {
            list.extend(item.decode_or("left out"));
        }
        Ok(list)
    }

    fn missing() -> Option<Self> {
        Some(Vec::new())
    }
}

/// Values that cannot be decoded are left out.
impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        Ok(Node::decode_entries(node.object()?))
    }

    fn missing() -> Option<Self> {
        Some(BTreeMap::new())
    }
}

impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        if node.is_null() {
            Ok(None)
        } else {
            T::decode(node).map(Some)
        }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        T::decode(node).map(Box::new)
    }

    fn missing() -> Option<Self> {
        T::missing().map(Box::new)
    }
}

impl Decode for Value {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        Ok(node.to_value())
    }

    fn missing() -> Option<Self> {
        Some(Value::Null)
    }
}

impl Decode for Map<String, Value> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.object()?;
        Ok(node.to_map())
    }

    fn missing() -> Option<Self> {
        Some(Map::new())
    }
}

/// The elements of a list of fixed length, in order.
struct Elements<'a> {
    list: Node<'a>,
    items: Items<'a>,
}

impl<'a> Elements<'a> {
    fn of(list: Node<'a>) -> Result<Self, Mismatch> {
        let items = list.list()?;
        Ok(Self { list, items })
    }

    fn decode<T: Decode>(&mut self) -> Result<T, Mismatch> {
        match self.items.next() {
            Some(item) => T::decode(item),
            None => {
                let value =
                    T::missing().ok_or_else(|| self.list.mismatch("expected more elements"))?;
                self.list.note("expected more elements", "treated as null");
                Ok(value)
            }
        }
    }

    fn end(mut self) {
        if self.items.next().is_some() {
            self.list
                .note("found more elements than expected", "left out");
        }
    }
}

macro_rules! tuples {
    ($(($($type:ident)*))*) => {$(
        impl<$($type: Decode),*> Decode for ($($type,)*) {
            fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
                let mut elements = Elements::of(node)?;
                let tuple = ($(elements.decode::<$type>()?,)*);
                elements.end();
                Ok(tuple)
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
