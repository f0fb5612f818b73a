//! The arrays and objects that are open while a text is scanned.

/// How deep arrays and objects may nest. Deeper ones are treated as null.
pub(super) const MAX_DEPTH: usize = 128;

/// A container that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    List,
    Object,
}

/// The containers that are open.
pub(super) struct Stack {
    /// The positions of their tokens.
    pub(super) shallow: [u32; MAX_DEPTH],
    pub(super) depth: usize,
    /// A bit for each that is an object.
    pub(super) objects: u128,
    /// Those beyond the depth of `shallow`, for which there are no tokens.
    pub(super) deep: DeepStack,
    pub(super) innermost: Option<Open>,
}

impl Stack {
    pub(super) fn new() -> Self {
        Self {
            shallow: [0; MAX_DEPTH],
            depth: 0,
            objects: 0,
            deep: DeepStack::default(),
            innermost: None,
        }
    }

    /// Returns the innermost container, after one is closed.
    #[inline]
    pub(super) fn last(&self) -> Option<Open> {
        if let Some(deep) = self.deep.last() {
            return Some(deep);
        }
        let last = self.depth.checked_sub(1)?;
        Some(if self.objects >> last & 1 == 1 {
            Open::Object
        } else {
            Open::List
        })
    }
}

/// Containers that are nested too deeply: a bit for each, which is set for an object.
#[derive(Default)]
pub(super) struct DeepStack {
    bits: Vec<u64>,
    depth: usize,
}

impl DeepStack {
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.depth == 0
    }

    pub(super) fn push(&mut self, open: Open) {
        if self.depth % 64 == 0 {
            self.bits.push(0);
        }
        if let Some(bits) = self.bits.last_mut() {
            *bits = *bits << 1 | u64::from(open == Open::Object);
        }
        self.depth += 1;
    }

    pub(super) fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth % 64 == 0 {
            self.bits.pop();
        } else if let Some(bits) = self.bits.last_mut() {
            *bits >>= 1;
        }
    }

    #[inline]
    fn last(&self) -> Option<Open> {
        let bits = self.bits.last()?;
        Some(if bits & 1 == 1 {
            Open::Object
        } else {
            Open::List
        })
    }
}
