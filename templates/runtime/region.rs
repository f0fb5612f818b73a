//! Where in the world a host is: edge and region.

use std::borrow::Cow;

/// The hosts that are told apart by edge and region: `product.edge.region.twilio.com`.
const DOMAIN: &str = ".twilio.com";

/// The region of an edge that comes without one.
const FIRST_REGION: &str = "us1";

/// Returns `server` at an edge and in a region.
///
/// Without either, and for hosts outside [`DOMAIN`], this is `server` itself. What is not given is
/// taken from the host; an edge without a region means [`FIRST_REGION`].
#[inline]
pub(super) fn located<'a>(
    server: &'a str,
    edge: Option<&str>,
    region: Option<&str>,
) -> Cow<'a, str> {
    if edge.is_none() && region.is_none() {
        return Cow::Borrowed(server);
    }
    let parts = server.split_once("://");
    let parts = parts.and_then(|(scheme, host)| Some((scheme, host.strip_suffix(DOMAIN)?)));
    let Some((scheme, labels)) = parts else {
        return Cow::Borrowed(server);
    };
    let labels: Vec<&str> = labels.split('.').collect();
    let (product, own_edge, own_region) = match labels[..] {
        [product] => (product, None, None),
        [product, region] => (product, None, Some(region)),
        [product, edge, region] => (product, Some(edge), Some(region)),
        _ => return Cow::Borrowed(server),
    };
    let edge = edge.or(own_edge);
    let region = region.or(own_region).or_else(|| edge.map(|_| FIRST_REGION));
    let labels = [Some(product), edge, region].into_iter().flatten();
    let host = labels.collect::<Vec<_>>().join(".");
    Cow::Owned(format!("{scheme}://{host}{DOMAIN}"))
}

/// Tells whether `label` can be a part of a host name (RFC 1123, section 2.1).
#[inline]
pub(super) fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
