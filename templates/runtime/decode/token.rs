//! The tokens of an index: eight bytes for each value and each member name.

/// The highest bit of either number of a token, which no offset and no position reaches.
const MARK: u32 = 1 << 31;

/// The length of the longest text that can be indexed, in bytes: 2 GiB less one.
pub(super) const MAX_LENGTH: usize = MARK as usize - 1;

/// A value or a member name: its offset in the text, and where it ends.
///
/// The end is an offset for scalars and names, and the position of the next token for arrays and objects, so that
/// everything can be passed over in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    start: u32,
    end: u32,
}

impl Token {
    /// A scalar, a name, or an array or object that is nested too deeply and treated as null.
    #[inline]
    pub(super) fn leaf(start: usize, end: usize) -> Self {
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// A string that contains escapes.
    #[inline]
    pub(super) fn escaped(start: usize, end: usize) -> Self {
        Self {
            start: narrow(start),
            end: narrow(end) | MARK,
        }
    }

    /// An array or object, whose end is set when it is known.
    #[inline]
    pub(super) fn container(start: usize) -> Self {
        Self {
            start: narrow(start) | MARK,
            end: 0,
        }
    }

    /// Sets the position of the token after the last one inside.
    #[inline]
    pub(super) fn close(&mut self, next: usize) {
        self.end = narrow(next);
    }

    /// Returns the offset of the first byte.
    #[inline]
    pub(super) fn start(self) -> usize {
        (self.start & !MARK) as usize
    }

    /// Returns the offset after the last byte, of anything but a container.
    #[inline]
    pub(super) fn end(self) -> usize {
        (self.end & !MARK) as usize
    }

    /// Whether the token is an array or object.
    #[inline]
    pub(super) fn is_container(self) -> bool {
        self.start & MARK != 0
    }

    /// Whether the token is a string that contains escapes.
    #[inline]
    pub(super) fn has_escapes(self) -> bool {
        self.end & MARK != 0
    }

    /// Returns the position of the token that follows this one, which is at `position`, and all that it contains.
    #[inline]
    pub(super) fn next(self, position: u32) -> u32 {
        if self.is_container() {
            self.end
        } else {
            position + 1
        }
    }
}

/// Narrows an offset that is at most [`MAX_LENGTH`].
#[inline]
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
