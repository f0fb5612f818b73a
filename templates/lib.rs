#[cfg(feature = "oauth")]
pub use self::runtime::ClientCredentials;
#[cfg(feature = "client")]
pub use self::runtime::HyperTransport;
#[cfg(feature = "integer-enums")]
pub use self::runtime::IntegerEnum;
#[cfg(feature = "closed-enums")]
pub use self::runtime::NotListed;
#[cfg(feature = "reqwest")]
pub use self::runtime::ReqwestTransport;
pub use self::runtime::model::{
    Base64Error, DateTimeError, DurationError, EncodeError, JsonWriter, ObjectWriter, TimeError,
};
#[cfg(feature = "test-util")]
pub use self::runtime::test_util;
pub use self::runtime::{
    ApiError, Attempt, Auth, Base64, BodyStream, BoxFuture, BuildError, Chunks, Client,
    ClientBuilder, Config, Credentials, Decode, DecodeError, Decoded, Decoding, DescribedErrors,
    Deviation, Download, Duration, Encode, EncodeValue, Encoder, Error, Field, FilePart, Form,
    FromHeader, Header, HeaderError, Items, Layer, LayerResult, Limits, Meta, Multipart, Next,
    Operation, Options, PageError, Paged, Pages, Paging, Part, Progress, RawRequest, RecordError,
    RequestBody, Response, Retry, Rfc2822, Scheme, SendError, SendErrorKind, Slot, Style, Text,
    Time, Transport, Undecodable, blocking, decode, limit, style,
};
#[cfg(feature = "webhooks")]
pub use self::runtime::{Delivery, Webhook, WebhookError};
#[cfg(feature = "streams")]
pub use self::runtime::{Event, EventContent, Events, Streamed, Streaming};
#[cfg(feature = "open-enums")]
pub use self::runtime::{OpenEnum, Unlisted};
#[cfg(feature = "twilio")]
pub use self::runtime::{PageMeta, Sid, SidDigits, SidError, SidKind, SidPrefix};
#[cfg(feature = "twilio")]
#[cfg(feature = "signature")]
pub use self::runtime::{RequestValidator, SignatureError};
