//! Prints how the crate that cratewright makes, and cratewright itself, compare with the same work done by hand: each pair in
//! turn, in one run, the median of the ratios.

#![allow(clippy::unnecessary_wraps, reason = "all groups have one type")]

use cratewright::source::Source;
use cratewright_benches::generating::{self, FLEX};
use cratewright_benches::pairs::{Ratio, compare};
use cratewright_benches::synthetic;
use cratewright_benches::talking::{
    self, CHANNEL, INTERACTION_CHANNEL, PATTERN, PlainChannel, PlainChannelAnswer,
    PlainInteractionChannel, PlainUpdate, SID,
};
use cratewright_benches::unions;
use std::hint::black_box;
use twilio_flex::Operation;
use twilio_flex::channel::CreateChannel;
use twilio_flex::interaction_channel::UpdateInteractionChannel;

const PAIRS: usize = 2001;
/// Of work that takes long.
const FEW_PAIRS: usize = 201;

type Failure = Box<dyn std::error::Error>;

/// A group of measurements, which can be named on the command line.
type Group = (&'static str, fn() -> Result<(), Failure>);

const GROUPS: [Group; 6] = [
    ("sids", sids),
    ("requests", requests),
    ("responses", responses),
    ("unions", unions),
    ("depth", depth),
    ("generation", generation),
];

fn main() -> Result<(), Failure> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let names = GROUPS.map(|(name, _)| name);
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(format!(
            "there is no group `{unknown}`; the groups are {}",
            names.join(", ")
        )
        .into());
    }
    println!(
        "{:52} {:>6} {:>15} {:>11} {:>11}",
        "ours / theirs", "median", "quartiles", "ours", "theirs"
    );
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|one| one == name);
    for (name, measure) in GROUPS {
        if is_wanted(name) {
            measure()?;
        }
    }
    Ok(())
}

fn show(name: &str, ratio: Ratio) {
    let Ratio {
        low,
        median,
        high,
        ours,
        theirs,
    } = ratio;
    println!(
        "{name:52} {median:6.3} {:>15} {:>11} {:>11}",
        format!("{low:.3} to {high:.3}"),
        unit(ours),
        unit(theirs)
    );
}

fn unit(nanoseconds: f64) -> String {
    match nanoseconds {
        small if small < 1e4 => format!("{small:.1} ns"),
        middle if middle < 1e7 => format!("{:.1} µs", middle / 1e3),
        large => format!("{:.1} ms", large / 1e6),
    }
}

fn sids() -> Result<(), Failure> {
    let regex = regex::Regex::new(PATTERN)?;
    let regress = regress::Regex::new(PATTERN)?;
    let ours = || talking::parse_sid(black_box(SID));
    show(
        "parse a SID / regex",
        compare(PAIRS, ours, || regex.is_match(black_box(SID))),
    );
    show(
        "parse a SID / regress",
        compare(PAIRS, ours, || regress.find(black_box(SID)).is_some()),
    );
    Ok(())
}

fn requests() -> Result<(), Failure> {
    let config = talking::config();
    let (channel, plain_channel) = (talking::channel()?, PlainChannel::new());
    let (update, plain_update) = (talking::update()?, PlainUpdate::new());
    let ours = || {
        black_box(&channel)
            .to_request(&config)
            .map(|request| request.body().len())
    };
    show(
        "encode ten fields / serde_urlencoded, format!",
        compare(PAIRS, ours, || black_box(&plain_channel).url_and_form()),
    );
    show(
        "encode ten fields / the same and http's builder",
        compare(PAIRS, ours, || black_box(&plain_channel).request()),
    );
    let ours = || {
        black_box(&update)
            .to_request(&config)
            .map(|request| request.body().len())
    };
    show(
        "encode path and two fields / serde_urlencoded, format!",
        compare(PAIRS, ours, || black_box(&plain_update).url_and_form()),
    );
    show(
        "encode path and two fields / the same and http's builder",
        compare(PAIRS, ours, || black_box(&plain_update).request()),
    );
    Ok(())
}

