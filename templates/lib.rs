pub use crate::runtime::{
    ApiError, Auth, BoxFuture, BuildError, Client, ClientBuilder, ClientCredentials, Config,
    Credentials, DecodeError, Decoding, Deviation, EncodePart, EncodeValue, Encoder, Error, Field, FilePart,
    Form, Header, HeaderError, Items, JsonString, JsonText, Limits, Meta, Multipart, NextPage,
    OpenEnum, Operation, Options, PageError, PageMeta, Paged, Pages, RawRequest, Response, Retry,
    SendError, SendErrorKind, Sid, SidDigits, SidError, SidKind, SidPrefix, Slot, Transport,
    Unlisted, answer, blocking, limit, rfc2822, style,
};
#[cfg(feature = "test-util")]
pub use crate::runtime::test_util;

/// What the macros of this crate refer to.
#[doc(hidden)]
pub mod support {
    pub use crate::runtime::{member, object, one_of};
}
