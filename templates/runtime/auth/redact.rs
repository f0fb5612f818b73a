//! Removing credentials from messages.

use super::super::wire::{FORM, URL};
use super::credentials::Credentials;
use http::HeaderValue;

/// The minimum length of a secret: a shorter text is part of other texts by accident.
const MIN_LENGTH: usize = 4;

/// How many characters of a text from the server an error shows.
const MAX_SHOWN: usize = 500;

/// The credentials that a request was sent with, in the forms that a server could repeat.
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Collects the secrets of a client, and those of the `Authorization` header that was sent.
    pub(crate) fn new(credentials: &Credentials, sent: Option<&HeaderValue>) -> Self {
        let mut secrets = Self(Vec::new());
        for secret in credentials.secrets() {
            secrets.add(secret);
        }
        if let Some(Ok(text)) = sent.map(HeaderValue::to_str) {
            if let Some((_, token)) = text.split_once(' ') {
                secrets.add(token);
            }
            secrets.add(text);
        }
        secrets
    }

    /// Adds a secret, as it is and as it is written in URLs and forms.
    fn add(&mut self, secret: &str) {
        self.insert(secret);
        for alphabet in [&URL, &FORM] {
            let mut encoded = Vec::new();
            alphabet.push(&mut encoded, secret.as_bytes());
            match std::str::from_utf8(&encoded) {
                Ok(encoded) if encoded != secret => self.insert(encoded),
                _ => {}
            }
        }
    }

    /// Inserts a secret after the longer ones, which may contain it.
    fn insert(&mut self, secret: &str) {
        if secret.len() >= MIN_LENGTH {
            let shorter = self.0.iter().position(|one| one.len() < secret.len());
            let index = shorter.unwrap_or(self.0.len());
            self.0.insert(index, secret.to_owned());
        }
    }

    /// Returns `text` without the secrets and control characters, and truncated.
    pub(crate) fn redact(&self, text: &str) -> String {
        let redacted = self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.as_str(), "[redacted]")
        });
        shown(&redacted)
    }
}

/// Returns a text from the server as an error shows it: on one line, and truncated.
pub(crate) fn shown(text: &str) -> String {
    let printable = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    let mut shown: String = text.chars().take(MAX_SHOWN).map(printable).collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{Credentials, HeaderValue, MAX_SHOWN, Secrets, shown};

    #[test]
    fn secrets_are_redacted_in_every_form() {
        let credentials = Credentials::basic("user", "hunter2");
        let sent = HeaderValue::from_static("Basic dXNlcjpodW50ZXIy");
        let secrets = Secrets::new(&credentials, Some(&sent));
        assert_eq!(
            secrets.redact("`hunter2` of `Basic dXNlcjpodW50ZXIy` or dXNlcjpodW50ZXIy is wrong"),
            "`[redacted]` of `[redacted]` or [redacted] is wrong"
        );
    }

    #[test]
    fn a_secret_inside_of_another_leaves_nothing_of_it() {
        let credentials = Credentials::bearer("abcd");
        let sent = HeaderValue::from_static("Bearer abcdabcd");
        let secrets = Secrets::new(&credentials, Some(&sent));
        assert_eq!(secrets.redact("abcdabcd, abcd"), "[redacted], [redacted]");
    }

    #[test]
    fn a_secret_is_redacted_as_it_is_written_in_urls_and_forms() {
        let secrets = Secrets::new(&Credentials::query("key", "a b/c&d"), None);
        assert_eq!(
            secrets.redact("?key=a%20b%2Fc%26d and key=a+b%2Fc%26d and a b/c&d"),
            "?key=[redacted] and key=[redacted] and [redacted]"
        );
    }

    #[test]
    fn short_texts_are_not_secrets() {
        let secrets = Secrets::new(&Credentials::bearer("abc"), None);
        assert_eq!(secrets.redact("abc"), "abc");
    }

    #[test]
    fn texts_of_servers_are_shown_on_one_line_and_truncated() {
        assert_eq!(shown("a\r\nb\u{1b}[31m"), "a  b [31m");
        let long = "é".repeat(MAX_SHOWN + 1);
        assert_eq!(shown(&long), format!("{}…", "é".repeat(MAX_SHOWN)));
    }
}
