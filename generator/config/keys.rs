//! The keys of cratewright.toml: their names, what each takes, and what it does.
//!
//! The reader checks a configuration against them, the JSON schema for editors is made of them, and a test compares the
//! reference page with them.

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub name: &'static str,
    pub value: Shape,
    pub required: bool,
    /// What it does, one sentence.
    #[cfg_attr(
        not(feature = "cli"),
        expect(dead_code, reason = "only the schema for editors has it")
    )]
    pub docs: &'static str,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    Text,
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The descriptions of a crate: a path, a table with a path and a module, or a list of either.
    Specs,
    /// A table of these keys.
    Table(&'static [Key]),
    /// A list of tables of these keys, written as `[[key]]`.
    Tables(&'static [Key]),
    /// A table whose keys are names of the user's.
    Map(&'static Shape),
    /// Any value of TOML.
    Any,
}

const fn key(name: &'static str, value: Shape, docs: &'static str) -> Key {
    Key {
        name,
        value,
        required: false,
        docs,
    }
}

const fn required(name: &'static str, value: Shape, docs: &'static str) -> Key {
    Key {
        name,
        value,
        required: true,
        docs,
    }
}

/// What a minimal configuration looks like.
pub(crate) const EXAMPLE: &str = "\
a crate looks like this:
[[crate]]
package = \"twilio-flex\"
out = \"generated\"
spec = \"spec/flex.yaml\"";

/// The keys of the file.
pub(crate) const FILE: &[Key] = &[required(
    "crate",
    Shape::Tables(CRATE),
    "A crate to generate, written as `[[crate]]`.",
)];

/// The keys of a `[[crate]]`.
pub(crate) const CRATE: &[Key] = &[
    required("package", Shape::Text, "The name of the package."),
    required(
        "out",
        Shape::Text,
        "The folder that the crate is written to.",
    ),
    required(
        "spec",
        Shape::Specs,
        "The description: a path or an `https://` URL; several make one crate with a module each.",
    ),
    key(
        "version",
        Shape::Text,
        "The version of the package, `0.1.0` without one; `generate --bump` writes it.",
    ),
    key(
        "overlays",
        Shape::Texts,
        "OpenAPI Overlay files that correct the descriptions, applied in their order.",
    ),
    key(
        "operations",
        Shape::Texts,
        "The operations to generate, by operationId or as `METHOD /path`.",
    ),
    key("tags", Shape::Texts, "Tags whose operations are generated."),
    key(
        "paths",
        Shape::Texts,
        "Paths whose operations are generated; `*` matches within a segment, `**` across segments; `/ships/**` is `/ships`, too.",
    ),
    key(
        "exclude",
        Shape::Table(EXCLUDE),
        "Operations that are left out of those that are selected.",
    ),
    key("types", Shape::Table(TYPES), "Rust types of your own."),
    key(
        "derives",
        Shape::Map(&Shape::Texts),
        "More derives of the types that schemas become, by the name of the schema; `*` is every type.",
    ),
    key("rename", Shape::Table(RENAME), "Other names in Rust."),
    key(
        "enums",
        Shape::Word(&["open", "closed"]),
        "Whether enums accept values that the description does not list: `open`, the default, or `closed`.",
    ),
    key(
        "enum",
        Shape::Map(&Shape::Word(&["open", "closed"])),
        "The same for the enum of one schema, by the name of the schema.",
    ),
    key(
        "api",
        Shape::Text,
        "A file that the public API is written to, one line for each field, for reviewers.",
    ),
    key(
        "features",
        Shape::Word(&["whole", "modules"]),
        "Whether each module of operations is a cargo feature: `modules`; `whole`, the default, has none.",
    ),
    key(
        "manifest",
        Shape::Table(MANIFEST),
        "Fields of `[package]` in the Cargo.toml of the crate, as Cargo has them.",
    ),
    key(
        "dependencies",
        Shape::Map(&Shape::Any),
        "Dependencies of the crate besides its own, as in Cargo.toml: those of the types under `types`.",
    ),
    key(
        "paging",
        Shape::Map(&Shape::Any),
        "How lists are paged, by operationId or `METHOD /path`; `*` is every list that it fits, `false` is no paging, `items` alone a list of one page that can be streamed.",
    ),
    key(
        "stream-ends",
        Shape::Map(&Shape::Texts),
        "What ends a stream besides its connection, by operationId or `METHOD /path`; `*` is every stream.",
    ),
    key(
        "media-types",
        Shape::Texts,
        "The media types to use of a body that is described in several.",
    ),
    key(
        "report",
        Shape::Tables(REPORT),
        "Rules about changes of the description, written as `[[crate.report]]`; the last that matches a change counts.",
    ),
];

const REPORT: &[Key] = &[
    key(
        "code",
        Shape::Text,
        "The code of the changes, such as `field-removed`; without one, every change.",
    ),
    key(
        "at",
        Shape::Text,
        "Items of the crate, such as `billing::*`, where `*` stands for any characters.",
    ),
    required(
        "level",
        Shape::Text,
        "`ignore` leaves a change out; `notice`, `addition` and `breaking` say what it counts as.",
    ),
    key(
        "reason",
        Shape::Text,
        "For those who read the configuration.",
    ),
];

/// The keys of a description that is a table.
pub(crate) const SPEC: &[Key] = &[
    required("path", Shape::Text, "The path or the URL."),
    key(
        "module",
        Shape::Text,
        "The module of the crate that the API is in, as in `money::v2`.",
    ),
];

const EXCLUDE: &[Key] = &[
    key(
        "operations",
        Shape::Texts,
        "Operations to leave out, by operationId or as `METHOD /path`.",
    ),
    key("tags", Shape::Texts, "Tags whose operations are left out."),
    key(
        "paths",
        Shape::Texts,
        "Paths whose operations are left out.",
    ),
];

const TYPES: &[Key] = &[
    key(
        "formats",
        Shape::Map(&Shape::Text),
        "The Rust type of a `format` of strings or numbers, as in `uuid = \"uuid::Uuid\"`.",
    ),
    key(
        "schemas",
        Shape::Map(&Shape::Text),
        "The Rust type that stands for a named schema, as in `Money = \"my_money::Money\"`.",
    ),
];

const RENAME: &[Key] = &[
    key(
        "types",
        Shape::Map(&Shape::Text),
        "The name of a type, by the name of its schema.",
    ),
    key(
        "fields",
        Shape::Map(&Shape::Map(&Shape::Text)),
        "The names of fields, by the name of the schema and then of the property.",
    ),
    key(
        "operations",
        Shape::Map(&Shape::Text),
        "The name of a request, by operationId or `METHOD /path`.",
    ),
    key(
        "modules",
        Shape::Map(&Shape::Text),
        "The name of a module, by the name that it has without this.",
    ),
];

const MANIFEST: &[Key] = &[
    key("authors", Shape::Texts, "As in Cargo."),
    key("categories", Shape::Texts, "As in Cargo."),
    key(
        "description",
        Shape::Text,
        "As in Cargo; without it, the title of the description.",
    ),
    key("documentation", Shape::Text, "As in Cargo."),
    key("homepage", Shape::Text, "As in Cargo."),
    key("keywords", Shape::Texts, "As in Cargo."),
    key("license", Shape::Text, "As in Cargo."),
    key("license-file", Shape::Text, "As in Cargo."),
    key("publish", Shape::Any, "As in Cargo."),
    key("repository", Shape::Text, "As in Cargo."),
];
