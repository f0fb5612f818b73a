//! Where the bundler is: the place in a file, the place that it becomes, and what is expected there.

use crate::base::pointer::Pointer;
use crate::input::grammar::Kind;
use crate::input::source_map::ROOT;

/// A place in the file that something stands in, and the place where it will stand.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub file: usize,
    pub at: Pointer<'a>,
    pub out: Pointer<'a>,
}

impl Site<'_> {
    pub(super) const ROOT: Self = Site {
        file: ROOT,
        at: Pointer::ROOT,
        out: Pointer::ROOT,
    };

    pub(super) const fn key<'b>(&'b self, key: &'b str) -> Site<'b> {
        Site {
            file: self.file,
            at: self.at.key(key),
            out: self.out.key(key),
        }
    }

    pub(super) const fn index(&self, index: usize) -> Site<'_> {
        Site {
            file: self.file,
            at: self.at.index(index),
            out: self.out.index(index),
        }
    }
}

/// What is expected where a `$ref` may stand.
#[derive(Clone, Copy)]
pub(super) enum Spot {
    Node(Kind),
    List(Kind),
    Map(Kind),
    /// A section of the components of the description.
    Section(Kind),
}

/// Whether a component may stand here as a `$ref` to something elsewhere.
pub(super) const fn is_component(spot: Spot) -> bool {
    matches!(spot, Spot::Node(kind) if kind.section().is_some())
}
