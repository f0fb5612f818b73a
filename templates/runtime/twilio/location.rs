//! Edge locations and regions.

/// The domain whose hosts have edges and regions: `product.edge.region.twilio.com`.
const DOMAIN: &str = ".twilio.com";

/// The region of an edge without one.
const DEFAULT_REGION: &str = "us1";

/// The edge location and the region of a client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Location {
    pub(crate) edge: Option<String>,
    pub(crate) region: Option<String>,
}

impl Location {
    /// Returns `server` at this edge and in this region; `None` if it stays the same.
    ///
    /// An edge or a region that is not set is taken from the host.
    pub(crate) fn server(&self, server: &str) -> Option<String> {
        if self.edge.is_none() && self.region.is_none() {
            return None;
        }
        let (scheme, host) = server.split_once("://")?;
        let labels: Vec<&str> = host.strip_suffix(DOMAIN)?.split('.').collect();
        let (product, own_edge, own_region) = match labels[..] {
            [product] => (product, None, None),
            [product, region] => (product, None, Some(region)),
            [product, edge, region] => (product, Some(edge), Some(region)),
            _ => return None,
        };
        let edge = self.edge.as_deref().or(own_edge);
        let region = self.region.as_deref().or(own_region);
        let region = region.or_else(|| edge.map(|_| DEFAULT_REGION));
        let labels = [Some(product), edge, region].into_iter().flatten();
        let host = labels.collect::<Vec<_>>().join(".");
        Some(format!("{scheme}://{host}{DOMAIN}"))
    }
}

/// Returns whether `text` is a label of a host name (RFC 1123, section 2.1).
pub(crate) fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::{Location, is_label};

    fn server(server: &str, edge: Option<&str>, region: Option<&str>) -> String {
        let location = Location {
            edge: edge.map(str::to_owned),
            region: region.map(str::to_owned),
        };
        location.server(server).unwrap_or_else(|| server.to_owned())
    }

    #[test]
    fn the_host_has_the_edge_and_the_region() {
        for (host, edge, region, expected) in [
            ("flex-api", None, None, "flex-api"),
            ("flex-api", Some("dublin"), None, "flex-api.dublin.us1"),
            ("flex-api", None, Some("ie1"), "flex-api.ie1"),
            (
                "flex-api",
                Some("dublin"),
                Some("ie1"),
                "flex-api.dublin.ie1",
            ),
            ("api.au1", Some("sydney"), None, "api.sydney.au1"),
            ("api.sydney.au1", None, Some("ie1"), "api.sydney.ie1"),
            ("a.b.c.d", Some("sydney"), None, "a.b.c.d"),
        ] {
            assert_eq!(
                server(&format!("https://{host}.twilio.com"), edge, region),
                format!("https://{expected}.twilio.com")
            );
        }
    }

    #[test]
    fn other_hosts_stay_the_same() {
        let other = "https://api.example.com";
        assert_eq!(server(other, Some("dublin"), Some("ie1")), other);
    }

    #[test]
    fn labels_are_those_of_host_names() {
        for label in ["ie1", "a-b", "A"] {
            assert!(is_label(label), "{label}");
        }
        for text in ["", "-a", "a-", "a.b", "a/b", "é"] {
            assert!(!is_label(text), "{text}");
        }
        assert!(!is_label(&"a".repeat(64)));
    }
}
