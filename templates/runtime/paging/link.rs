//! The header `Link` (RFC 8288).

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the link with a relation.
pub(super) fn find(headers: &HeaderMap, relation: &str) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    let mut values = values.filter_map(|value| value.to_str().ok());
    values.find_map(|value| target(value, relation))
}

fn target(value: &str, relation: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, after) = link.split_once('>')?;
        let end = end_of_parameters(after);
        if relations(&after[..end]).any(|one| one.eq_ignore_ascii_case(relation)) {
            return Some(target.trim().to_owned());
        }
        rest = &after[end..];
    }
    None
}

/// Returns where the parameters of a link end: at a comma outside of quotes.
fn end_of_parameters(parameters: &str) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (index, character) in parameters.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => return index,
            _ => {}
        }
    }
    parameters.len()
}

/// Returns the relations that the parameters of a link name.
fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let rel = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_rel = name.trim().eq_ignore_ascii_case("rel");
        is_rel.then(|| value.trim().trim_matches('"'))
    });
    rel.unwrap_or_default().split_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn finds_the_target_of_a_relation() {
        let github = "<https://api.example.com/r?page=15>; rel=\"next\", <https://api.example.com/r?page=34>; rel=\"last\"";
        assert_eq!(
            target(github, "next").as_deref(),
            Some("https://api.example.com/r?page=15")
        );
        assert_eq!(
            target(github, "LAST").as_deref(),
            Some("https://api.example.com/r?page=34")
        );
        assert_eq!(target(github, "prev"), None);
        let odd = "</a,b>; title=\"a, \\\"b\\\" <c>\"; rel=prev , </d>;rel=\"self next\"";
        assert_eq!(target(odd, "next").as_deref(), Some("/d"));
        assert_eq!(target(odd, "prev").as_deref(), Some("/a,b"));
        for other in ["", "<", "next", "</a>", "</a>; rel", "</a; rel=next"] {
            assert_eq!(target(other, "next"), None, "{other}");
        }
    }
}
