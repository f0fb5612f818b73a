//! What statuses and representations are called in Rust.

use super::media::{Representation, essence};
use crate::model::api::Reading;

/// What a status is called (RFC 9110, section 15, and the IANA registry of status codes).
pub(super) fn phrase(statuses: (u16, u16)) -> String {
    let (first, last) = statuses;
    let phrase = match first {
        _ if first != last => return format!("Status{}xx", first / 100),
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        _ => return format!("Status{first}"),
    };
    phrase.to_owned()
}

/// What a representation is called: text and bytes keep their names when a description adds media types.
pub(super) fn representation_name(representation: &Representation<'_>) -> String {
    match representation.reading {
        Reading::Text => return "Text".to_owned(),
        Reading::Bytes => return "Bytes".to_owned(),
        Reading::Empty | Reading::Json | Reading::Form => {}
    }
    let name = representation.offers.first().map_or("", |offer| offer.name);
    match essence(name).as_str() {
        "application/json" | "*/*" | "*" | "application/*" => "Json".to_owned(),
        other => other.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}
