#[cfg(feature = "oauth")]
pub use self::runtime::ClientCredentials;
#[cfg(feature = "test-util")]
pub use self::runtime::test_util;
pub use self::runtime::{
    ApiError, Auth, BoxFuture, BuildError, Client, ClientBuilder, Config, Credentials, DecodeError,
    Decoding, Deviation, EncodePart, EncodeValue, Encoder, Error, Field, FilePart, Form, Header,
    HeaderError, Items, JsonString, JsonText, Limits, Meta, Multipart, NextPage, OpenEnum,
    Operation, Options, PageError, Paged, Pages, RawRequest, Response, Retry, SendError,
    SendErrorKind, Slot, Transport, Unlisted, blocking, body, limit, rfc2822, style,
};
#[cfg(feature = "twilio")]
pub use self::runtime::{PageMeta, Sid, SidDigits, SidError, SidKind, SidPrefix};

/// What the macros refer to.
#[doc(hidden)]
pub mod support {
    pub use super::runtime::{alternatives, member, object};
}
