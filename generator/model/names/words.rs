//! The words that a name steps aside for.

/// Every strict, reserved and weak keyword of the 2024 edition that cannot be, or should not be, a plain identifier.
pub(super) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&name)
}

/// The names that clippy takes for placeholders, and warns of.
pub(super) fn is_placeholder(name: &str) -> bool {
    ["foo", "baz", "quux"].contains(&name)
}

/// `Ch`, `Kd`: the marker types of the SIDs are two letters long, and so is no other type.
pub(super) fn is_sid_kind(name: &str) -> bool {
    name.len() == 2
}

/// `CreateChannelParams`: the structs of required parameters end like this, and so does no other type.
pub(super) fn is_params(name: &str) -> bool {
    name.len() > "Params".len() && name.ends_with("Params")
}

/// What the methods that send a field empty or as null begin with.
pub(super) const CLEAR: &str = "clear_";

/// Device names of Windows, which cannot be the stem of a file there.
pub(super) fn is_device(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || (name.len() == 4
            && (name.starts_with("com") || name.starts_with("lpt"))
            && name.ends_with(|c: char| c.is_ascii_digit()))
}

/// Types that a generated module writes by their short name, and the one that clippy does not let have a function `new`.
pub(super) const TYPE_WORDS: &[&str] = &[
    "New",
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Default",
    "Debug",
    "Clone",
    "Copy",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "Iterator",
    "IntoIterator",
    "AsRef",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "Send",
    "Sync",
    "Sized",
    "Unpin",
    "ToString",
    "ToOwned",
    "BTreeMap",
    "DateTime",
    "Utc",
    "NaiveDate",
    "Value",
    "Serialize",
    "Deserialize",
    "Bytes",
    "Operation",
    "Encoder",
    "Field",
    "Text",
    "Part",
    "Scheme",
    "Style",
    "Meta",
    "Method",
    "Auth",
    "Decoding",
    "Sid",
    "SidKind",
    "PageMeta",
    "Paged",
    "NextPage",
    "FilePart",
    "Multipart",
    "Unlisted",
    "Response",
    "Error",
    "Client",
    "Credentials",
    "Header",
    "Request",
    "Rfc2822",
    "Base64",
    "Uuid",
    "FixedOffset",
    "Serializer",
    "Decode",
    "Decoded",
    "Encode",
    "FromBody",
    "JsonWriter",
    "Mismatch",
    "Undecodable",
    "DescribedErrors",
    "EventContent",
    "Streamed",
    "Streaming",
];

/// The variant that every open enum has besides the listed ones, and what cannot be a variant.
pub(super) const VARIANT_WORDS: &[&str] = &["Self", "Unlisted"];

/// Associated functions that a request has besides its setters.
pub(super) const SETTER_WORDS: &[&str] = &[
    "new",
    "encode",
    "decode",
    "to_request",
    "clone",
    "from",
    "into",
    "additional_properties",
];

/// Modules and crates that a generated crate names.
pub(super) const MODULE_WORDS: &[&str] = &[
    "runtime",
    "sids",
    "headers",
    "blocking",
    "models",
    "lib",
    "main",
    "mod",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "chrono",
    "http",
    "bytes",
    "test_util",
    "reqwest",
    "ureq",
    "url",
    "rustls",
    "tests",
    "test",
    "examples",
    "proc_macro",
    "futures_core",
    "support",
    "decode",
    "limit",
    "patterns",
    "base_urls",
    "style",
    "rfc2822",
    "fmt",
    "tokio",
    "tracing",
];
