//! What someone may have meant to write.

/// Bytes of what is written; what is longer was not mistyped.
const LONGEST_HINT: usize = 200;

/// Returns the candidate whose spelling is nearest to what was written, for a hint.
pub(crate) fn nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // The comparison takes time that grows with the product of the lengths.
    if written.len() > LONGEST_HINT {
        return None;
    }
    let lower = written.to_lowercase();
    let most = |candidate: &str| candidate.len().max(written.len()) / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= most(candidate))
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= most(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}
