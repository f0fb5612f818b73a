//! `runtime/`: the files of templates/runtime, without their unit tests and the parts that a crate does not need.

use super::code::HEADER;
use super::parts::{Conditions, Parts};
use std::collections::BTreeMap;

macro_rules! runtime {
    ($($name:literal),+ $(,)?) => {
        /// The files, by path.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/runtime/", $name)))),+];
    };
}

runtime! {
    "auth/account.rs",
    "auth/credentials.rs",
    "auth/environment.rs",
    "auth/header_value.rs",
    "auth/mod.rs",
    "auth/oauth.rs",
    "auth/redact.rs",
    "auth/token.rs",
    "auth/token_source.rs",
    "client/async_client.rs",
    "client/blocking.rs",
    "client/blocking_download.rs",
    "client/build_request.rs",
    "client/builder.rs",
    "client/config.rs",
    "client/default_headers.rs",
    "client/described_errors.rs",
    "client/download.rs",
    "client/execute.rs",
    "client/mod.rs",
    "client/oauth.rs",
    "client/operation.rs",
    "client/options.rs",
    "client/raw_request.rs",
    "client/response.rs",
    "client/serialize.rs",
    "client/twilio_config.rs",
    "decode/best.rs",
    "decode/body.rs",
    "decode/bytes.rs",
    "decode/charset.rs",
    "decode/collections.rs",
    "decode/constant.rs",
    "decode/deviation.rs",
    "decode/document.rs",
    "decode/form.rs",
    "decode/from_body.rs",
    "decode/grammar.rs",
    "decode/kind.rs",
    "decode/member_name.rs",
    "decode/members.rs",
    "decode/mismatch.rs",
    "decode/mod.rs",
    "decode/node.rs",
    "decode/notes.rs",
    "decode/number.rs",
    "decode/path.rs",
    "decode/rank.rs",
    "decode/reason.rs",
    "decode/records.rs",
    "decode/scalars.rs",
    "decode/scan.rs",
    "decode/shape.rs",
    "decode/stack.rs",
    "decode/tag.rs",
    "decode/text.rs",
    "decode/token.rs",
    "decode/types.rs",
    "decode/union.rs",
    "decode/value_end.rs",
    "error/api_error.rs",
    "error/brief.rs",
    "error/decode_error.rs",
    "error/mod.rs",
    "error/page_error.rs",
    "error/request_id.rs",
    "mod.rs",
    "model/base64.rs",
    "model/date_time.rs",
    "model/duration.rs",
    "model/encode.rs",
    "model/field.rs",
    "model/format.rs",
    "model/integer_enum.rs",
    "model/iso8601.rs",
    "model/json_writer.rs",
    "model/mod.rs",
    "model/object_writer.rs",
    "model/open_enum.rs",
    "model/redacted.rs",
    "model/rfc2822.rs",
    "model/rfc3339.rs",
    "model/samples.rs",
    "model/serde.rs",
    "model/time.rs",
    "model/uuid.rs",
    "paging/blocking.rs",
    "paging/cursor.rs",
    "paging/link.rs",
    "paging/mod.rs",
    "paging/page_request.rs",
    "paging/paged.rs",
    "paging/pages.rs",
    "paging/position.rs",
    "retry/after.rs",
    "retry/attempt.rs",
    "retry/mod.rs",
    "retry/policy.rs",
    "stream/blocking.rs",
    "stream/connection.rs",
    "stream/event.rs",
    "stream/event_stream.rs",
    "stream/events.rs",
    "stream/frame.rs",
    "stream/framing.rs",
    "stream/list.rs",
    "stream/mod.rs",
    "stream/place.rs",
    "stream/sequence.rs",
    "stream/streamed.rs",
    "test_util/mock_transport.rs",
    "test_util/mod.rs",
    "test_util/recorded_request.rs",
    "trace/mod.rs",
    "trace/off.rs",
    "trace/span.rs",
    "transport/async_transport.rs",
    "transport/blocking.rs",
    "transport/body_stream.rs",
    "transport/connector.rs",
    "transport/gzip.rs",
    "transport/hyper_transport.rs",
    "transport/layer.rs",
    "transport/limits.rs",
    "transport/mod.rs",
    "transport/reading.rs",
    "transport/request_body.rs",
    "transport/reqwest_transport.rs",
    "transport/send_error.rs",
    "transport/sending.rs",
    "transport/timer.rs",
    "transport/ureq_transport.rs",
    "twilio/location.rs",
    "twilio/mod.rs",
    "twilio/page_meta.rs",
    "twilio/sid.rs",
    "twilio/signature.rs",
    "validate/check.rs",
    "validate/limit.rs",
    "validate/mod.rs",
    "validate/pattern.rs",
    "validate/place.rs",
    "validate/unique.rs",
    "webhook/delivery.rs",
    "webhook/mod.rs",
    "webhook/webhook_error.rs",
    "wire/base64.rs",
    "wire/body.rs",
    "wire/build_error.rs",
    "wire/closed_enum.rs",
    "wire/custom.rs",
    "wire/encode_value.rs",
    "wire/encoder.rs",
    "wire/escape.rs",
    "wire/form.rs",
    "wire/header.rs",
    "wire/limited.rs",
    "wire/meta.rs",
    "wire/mod.rs",
    "wire/multipart.rs",
    "wire/part.rs",
    "wire/samples.rs",
    "wire/slot.rs",
    "wire/structure.rs",
    "wire/structured.rs",
    "wire/styles.rs",
    "wire/text.rs",
    "wire/visit.rs",
}

