//! What is counted, by name.

use super::Failure;
use cratewright_benches::allocations::{Taken, counted};
use cratewright_benches::generating::{self, FLEX};
use cratewright_benches::synthetic;
use cratewright_benches::talking::{self, CHANNEL, INTERACTION_CHANNEL, SID};
use cratewright_benches::unions;
use std::hint::black_box;
use twilio_flex::Operation;
use twilio_flex::channel::CreateChannel;
use twilio_flex::interaction_channel::UpdateInteractionChannel;

/// A piece of work.
#[derive(Debug, Clone, Copy)]
pub(super) enum Case {
    ParseSid,
    EncodeFields,
    EncodePath,
    DecodeChannel,
    DecodeInteractionChannel,
    DecodeUnions,
    ReadEvents,
    ReadRecords,
    GenerateFive,
    Generate73,
    ParseYaml73,
}

impl Case {
    pub(super) const ALL: [Self; 11] = [
        Self::ParseSid,
        Self::EncodeFields,
        Self::EncodePath,
        Self::DecodeChannel,
        Self::DecodeInteractionChannel,
        Self::DecodeUnions,
        Self::ReadEvents,
        Self::ReadRecords,
        Self::GenerateFive,
        Self::Generate73,
        Self::ParseYaml73,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ParseSid => "parse-a-sid",
            Self::EncodeFields => "encode-ten-fields",
            Self::EncodePath => "encode-path-and-two-fields",
            Self::DecodeChannel => "decode-a-channel",
            Self::DecodeInteractionChannel => "decode-an-interaction-channel",
            Self::DecodeUnions => "decode-100-of-a-union",
            Self::ReadEvents => "read-1000-events",
            Self::ReadRecords => "read-1000-records-of-a-list",
            Self::GenerateFive => "generate-five-operations",
            Self::Generate73 => "generate-73-operations",
            Self::ParseYaml73 => "serde-yaml-alone-73-operations",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }

    /// How often it is done, so that one call shows among what starting a program takes.
    pub(super) fn times(self) -> u64 {
        match self {
            Self::ParseSid => 10_000,
            Self::EncodeFields
            | Self::EncodePath
            | Self::DecodeChannel
            | Self::DecodeInteractionChannel => 1000,
            Self::DecodeUnions => 100,
            Self::ReadEvents | Self::ReadRecords => 10,
            Self::GenerateFive | Self::Generate73 | Self::ParseYaml73 => 1,
        }
    }

    /// Does the work so many times, after one time that is for what is made once only.
    pub(super) fn repeat(self, times: u64) -> Result<(), Failure> {
        self.run(|work| (0..=times).for_each(|_| work()))
    }

    /// Counts what one time takes, as the second of two.
    pub(super) fn taken(self) -> Result<Taken, Failure> {
        let mut taken = None;
        self.run(|work| {
            work();
            taken = Some(counted(work).1);
        })?;
        taken.ok_or_else(|| "nothing was counted".into())
    }

    fn run(self, mut with: impl FnMut(&dyn Fn())) -> Result<(), Failure> {
        match self {
            Self::ParseSid => with(&|| _ = black_box(talking::parse_sid(black_box(SID)))),
            Self::EncodeFields => {
                let (config, request) = (talking::config(), talking::channel()?);
                with(&|| _ = black_box(black_box(&request).to_request(&config)));
            }
            Self::EncodePath => {
                let (config, request) = (talking::config(), talking::update()?);
                with(&|| _ = black_box(black_box(&request).to_request(&config)));
            }
            Self::DecodeChannel => {
                with(&|| {
                    _ = black_box(talking::decode::<CreateChannel>(talking::response(
                        black_box(CHANNEL),
                    )))
                });
            }
            Self::DecodeInteractionChannel => with(&|| {
                let response = talking::response(black_box(INTERACTION_CHANNEL));
                _ = black_box(talking::decode::<UpdateInteractionChannel>(response));
            }),
            Self::DecodeUnions => {
                let body = unions::figures(100);
                with(&|| _ = black_box(unions::decode_figures(black_box(&body))));
            }
            Self::ReadEvents => {
                let body = unions::stream(1000);
                with(&|| _ = black_box(unions::events(black_box(&body))));
            }
            Self::ReadRecords => {
                let body = unions::list(1000);
                with(&|| _ = black_box(unions::records(black_box(&body))));
            }
            Self::GenerateFive => generate(FLEX, with),
            Self::Generate73 => generate(&synthetic::description(73), with),
            Self::ParseYaml73 => {
                let sources = [generating::source(&synthetic::description(73))];
                with(&|| _ = black_box(generating::parse(black_box(&sources))));
            }
        }
        Ok(())
    }
}

fn generate(text: &str, mut with: impl FnMut(&dyn Fn())) {
    let sources = [generating::source(text)];
    with(&|| _ = black_box(generating::generate(black_box(&sources))));
}
