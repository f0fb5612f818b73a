#[cfg(feature = "oauth")]
pub use self::runtime::ClientCredentials;
#[cfg(feature = "test-util")]
pub use self::runtime::test_util;
pub use self::runtime::{
    ApiError, Auth, Base64, BoxFuture, BuildError, Client, ClientBuilder, Config, Credentials,
    Decode, DecodeError, Decoded, Decoding, Deviation, Duration, Encode, EncodePart, EncodeValue,
    Encoder, Error, Field, FilePart, Form, Header, HeaderError, Items, JsonString, JsonText, Limits,
    Meta, Multipart, NextPage, Operation, Options, PageError, Paged, Pages, RawRequest, RecordError,
    Response, Retry, Rfc2822, SendError, SendErrorKind, Slot, Time, Transport, Undecodable, blocking,
    decode, limit, style,
};
#[cfg(feature = "integer-enums")]
pub use self::runtime::IntegerEnum;
#[cfg(feature = "open-enums")]
pub use self::runtime::{OpenEnum, Unlisted};
#[cfg(feature = "closed-enums")]
pub use self::runtime::NotListed;
pub use self::runtime::model::{
    Base64Error, DateTimeError, DurationError, EncodeError, JsonWriter, ObjectWriter, TimeError,
};
#[cfg(feature = "twilio")]
pub use self::runtime::{PageMeta, Sid, SidDigits, SidError, SidKind, SidPrefix};
