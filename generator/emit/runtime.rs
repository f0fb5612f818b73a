//! `runtime/`: the same in every crate.

use super::HEADER;

macro_rules! runtime {
    ($($name:literal),+ $(,)?) => {
        /// The files, by name.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/runtime/", $name)))),+];
    };
}

runtime! {
    "answer.rs",
    "api_error.rs",
    "base64.rs",
    "blocking.rs",
    "builder.rs",
    "check.rs",
    "client.rs",
    "config.rs",
    "credentials.rs",
    "decode.rs",
    "encode_value.rs",
    "encoder.rs",
    "environment.rs",
    "error.rs",
    "escape.rs",
    "exchange.rs",
    "fault.rs",
    "field.rs",
    "header.rs",
    "json_text.rs",
    "limit.rs",
    "mod.rs",
    "multipart.rs",
    "notes.rs",
    "one_of.rs",
    "open_enum.rs",
    "operation.rs",
    "options.rs",
    "page.rs",
    "pages.rs",
    "paging.rs",
    "place.rs",
    "raw.rs",
    "region.rs",
    "repair.rs",
    "reqwest_transport.rs",
    "response.rs",
    "rest.rs",
    "retry.rs",
    "retry_after.rs",
    "rfc2822.rs",
    "salvage.rs",
    "secrets.rs",
    "sent.rs",
    "sid.rs",
    "style.rs",
    "test_util.rs",
    "timer.rs",
    "token.rs",
    "trace.rs",
    "trace_off.rs",
    "transport.rs",
    "ureq_transport.rs",
    "usual_headers.rs",
}

/// Returns the files of the runtime, by name.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    FILES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), format!("{HEADER}\n\n{text}")))
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::collections::BTreeSet;

    #[test]
    fn embeds_every_file_of_the_runtime() -> std::io::Result<()> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let mut there = BTreeSet::new();
        for entry in std::fs::read_dir(folder)? {
            there.insert(entry?.file_name().to_string_lossy().into_owned());
        }
        let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(embedded, there);
        Ok(())
    }
}
