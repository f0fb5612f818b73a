//! Descriptions in YAML, read by a library that the generator does not use for them.

/// Makes floats of integers of more than 64 bits, which the reader of YAML refuses.
pub(crate) fn with_floats(yaml: &str) -> String {
    let mut text = String::with_capacity(yaml.len());
    for line in yaml.lines() {
        text.push_str(line);
        let last = line.rsplit(' ').next().unwrap_or_default();
        if last
            .parse::<i128>()
            .is_ok_and(|value| i64::try_from(value).is_err())
        {
            text.push_str(".0");
        }
        text.push('\n');
    }
    text
}
