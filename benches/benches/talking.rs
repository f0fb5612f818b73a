//! SIDs, requests and responses, beside the same by hand.

use cratewright_benches::talking::{
    self, CHANNEL, INTERACTION_CHANNEL, PATTERN, PlainChannel, PlainChannelAnswer,
    PlainInteractionChannel, PlainUpdate, SID,
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use twilio_flex::Operation;
use twilio_flex::channel::CreateChannel;
use twilio_flex::interaction_channel::UpdateInteractionChannel;

fn sid(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sid");
    let regex = regex::Regex::new(PATTERN).expect("a pattern");
    let regress = regress::Regex::new(PATTERN).expect("a pattern");
    group.bench_function("parse", |b| b.iter(|| talking::parse_sid(black_box(SID))));
    group.bench_function("regex", |b| b.iter(|| regex.is_match(black_box(SID))));
    group.bench_function("regress", |b| {
        b.iter(|| regress.find(black_box(SID)).is_some())
    });
    group.finish();
}

fn encode(criterion: &mut Criterion) {
    let config = talking::config();
    let mut group = criterion.benchmark_group("encode");
    let (channel, plain) = (talking::channel().expect("a request"), PlainChannel::new());
    group.bench_function("ten_fields", |b| {
        b.iter(|| black_box(&channel).to_request(&config))
    });
    group.bench_function("ten_fields/urlencoded", |b| {
        b.iter(|| black_box(&plain).url_and_form())
    });
    group.bench_function("ten_fields/urlencoded_and_http", |b| {
        b.iter(|| black_box(&plain).request())
    });
    let (update, plain) = (talking::update().expect("a request"), PlainUpdate::new());
    group.bench_function("path", |b| {
        b.iter(|| black_box(&update).to_request(&config))
    });
    group.bench_function("path/urlencoded", |b| {
        b.iter(|| black_box(&plain).url_and_form())
    });
    group.bench_function("path/urlencoded_and_http", |b| {
        b.iter(|| black_box(&plain).request())
    });
    group.finish();
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode");
    group.bench_function("channel", |b| {
        b.iter(|| talking::decode::<CreateChannel>(talking::response(black_box(CHANNEL))));
    });
    group.bench_function("channel/plain", |b| {
        b.iter(|| {
            let response = talking::response(black_box(CHANNEL));
            (
                serde_json::from_slice::<PlainChannelAnswer>(response.body()),
                response,
            )
        });
    });
    group.bench_function("interaction_channel", |b| {
        b.iter(|| {
            talking::decode::<UpdateInteractionChannel>(talking::response(black_box(
                INTERACTION_CHANNEL,
            )))
        });
    });
    group.bench_function("interaction_channel/plain", |b| {
        b.iter(|| {
            let response = talking::response(black_box(INTERACTION_CHANNEL));
            (
                serde_json::from_slice::<PlainInteractionChannel>(response.body()),
                response,
            )
        });
    });
    group.finish();
}

criterion_group!(benches, sid, encode, decode);
criterion_main!(benches);
