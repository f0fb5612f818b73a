//! What a description asks for and the generated crate does not do.

/// Something that the description asks for and the generated crate does not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What becomes of it.
    pub kind: NoteKind,
    /// The place in the description, as a JSON pointer.
    pub pointer: String,
    /// What it is.
    pub message: String,
}

/// What becomes of something that the generated crate does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// A rule on values that is not checked before sending.
    NotEnforced,
    /// A construct that is read in a more general way, such as any JSON value.
    Generalised,
    /// An example that does not fit its own schema.
    Example,
}