/// Returns the files of the runtime, by path: those that its module tree with these parts leads to.
pub(super) fn files(parts: Parts, conditions: &Conditions) -> Vec<(String, String)> {
    let known: BTreeMap<&str, &str> = FILES.iter().copied().collect();
    let mut files = Vec::new();
    let mut open = vec![String::from("mod.rs")];
    while let Some(path) = open.pop() {
        let Some(text) = known.get(path.as_str()) else {
            continue;
        };
        let text = parts.resolve_if(without_tests(text), conditions);
        let folder = path.strip_suffix("mod.rs").unwrap_or_default();
        for module in modules(&text) {
            open.push(format!("{folder}{module}.rs"));
            open.push(format!("{folder}{module}/mod.rs"));
        }
        files.push((path, format!("{HEADER}\n\n{text}")));
    }
    files
}

/// Returns a file without its unit tests, which are at its end.
fn without_tests(text: &str) -> &str {
    text.split_once("\n#[cfg(test)]\n")
        .map_or(text, |(code, _)| code)
}

/// The names of the modules that a file declares and has no body for.
fn modules(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (before, name) = line.trim_end_matches(';').split_once("mod ")?;
        let is_declaration =
            line.ends_with(';') && (before.is_empty() || before.starts_with("pub"));
        is_declaration.then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::{Conditions, FILES, Parts, files};
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    fn list(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                list(&entry.path(), &format!("{name}/"), found)?;
            } else {
                found.insert(name);
            }
        }
        Ok(())
    }

    #[test]
    fn embeds_every_file_of_the_runtime() -> std::io::Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let mut present = BTreeSet::new();
        list(&folder, "", &mut present)?;
        let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(embedded, present);
        Ok(())
    }

    #[test]
    fn every_file_is_written_with_all_parts() {
        let written = files(Parts::ALL, &Conditions::default())
            .into_iter()
            .map(|(path, _)| path);
        let written: BTreeSet<String> = written.collect();
        let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(written, embedded);
    }

    /// Whatever the parts, the text is Rust, and as rustfmt would have it as far as blank lines go.
    #[test]
    fn parts_are_removed_without_a_trace() -> syn::Result<()> {
        for parts in Parts::each() {
            for (path, text) in files(parts, &Conditions::default()) {
                syn::parse_file(&text)?;
                for trace in ["\n\n\n", "{\n\n", "\n\n}", "cfg(test)"] {
                    assert!(!text.contains(trace), "{trace:?} in {path}");
                }
                for part in Parts::NAMES {
                    assert!(!text.contains(&format!("\"{part}\"")), "{path}");
                }
            }
        }
        Ok(())
    }

    #[test]
    fn nothing_of_twilio_is_in_the_crates_of_others() {
        let parts = Parts::ALL.without(Parts::TWILIO);
        for (path, text) in files(parts, &Conditions::default()) {
            let text = text.to_lowercase();
            for word in ["twilio", "sid", "edge", "region", "account"] {
                let found = text
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|found| found == word);
                assert!(!found, "`{word}` in {path}");
            }
        }
    }

    /// The imports of a file: the groups that it uses, and the files of its own group.
    fn imports(path: &str, text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let depth = path.matches('/').count();
        let (mut groups, mut siblings) = (BTreeSet::new(), BTreeSet::new());
        for (index, _) in text.match_indices("super::") {
            let path = &text[index..];
            if text[..index].ends_with("super::") {
                continue;
            }
            let ups = path.len() - path.trim_start_matches("super::").len();
            let ups = ups / "super::".len();
            let rest = path.trim_start_matches("super::");
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            match (depth, ups) {
                (1, 2) => groups.insert(name),
                (1, 1) if !name.starts_with(char::is_uppercase) => siblings.insert(name),
                _ => false,
            };
        }
        (groups, siblings)
    }

    fn assert_no_circle(edges: &BTreeMap<String, BTreeSet<String>>) {
        let mut left = edges.clone();
        while !left.is_empty() {
            let names: BTreeSet<String> = left.keys().cloned().collect();
            let before = left.len();
            left.retain(|_, uses| uses.iter().any(|used| names.contains(used)));
            assert!(left.len() < before, "these use each other: {left:#?}");
        }
    }

    #[test]
    fn no_modules_use_each_other() {
        let mut between_groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut inside: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (path, text) in FILES {
            let text = super::without_tests(text);
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .flat_map(|line| [line, "\n"])
                .collect();
            let Some((group, file)) = path.split_once('/') else {
                continue;
            };
            let (groups, siblings) = imports(path, &code);
            assert!(
                !groups.contains(group),
                "{path} goes out of its group for it"
            );
            between_groups
                .entry(group.to_owned())
                .or_default()
                .extend(groups);
            if file != "mod.rs" {
                let file = file.trim_end_matches(".rs").to_owned();
                let files = inside.entry(group.to_owned()).or_default();
                files.insert(file, siblings);
            }
        }
        assert!(between_groups["client"].contains("wire"));
        assert!(inside["wire"]["encoder"].contains("escape"));
        assert_no_circle(&between_groups);
        inside.values().for_each(assert_no_circle);
    }
}
