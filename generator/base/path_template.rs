//! Path templates (OpenAPI 3.0, 4.8.8.2), such as `/ships/{Sid}`.

/// Returns the names of the parameters of a path template, in its order.
pub(crate) fn template_params(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
