//! Which parts of two versions are the same part.

/// The parts of two versions, paired by one rule after another; what no rule pairs is removed or added.
pub(super) struct Pairing<'a, T> {
    pub pairs: Vec<(&'a T, &'a T)>,
    pub removed: Vec<&'a T>,
    pub added: Vec<&'a T>,
}

impl<'a, T> Pairing<'a, T> {
    pub fn new(old: &'a [T], new: &'a [T]) -> Self {
        Self {
            pairs: Vec::new(),
            removed: old.iter().collect(),
            added: new.iter().collect(),
        }
    }

    /// Pairs what is left, each old part with the first new one that is the same by this rule.
    pub fn by(mut self, is_same: impl Fn(&T, &T) -> bool) -> Self {
        self.removed.retain(|before| {
            let found = self.added.iter().position(|now| is_same(before, now));
            let found = found.map(|index| self.added.remove(index));
            self.pairs.extend(found.map(|now| (*before, now)));
            found.is_none()
        });
        self
    }

    /// Pairs what is left by its order, where as many are left on both sides.
    pub fn by_order(mut self) -> Self {
        if self.removed.len() == self.added.len() {
            let left = self.removed.drain(..).zip(self.added.drain(..));
            self.pairs.extend(left);
        }
        self
    }
}
