//! The credentials of a Twilio account.

use super::super::wire::BuildError;
use super::credentials::Credentials;
use super::environment::variable;

impl Credentials {
    /// An account and its auth token.
    pub fn auth_token(account_sid: impl Into<String>, auth_token: impl AsRef<str>) -> Self {
        let account_sid = account_sid.into();
        Self::with_basic("AuthToken", &account_sid, auth_token.as_ref())
            .with_account_sid(account_sid)
    }

    /// An API key of an account and its secret.
    ///
    /// The account is given as well, because some paths contain it and the key does not.
    pub fn api_key(
        account_sid: impl Into<String>,
        key_sid: impl AsRef<str>,
        secret: impl AsRef<str>,
    ) -> Self {
        Self::with_basic("ApiKey", key_sid.as_ref(), secret.as_ref()).with_account_sid(account_sid)
    }

    /// Reads the credential from environment variables: with the prefix `TWILIO`, from `TWILIO_ACCOUNT_SID` and either
    /// both `TWILIO_API_KEY` and `TWILIO_API_SECRET`, or `TWILIO_AUTH_TOKEN`.
    ///
    /// # Errors
    /// Returns an error with the name of the variable that is missing, empty or not valid Unicode.
    pub fn from_env(prefix: &str) -> Result<Self, BuildError> {
        let read = |name: &str| variable(&format!("{prefix}_{name}"));
        let account_sid = read("ACCOUNT_SID")?.required()?;
        match read("API_KEY")?.value {
            Some(key) => {
                let secret = read("API_SECRET")?.required()?;
                Ok(Self::api_key(account_sid, key, secret))
            }
            None => Ok(Self::auth_token(
                account_sid,
                read("AUTH_TOKEN")?.required()?,
            )),
        }
    }

    /// Sets the account of requests whose path contains one, unless they have their own.
    #[must_use]
    pub fn with_account_sid(mut self, account_sid: impl Into<String>) -> Self {
        self.account_sid = Some(account_sid.into());
        self
    }

    /// Returns the account of requests whose path contains one, unless they have their own.
    pub fn account_sid(&self) -> Option<&str> {
        self.account_sid.as_deref()
    }
}
