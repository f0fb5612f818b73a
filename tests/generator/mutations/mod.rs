//! Descriptions with one thing wrong: nothing panics or hangs, and whatever is refused is refused at the place.
//!
//! A few hundred mutations of our own descriptions are part of `cargo test`. The long run takes the descriptions of the folder
//! `CRATEWRIGHT_CORPUS`, and compiles a sample of what is generated:
//! `CRATEWRIGHT_CORPUS=… CRATEWRIGHT_MUTATIONS=10000 cargo test --release --test generator mutations -- --ignored --nocapture`.

mod mutation;
mod node;
#[path = "../../support/yaml.rs"]
mod yaml;

use crate::support::{cargo, corpus};
use cratewright::diagnostics::{Diagnostic, Diagnostics, Severity};
use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Generation, Options, generate};
use mutation::{Mutated, Mutation, mutations};
use node::Node;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What the largest description takes, many times over; ten times that without optimisation.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// Crates of the long run that are compiled.
const SAMPLES: usize = 32;

#[test]
fn of_our_own() {
    let descriptions = descriptions(&[
        "tests/fixtures",
        "tests/many",
        "tests/document/references",
        "tests/cli",
    ]);
    let config = Config {
        cases: 600,
        failure_persistence: None,
        ..Config::default()
    };
    // The same ones in every run: what fails is found again.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&mutations(), |mutation| {
        examine(&descriptions, &mutation)
            .map(|_| ())
            .map_err(proptest::test_runner::TestCaseError::fail)
    });
    if let Err(TestError::Fail(reason, mutation)) = result {
        panic!("{reason}\n{mutation:?}");
    }
}

#[test]
#[ignore = "a long run, which needs CRATEWRIGHT_CORPUS, a folder of published descriptions"]
fn of_published_descriptions() {
    let number = |name: &str, default| {
        env::var(name).map_or(default, |number| number.parse().expect("a number"))
    };
    let (count, seed) = (
        number("CRATEWRIGHT_MUTATIONS", 1000),
        number("CRATEWRIGHT_SEED", 1),
    );
    let descriptions = descriptions(&[corpus()]);
    let mut runner = TestRunner::new(Config {
        rng_seed: proptest::test_runner::RngSeed::Fixed(seed as u64),
        ..Config::default()
    });
    let mut tally = Tally::default();
    for index in 0..count {
        let mutation = mutations().new_tree(&mut runner).unwrap().current();
        tally.add(&mutation, examine(&descriptions, &mutation), index, count);
    }
    println!("{}", tally.report());
    compile(&tally.samples);
    assert!(tally.failures.is_empty(), "{}", tally.failures.join("\n\n"));
}

/// Every description in these folders that generates as it is, with its name.
fn descriptions<P: AsRef<Path>>(folders: &[P]) -> Vec<(String, Node)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = BTreeMap::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                let text = fs::read_to_string(&path).unwrap();
                let name = path.display().to_string();
                if run(&text).is_ok() {
                    let value = serde_yaml::from_str(&yaml::with_floats(&text)).unwrap();
                    found.insert(name, Node::of(&value));
                }
            }
        }
    }
    assert!(!found.is_empty());
    found.into_iter().collect()
}

fn run(text: &str) -> Result<Generation, (Diagnostics, String)> {
    let sources = [Source::new("mutated", text)];
    generate(&sources, &Options::new("mutated", "0.1.0")).map_err(|diagnostics| {
        let rendered = diagnostics.render(&sources, false);
        (diagnostics, rendered)
    })
}

/// A mutation that was survived.
struct Survived {
    took: Duration,
    /// The crate, or the codes of the errors.
    outcome: Result<Generation, Vec<&'static str>>,
}

