//! Every valid value survives: random values of every schema of a description, valid by a validator of JSON Schema that is
//! not ours, come back equal and without a deviation; a value with one fault has exactly that deviation. What the generator
//! expects of an example agrees with what the crate makes of all of these values.
//!
//! `cargo run -p cratewright-judge -- DESCRIPTION...`: the descriptions are made into a crate, which is compiled with a
//! program that decodes and writes values. The exit status is 1 when a value does not come back. `JUDGE_SEED` and
//! `JUDGE_VALUES` set where the random numbers begin and how many values are made of each schema.

mod fault;
mod instance;
mod pattern;
mod place;
mod program;
mod random;
mod same;
mod scalar;
mod schema;
mod target;
mod validity;
mod verdict;
mod wild;
#[path = "../support/yaml.rs"]
mod yaml;

use cratewright::lower::Checker;
use cratewright::module_path::ModulePath;
use cratewright::source::Source;
use cratewright::{Generation, Input, Options, generate};
use fault::Fault;
use instance::Instances;
use program::{Decoded, Program};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use target::Target;
use validity::Validity;
use verdict::Verdict;

/// Where the random numbers begin.
const SEED: u64 = 13;
/// Values made of each schema.
const VALUES: u64 = 24;
/// How many more are tried where not all are valid.
const TRIES: u64 = 4;
/// Values of each schema that are sent with a fault as well.
const FAULTY: usize = 12;
/// Failures that are shown of each description.
const SHOWN: usize = 40;

/// A description, as the validator has it.
struct Described {
    label: String,
    /// Where its API is in the crate; none where it has the crate to itself.
    module: Option<ModulePath>,
    /// The feature that has the module.
    feature: Option<String>,
    description: Value,
}

/// A value that is sent through the crate, and what is expected of it.
struct Case {
    target: usize,
    value: Value,
    sent: Sent,
}

/// What is wrong with a value that is sent.
enum Sent {
    /// Nothing.
    Valid,
    /// One fault.
    Faulty(Fault),
    /// Faults at any place: only the generator has to know what comes of them.
    Wild,
}

fn main() -> ExitCode {
    let setting = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
    };
    let (seed, values) = (setting("JUDGE_SEED", SEED), setting("JUDGE_VALUES", VALUES));
    println!("seed {seed}, {values} values of each schema");
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let sources = paths.iter().map(|path| Source::read(path));
    let sources: Vec<Source> = sources
        .collect::<Result<_, _>>()
        .expect("the descriptions can be read");
    let described: Vec<Described> = paths
        .iter()
        .map(|path| described(path, paths.len() == 1))
        .collect();
    let inputs = sources.iter().zip(&described).map(|(source, one)| {
        let input = Input::new(source);
        match &one.module {
            Some(module) => input.in_module(module.clone()),
            None => input,
        }
    });
    let options = Options::new("judged-client", "0.1.0");
    let generation = generate(inputs, &options).unwrap_or_else(|diagnostics| {
        println!("{}", diagnostics.render(&sources, false));
        std::process::exit(1)
    });
    if judge(&generation, &described, seed, values) == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints what went wrong with the values of each description, and returns how many there are.
fn judge(generation: &Generation, described: &[Described], seed: u64, values: u64) -> usize {
    let targets: Vec<Vec<Target>> = described
        .iter()
        .map(|one| target::targets(generation, one.module.as_ref(), &one.description))
        .collect();
    let program = Program::build(
        generation,
        described.iter().filter_map(|one| one.feature.as_deref()),
        targets.iter().flatten(),
    );
    let mut before = 0;
    let (mut valid, mut faulty, mut wild, mut failures) = (0, 0, 0, 0);
    for (one, targets) in described.iter().zip(&targets) {
        let cases = cases(targets, &one.description, seed, values);
        let sent = cases.iter().map(|case| (before + case.target, &case.value));
        let results = program.run(sent);
        let mut wrong = wrong(targets, &cases, &results);
        wrong.extend(disagreements(generation, one, targets, &cases, &results));
        let count = |is_counted: fn(&Sent) -> bool| {
            let counted = cases.iter().filter(|case| is_counted(&case.sent));
            counted.count()
        };
        let of_valid = count(|sent| matches!(sent, Sent::Valid));
        let with_fault = count(|sent| matches!(sent, Sent::Faulty(_)));
        println!(
            "{}: {} types, {of_valid} valid values, {with_fault} with a fault, {} wild, {} failures",
            one.label,
            targets.len(),
            cases.len() - of_valid - with_fault,
            wrong.len()
        );
        for problem in wrong.iter().take(SHOWN) {
            println!("  {problem}");
        }
        before += targets.len();
        valid += of_valid;
        faulty += with_fault;
        wild += cases.len() - of_valid - with_fault;
        failures += wrong.len();
    }
    println!(
        "{valid} valid values, {faulty} with a fault, {wild} wild, {failures} did not come back as they should"
    );
    failures
}

