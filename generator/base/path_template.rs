//! Path templates (OpenAPI 3.0, 4.8.8.2), such as `/ships/{Sid}`.

/// Returns the names of the parameters of a path template, in its order.
pub(crate) fn template_params(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Returns the name in an expression of a path template that says more than a name, and whether its values may have slashes:
/// `{+path}` (RFC 6570, section 3.2.3), `{id:[0-9]+}`, `{path:.*}`, `{id?}`, `{name=ships/*}`.
pub(crate) fn name_in_expression(expression: &str) -> (&str, bool) {
    let end = expression.find([':', '=']).unwrap_or(expression.len());
    let (name, rule) = expression.split_at(end);
    let has_slashes = name.starts_with(['+', '*'])
        || rule.starts_with('=')
        || matches!(rule, ":.*" | ":.+" | ":path");
    let name = name.trim_start_matches(['+', '*']);
    (name.trim_end_matches(['*', '?']), has_slashes)
}

/// The path and the query of the key of a path item.
pub(crate) fn path_and_query(key: &str) -> (&str, &str) {
    let (key, _) = query_expressions(key);
    key.split_once('?').unwrap_or((key, ""))
}

/// Returns the key of a path item without its fragment and the query expressions at its end (RFC 6570, sections 3.2.8 and
/// 3.2.9), with the names in these: `/ships{?size,page}`.
pub(crate) fn query_expressions(key: &str) -> (&str, Vec<&str>) {
    let mut key = without_fragment(key);
    let mut names = Vec::new();
    while let Some((before, expression)) =
        key.strip_suffix('}').and_then(|key| key.rsplit_once('{'))
        && let Some(listed) = expression.strip_prefix(['?', '&'])
    {
        names.extend(listed.split(',').map(|name| name.trim_end_matches('*')));
        key = before;
    }
    (key, names)
}

/// The key of a path item without its fragment, which is not sent: it only tells the item from others.
fn without_fragment(key: &str) -> &str {
    key.split('#').next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::{name_in_expression, path_and_query, query_expressions};

    #[test]
    fn names_in_expressions() {
        for (expression, name, has_slashes) in [
            ("id", "id", false),
            ("id:[0-9]+", "id", false),
            ("id?", "id", false),
            ("ids*", "ids", false),
            ("+path", "path", true),
            ("**path", "path", true),
            ("path:.*", "path", true),
            ("name=ships/*", "name", true),
        ] {
            assert_eq!(name_in_expression(expression), (name, has_slashes));
        }
    }

    #[test]
    fn queries_of_keys() {
        assert_eq!(path_and_query("/a/{b}?c=1#d"), ("/a/{b}", "c=1"));
        assert_eq!(path_and_query("/a{?b,c*}{&d}#e"), ("/a", ""));
        assert_eq!(query_expressions("/a{?b,c*}"), ("/a", vec!["b", "c"]));
        for key in ["/a/{b}", "/a{?b}/c", "/a}", "/{?"] {
            assert_eq!(query_expressions(key), (key, Vec::new()), "{key}");
        }
    }
}
