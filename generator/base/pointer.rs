//! JSON pointers (RFC 6901) that cost nothing until they are written.

use std::borrow::Cow;
use std::fmt;

/// A place in the description: a chain of steps that lives on the stack while the description is walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pointer<'a> {
    parent: Option<&'a Pointer<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
    /// The target of a `$ref`, already written as a pointer.
    Jump(&'a str),
}

impl<'a> Pointer<'a> {
    pub(crate) const ROOT: Self = Self {
        parent: None,
        step: Step::Root,
    };

    /// Returns the place that a pointer names.
    pub(crate) const fn to(pointer: &'a str) -> Self {
        Self {
            parent: None,
            step: Step::Jump(pointer),
        }
    }

    pub(crate) const fn key<'b>(&'b self, key: &'b str) -> Pointer<'b> {
        Pointer {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    pub(crate) const fn index(&self, index: usize) -> Pointer<'_> {
        Pointer {
            parent: Some(self),
            step: Step::Index(index),
        }
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(pointer) = at {
            steps.push(pointer.step);
            at = pointer.parent;
        }
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Key(key) => write!(f, "/{}", escape(key))?,
                Step::Index(index) => write!(f, "/{index}")?,
                Step::Jump(pointer) => f.write_str(pointer)?,
            }
        }
        Ok(())
    }
}

/// Returns the place of a schema of the components.
pub(crate) fn component_pointer(schema: &str) -> String {
    format!("/components/schemas/{}", escape(schema))
}

/// Escapes one step, as RFC 6901, section 3 has it.
pub(crate) fn escape(step: &str) -> Cow<'_, str> {
    if step.contains(['~', '/']) {
        Cow::Owned(step.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(step)
    }
}

/// Takes the escapes out of one step, as RFC 6901, section 4 has it.
pub(crate) fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}