/// Returns what is wrong with the results.
fn wrong(targets: &[Target], cases: &[Case], results: &[Result<Decoded, String>]) -> Vec<String> {
    let mut problems = Vec::new();
    for (case, result) in cases.iter().zip(results) {
        let verdict = match &case.sent {
            Sent::Valid => Verdict::of_valid(&case.value, result),
            Sent::Faulty(fault) => Verdict::of_fault(&case.value, fault, result),
            Sent::Wild => Verdict::Right,
        };
        if let Verdict::Wrong(problem) = verdict {
            let (pointer, value) = (&targets[case.target].pointer, &case.value);
            problems.push(format!("`{pointer}` {problem}: {value}"));
        }
    }
    problems
}

/// Returns where the generator expects other deviations of a value than the crate finds.
fn disagreements(
    generation: &Generation,
    described: &Described,
    targets: &[Target],
    cases: &[Case],
    results: &[Result<Decoded, String>],
) -> Vec<String> {
    let apis = generation.analysis.krate.apis();
    let mut apis =
        apis.filter(|(module, _)| described.module.as_ref().is_none_or(|one| one == *module));
    let (_, api) = apis.next().expect("the API of the description");
    let checker = Checker::new(&api.resources, &api.sids);
    let mut problems = Vec::new();
    for (case, result) in cases.iter().zip(results) {
        let target = &targets[case.target];
        let mut expected = checker.deviations_of(&target.ty, &case.value);
        let mut found = result.as_ref().ok().map(Decoded::paths);
        for paths in [&mut expected, &mut found].into_iter().flatten() {
            paths.sort_unstable();
        }
        if expected != found {
            let (pointer, value) = (&target.pointer, &case.value);
            problems.push(format!(
                "`{pointer}` is expected to deviate at {expected:?}, and does at {found:?}: {value}"
            ));
        }
    }
    problems
}

fn described(path: &Path, is_alone: bool) -> Described {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = stem
        .chars()
        .map(|one| {
            if one.is_ascii_alphanumeric() {
                one.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    let module = ModulePath::parse(&name).map_err(|problem| problem.message);
    Described {
        label: path.display().to_string(),
        module: (!is_alone).then(|| module.expect("the file's name is one of a module")),
        feature: (!is_alone).then(|| name.replace('_', "-")),
        description: schema::as_json_schema(&read(path)),
    }
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the description can be read");
    match serde_json::from_str(&text) {
        Ok(description) => description,
        Err(_) => serde_yaml::from_str(&yaml::with_floats(&text)).expect("YAML or JSON"),
    }
}

fn cases(targets: &[Target], description: &Value, seed: u64, values: u64) -> Vec<Case> {
    let validity = Validity::new(description);
    let mut cases = Vec::new();
    let mut without = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        let (Some(schema), Some(validator)) = (
            description.pointer(&target.pointer),
            validity.of(&target.pointer),
        ) else {
            without.push(target.pointer.as_str());
            continue;
        };
        let number = u64::try_from(index).unwrap_or_default();
        let mut instances = Instances::new(description, seed.wrapping_add(number));
        let mut made: Vec<Value> = Vec::new();
        let wanted = values.max(instance::choices(description, schema));
        for _ in 0..wanted * TRIES {
            if made.len() as u64 >= wanted {
                break;
            }
            let value = instances.of(schema).filter(|value| !value.is_null());
            let value = value.filter(|value| validator.is_valid(value));
            made.extend(value.filter(|value| !made.contains(value)));
        }
        if made.is_empty() {
            without.push(&target.pointer);
        }
        for value in made.iter().take(FAULTY) {
            let faults = fault::faults(description, schema, value, &mut instances.random);
            cases.extend(faults.into_iter().map(|(value, fault)| Case {
                target: index,
                value,
                sent: Sent::Faulty(fault),
            }));
            let wild = wild::wild(value, &mut instances.random);
            cases.extend(wild.into_iter().map(|value| Case {
                target: index,
                value,
                sent: Sent::Wild,
            }));
        }
        cases.extend(made.into_iter().map(|value| Case {
            target: index,
            value,
            sent: Sent::Valid,
        }));
    }
    if !without.is_empty() {
        println!("  no values of {}", without.join(", "));
    }
    cases
}