fn examine(descriptions: &[(String, Node)], mutation: &Mutation) -> Result<Survived, String> {
    let (name, description) = &descriptions[mutation.description % descriptions.len()];
    let mutated = mutation.apply(description);
    let start = Instant::now();
    let Ok(result) = catch_unwind(|| run(&mutated.text)) else {
        return Err(kept("a panic", name, mutation, &mutated));
    };
    let took = start.elapsed();
    if took > LIMIT {
        return Err(kept(&format!("{took:?}"), name, mutation, &mutated));
    }
    let outcome = match result {
        Ok(generation) => Ok(generation),
        Err((diagnostics, rendered)) => {
            let source = [Source::new("mutated", mutated.text.as_str())];
            let errors = diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error);
            // What a reference brings in stands elsewhere, and a warning says which reference it is.
            let is_brought_in = diagnostics.iter().any(|one| {
                let place = source[0].place(&one.at);
                one.message.starts_with("OpenAPI has no `$ref` here")
                    && place.is_some_and(|place| mutated.lines.contains(&place.line))
            });
            for error in errors.clone().filter(|_| !is_brought_in) {
                if let Some(reason) = misplaced(error, &source[0], &mutated) {
                    let reason = format!("{reason}, not in {:?}:\n{rendered}", mutated.lines);
                    return Err(kept(&reason, name, mutation, &mutated));
                }
            }
            Err(errors.map(|error| error.code).collect())
        }
    };
    Ok(Survived { took, outcome })
}

/// Why an error does not lead to what was mutated.
fn misplaced(error: &Diagnostic, source: &Source, mutated: &Mutated) -> Option<String> {
    let Some(place) = source.place(&error.at) else {
        return Some(format!("no place: {error}"));
    };
    // What is missing is missed elsewhere, and what is there twice may be reported for either.
    let says = format!(
        "{} {}",
        error.message,
        error.help.as_deref().unwrap_or_default()
    );
    let is_named = mutated
        .names
        .iter()
        .any(|name| says.contains(name.as_str()));
    // Without the only operation, it is the paths that have none.
    let is_about_all = error.code == "no-operations";
    let leads = mutated.lines.contains(&place.line) || is_named || is_about_all;
    (!leads).then(|| format!("line {}", place.line))
}

/// Says what went wrong, and keeps the text where someone can look at it.
fn kept(reason: &str, name: &str, mutation: &Mutation, mutated: &Mutated) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    fs::create_dir_all(&folder).unwrap();
    let mut path = folder.join("0");
    for number in 1.. {
        if !path.exists() {
            break;
        }
        path = folder.join(number.to_string());
    }
    fs::write(&path, &mutated.text).unwrap();
    format!("{name}, kept as {}: {mutation:?}\n{reason}", path.display())
}

#[derive(Default)]
struct Tally {
    slowest: Duration,
    total: Duration,
    generated: usize,
    codes: BTreeMap<&'static str, usize>,
    failures: Vec<String>,
    samples: Vec<Generation>,
}

impl Tally {
    fn add(
        &mut self,
        mutation: &Mutation,
        result: Result<Survived, String>,
        index: usize,
        count: usize,
    ) {
        let Survived { took, outcome } = match result {
            Ok(survived) => survived,
            Err(failure) => {
                eprintln!("{failure}\n");
                self.failures.push(failure);
                return;
            }
        };
        self.slowest = self.slowest.max(took);
        self.total += took;
        match outcome {
            Ok(generation) => {
                self.generated += 1;
                let due = self.samples.len() * count < index * SAMPLES;
                if due && !matches!(mutation.kind, mutation::Kind::Reverse) {
                    self.samples.push(generation);
                }
            }
            Err(codes) => {
                for code in codes {
                    *self.codes.entry(code).or_default() += 1;
                }
            }
        }
    }

    fn report(&self) -> String {
        let mut text = format!(
            "generated {}, failures {}, slowest {:?}, in all {:?}\n",
            self.generated,
            self.failures.len(),
            self.slowest,
            self.total
        );
        for (code, times) in &self.codes {
            writeln!(text, "  {times:>6} {code}").unwrap();
        }
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        text + peak.unwrap_or_default()
    }
}

/// Compiles crates in one workspace.
fn compile(samples: &[Generation]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = tempfile::tempdir().unwrap();
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crate-*\"]\n";
    fs::write(workspace.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), workspace.path().join("Cargo.lock")).unwrap();
    for (index, generation) in samples.iter().enumerate() {
        let folder = workspace.path().join(format!("crate-{index}"));
        write(&generation.files, &folder, &WriteOptions::default()).unwrap();
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let named = text.replacen("\"mutated\"", &format!("\"mutated-{index}\""), 1);
        fs::write(manifest, named).unwrap();
    }
    let status = cargo()
        .args(["check", "--workspace", "--offline", "--quiet"])
        .current_dir(workspace.path())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures"),
        )
        .env("RUSTFLAGS", "--deny warnings")
        .status();
    assert!(
        status.unwrap().success(),
        "see {}",
        workspace.keep().display()
    );
}