fn responses() -> Result<(), Failure> {
    let ours = || talking::decode::<CreateChannel>(talking::response(black_box(CHANNEL)));
    show(
        "decode a channel / serde_json, strings for SIDs",
        compare(PAIRS, ours, || {
            let (head, body) = talking::response(black_box(CHANNEL)).into_parts();
            (
                serde_json::from_slice::<PlainChannelAnswer>(&body),
                head,
                body,
            )
        }),
    );
    show(
        "decode a channel / serde_json, the same struct",
        compare(PAIRS, ours, || {
            let (head, body) = talking::response(black_box(CHANNEL)).into_parts();
            (talking::same_channel(&body), head, body)
        }),
    );
    let ours = || {
        talking::decode::<UpdateInteractionChannel>(talking::response(black_box(
            INTERACTION_CHANNEL,
        )))
    };
    show(
        "decode an interaction channel / serde_json, strings",
        compare(PAIRS, ours, || {
            let (head, body) = talking::response(black_box(INTERACTION_CHANNEL)).into_parts();
            (
                serde_json::from_slice::<PlainInteractionChannel>(&body),
                head,
                body,
            )
        }),
    );
    show(
        "decode an interaction channel / the same struct",
        compare(PAIRS, ours, || {
            let (head, body) = talking::response(black_box(INTERACTION_CHANNEL)).into_parts();
            (talking::same_interaction_channel(&body), head, body)
        }),
    );
    Ok(())
}

fn generation() -> Result<(), Failure> {
    let small = [generating::source(FLEX)];
    show(
        "generate five operations / serde_yaml",
        against_parsing(&small, 41),
    );
    let middle = [generating::source(&synthetic::description(73))];
    show(
        "generate 73 synthetic operations / serde_yaml",
        against_parsing(&middle, 41),
    );
    let corpus = generating::corpus();
    if corpus.is_empty() {
        println!("not measured, since CRATEWRIGHT_CORPUS is not set: the corpus");
        return Ok(());
    }
    let largest = corpus.iter().max_by_key(|source| source.text().len());
    if let Some(largest) = largest {
        let name = format!("generate {} / serde_yaml", largest.label());
        show(&name, against_parsing(std::slice::from_ref(largest), 21));
    }
    show(
        "generate the corpus / serde_yaml",
        against_parsing(&corpus, 11),
    );
    Ok(())
}

fn against_parsing(sources: &[Source], pairs: usize) -> Ratio {
    compare(
        pairs,
        || generating::generate(black_box(sources)),
        || generating::parse(black_box(sources)),
    )
}

fn unions() -> Result<(), Failure> {
    for count in [1, 100] {
        let body = unions::figures(count);
        show(
            &format!("decode {count} of a union / serde's internal tag"),
            compare(
                PAIRS,
                || unions::decode_figures(black_box(&body)),
                || unions::plain_figures(black_box(&body)),
            ),
        );
    }
    let body = unions::stream(1000);
    show(
        "read 1,000 events / lines of a text and serde",
        compare(
            FEW_PAIRS,
            || unions::events(black_box(&body)),
            || unions::plain_events(black_box(&body)),
        ),
    );
    show(
        "read 1,000 events / lines of a reader and serde",
        compare(
            FEW_PAIRS,
            || unions::events(black_box(&body)),
            || unions::plain_stream(black_box(&body)),
        ),
    );
    Ok(())
}

/// What a union without a tag takes, by its levels and by its length.
fn depth() -> Result<(), Failure> {
    println!(
        "\n{:>10} {:>10} {:>12} {:>14}",
        "levels", "bytes", "decode", "per byte"
    );
    for levels in [10_usize, 20, 40, 80] {
        let body = unions::tree(levels);
        let ratio = compare(
            PAIRS,
            || unions::decode_tree(black_box(&body)),
            || body.clone(),
        );
        show_size(levels, body.len(), ratio);
    }
    println!(
        "\n{:>10} {:>10} {:>12} {:>14}",
        "figures", "bytes", "decode", "per byte"
    );
    for count in [100, 1000, 10_000, 100_000] {
        let body = unions::figures(count);
        let ratio = compare(
            11,
            || unions::decode_figures(black_box(&body)),
            || body.clone(),
        );
        show_size(count, body.len(), ratio);
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a size to be read by people")]
fn show_size(count: usize, bytes: usize, ratio: Ratio) {
    println!(
        "{count:>10} {bytes:>10} {:>12} {:>11.2} ns",
        unit(ratio.ours),
        ratio.ours / bytes as f64
    );
}
