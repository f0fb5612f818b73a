//! Descriptions to crates, beside the parsing alone; `CRATEWRIGHT_CORPUS` adds a folder of descriptions.

use cratewright::source::Source;
use cratewright_benches::generating::{self, FLEX};
use cratewright_benches::synthetic;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

fn generate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("generate");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));
    let mut cases = vec![
        ("five".to_owned(), vec![generating::source(FLEX)]),
        (
            "synthetic_73".to_owned(),
            vec![generating::source(&synthetic::description(73))],
        ),
    ];
    let corpus = generating::corpus();
    let one_by_one = |source: &Source| (source.label().to_string(), vec![source.clone()]);
    cases.extend(corpus.iter().map(one_by_one));
    if !corpus.is_empty() {
        cases.push(("corpus".to_owned(), corpus));
    }
    for (name, sources) in &cases {
        let bytes: usize = sources.iter().map(|source| source.text().len()).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |b| {
            b.iter(|| generating::generate(black_box(sources)))
        });
        group.bench_function(format!("{name}/serde_yaml"), |b| {
            b.iter(|| generating::parse(black_box(sources)))
        });
    }
    group.finish();
}

fn curve(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("curve");
    group.sample_size(10);
    for operations in [1250_u32, 5000, 20_000] {
        let source = [generating::source(&synthetic::description(
            operations as usize,
        ))];
        group.throughput(Throughput::Elements(operations.into()));
        group.bench_with_input(
            BenchmarkId::from_parameter(operations),
            &source,
            |b, source| {
                b.iter(|| generating::generate(black_box(source)));
            },
        );
    }
    group.finish();
}

criterion_group!(benches, generate, curve);
criterion_main!(benches);
