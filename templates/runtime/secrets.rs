//! Texts that no error may show.

use super::credentials::Credentials;
use http::HeaderValue;

/// The shortest text that is taken for a secret: a shorter one stands in any text by accident.
const SHORTEST: usize = 4;

/// How much of a text of the server an error shows, in characters.
const SHOWN_CHARACTERS: usize = 500;

/// The credentials that a request was sent with, in the forms that a server could repeat.
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// Collects the secrets of a client, and those of the `Authorization` header that was sent.
    #[inline]
    pub(super) fn of(credentials: &Credentials, sent: Option<&HeaderValue>) -> Self {
        let mut secrets = Self(Vec::new());
        for secret in credentials.secrets() {
            secrets.add(&secret);
        }
        if let Some(Ok(text)) = sent.map(HeaderValue::to_str) {
            if let Some((_, token)) = text.split_once(' ') {
                secrets.add(token);
            }
            secrets.add(text);
        }
        secrets
    }

    /// Puts a secret behind the longer ones, of which it may be a part.
    #[inline]
    fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            let shorter = self.0.iter().position(|one| one.len() < secret.len());
            let place = shorter.unwrap_or(self.0.len());
            self.0.insert(place, secret.to_owned());
        }
    }

    /// Returns `text` without the secrets, without control characters, and not longer than an
    /// error should be.
    #[inline]
    pub(super) fn conceal(&self, text: &str) -> String {
        let concealed = self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.as_str(), "[redacted]")
        });
        shown(&concealed)
    }
}

/// Returns what an error shows of a text that comes from a server: one line, of a bounded length.
#[inline]
pub(super) fn shown(text: &str) -> String {
    let printable = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS).map(printable).collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}
