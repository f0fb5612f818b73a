//! The styles of parameters (OpenAPI 3.0, Style Values).

/// How the value of a parameter is written: a style of OpenAPI, and whether it is exploded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub(super) kind: Kind,
    pub(super) is_exploded: bool,
    pub(super) is_reserved: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Prefixed(&'static str),
    Json,
    TextOrJson,
}

impl Style {
    /// `a,b` and `k,v`.
    pub const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// `a,b` and `k=v`.
    pub const SIMPLE_EXPLODED: Self = Self::new(Kind::Simple, true);
    /// `.a,b` and `.k,v`.
    pub const LABEL: Self = Self::new(Kind::Label, false);
    /// `.a.b` and `.k=v`.
    pub const LABEL_EXPLODED: Self = Self::new(Kind::Label, true);
    /// `;name=a,b` and `;name=k,v`.
    pub const MATRIX: Self = Self::new(Kind::Matrix, false);
    /// `;name=a;name=b` and `;k=v`.
    pub const MATRIX_EXPLODED: Self = Self::new(Kind::Matrix, true);
    /// `name=a,b` and `name=k,v`.
    pub const FORM: Self = Self::new(Kind::Form, false);
    /// `name=a&name=b` and `k=v`.
    pub const FORM_EXPLODED: Self = Self::new(Kind::Form, true);
    /// `name=a%20b` and `name=k%20v`.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited, false);
    /// `name=a|b` and `name=k|v`.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited, false);
    /// `name[k]=v`; an object or a list inside adds to the name: `name[a][b]=c`.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// The value as JSON text.
    pub const JSON: Self = Self::new(Kind::Json, false);
    /// A string as it is, and any other value as JSON text.
    pub const TEXT_OR_JSON: Self = Self::new(Kind::TextOrJson, false);
    /// The same for each item of a list.
    pub const EACH_TEXT_OR_JSON: Self = Self::new(Kind::TextOrJson, true);

    const fn new(kind: Kind, is_exploded: bool) -> Self {
        Self {
            kind,
            is_exploded,
            is_reserved: false,
        }
    }

    /// `Prefix.k=v`.
    pub const fn prefixed(prefix: &'static str) -> Self {
        Self::new(Kind::Prefixed(prefix), true)
    }

    /// Leaves reserved characters and percent-encoded ones as they are (`allowReserved`; RFC 6570, section 3.2.3).
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self {
            is_reserved: true,
            ..self
        }
    }

    /// Whether the names of members are names of parameters.
    pub(super) fn is_deep(self) -> bool {
        matches!(self.kind, Kind::DeepObject | Kind::Prefixed(_))
    }
}
