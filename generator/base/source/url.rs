//! URLs of descriptions, as far as references need them (RFC 3986, section 5).

/// Returns whether a text is the URL of a description.
pub(crate) fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Returns the URL that a reference means, seen from a URL; queries and fragments of the base are left out.
pub(crate) fn join(base: &str, reference: &str) -> String {
    if is_url(reference) {
        return reference.to_owned();
    }
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    if let Some(other_host) = reference.strip_prefix("//") {
        return format!("{scheme}://{other_host}");
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (reference, query) = match reference.split_once('?') {
        Some((reference, query)) => (reference, format!("?{query}")),
        None => (reference, String::new()),
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = match reference.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => reference.to_owned(),
        None => format!("{folder}/{reference}"),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in whole.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    format!("{scheme}://{host}/{}{query}", segments.join("/"))
}

/// Returns scheme, host and port of a URL, in lower case.
#[cfg(any(feature = "cli", test))]
pub(crate) fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before an `@` is no part of the host.
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{join, origin};

    #[test]
    fn references_are_joined() {
        let base = "https://api.example.com/v1/openapi.yaml?x=1";
        for (reference, url) in [
            ("ship.yaml", "https://api.example.com/v1/ship.yaml"),
            ("./a/b.yaml", "https://api.example.com/v1/a/b.yaml"),
            ("../c.yaml?y=2", "https://api.example.com/c.yaml?y=2"),
            ("../../../c.yaml", "https://api.example.com/c.yaml"),
            ("/d.yaml", "https://api.example.com/d.yaml"),
            ("//other.example/e.yaml", "https://other.example/e.yaml"),
            ("http://f.example/g", "http://f.example/g"),
        ] {
            assert_eq!(join(base, reference), url, "{reference}");
        }
        assert_eq!(join("https://a.example", "b"), "https://a.example/b");
    }

    #[test]
    fn origins() {
        assert_eq!(origin("HTTPS://A.example:8/b?c"), "https://a.example:8");
        assert_eq!(origin("https://a@b.example/"), "https://b.example");
        assert_eq!(origin("https://a.example"), "https://a.example");
    }
}
