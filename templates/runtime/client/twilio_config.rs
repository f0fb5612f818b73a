//! Twilio's environment variables, edges and regions.

use super::super::auth::{Credentials, variable};
use super::super::transport::{Transport, blocking};
use super::super::twilio::is_label;
use super::super::wire::BuildError;
use super::async_client::Client;
use super::blocking::Client as BlockingClient;
use super::builder::ClientBuilder;
use super::config::Config;

impl Client {
    /// Returns a builder with the settings of environment variables; see [`Config::from_env`].
    pub fn from_env(prefix: &str) -> ClientBuilder<dyn Transport> {
        ClientBuilder::new(Config::from_env(prefix))
    }
}

impl BlockingClient {
    /// Returns a builder with the settings of environment variables; see [`Config::from_env`].
    pub fn from_env(prefix: &str) -> ClientBuilder<dyn blocking::Transport> {
        ClientBuilder::new(Config::from_env(prefix))
    }
}

impl<T: ?Sized> ClientBuilder<T> {
    /// Sends every request to an edge location; see [`Config::with_edge`].
    pub fn edge(self, edge: impl AsRef<str>) -> Self {
        self.try_map(|config| config.with_edge(edge.as_ref()))
    }

    /// Sends every request to a region; see [`Config::with_region`].
    pub fn region(self, region: impl AsRef<str>) -> Self {
        self.try_map(|config| config.with_region(region.as_ref()))
    }
}

impl Config {
    /// Creates a configuration from environment variables: with the prefix `TWILIO`, from those of
    /// [`Credentials::from_env`], and from `TWILIO_EDGE` and `TWILIO_REGION` if they are set.
    ///
    /// # Errors
    /// Returns an error with the name of the variable that is missing, empty or not valid.
    pub fn from_env(prefix: &str) -> Result<Self, BuildError> {
        let mut config = Self::new(Credentials::from_env(prefix)?);
        if let Some(edge) = variable(&format!("{prefix}_EDGE"))?.value {
            config = config.with_edge(&edge)?;
        }
        if let Some(region) = variable(&format!("{prefix}_REGION"))?.value {
            config = config.with_region(&region)?;
        }
        Ok(config)
    }

    /// Sends every request to an edge location: `product.edge.region.twilio.com`, where the region is `us1` unless it is
    /// set. A base URL is used as it is.
    ///
    /// # Errors
    /// Returns an error for text that is not a label of a host name.
    pub fn with_edge(mut self, edge: &str) -> Result<Self, BuildError> {
        self.location.edge = Some(label("edge", edge)?);
        Ok(self)
    }

    /// Sends every request to a region: `product.region.twilio.com`. A base URL is used as it is.
    ///
    /// # Errors
    /// Returns an error for text that is not a label of a host name.
    pub fn with_region(mut self, region: &str) -> Result<Self, BuildError> {
        self.location.region = Some(label("region", region)?);
        Ok(self)
    }
}

fn label(what: &str, text: &str) -> Result<String, BuildError> {
    if is_label(text) {
        return Ok(text.to_owned());
    }
    Err(BuildError::for_client(format!(
        "the {what} is not a label of a host name"
    )))
}
