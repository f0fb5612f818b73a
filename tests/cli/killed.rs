//! A run is killed at many moments: the crate is the old one or the new one, or the next run puts it in order.

use crate::project::{Project, WORK_FOLDER};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Moments over the whole of a run, in a thorough run of the tests; else a third of them.
const MOMENTS: u32 = 30;
/// Runs that have to be killed while files move, in a thorough run of the tests; else a third of them.
const AMONG_MOVES: u32 = 12;
/// How many runs are started for that at most.
const ATTEMPTS: u32 = 100;

/// A number, or a third of it unless `.ci/run` asks for all.
fn share_of(number: u32) -> u32 {
    if env::var_os("CRATEWRIGHT_THOROUGH").is_some() {
        number
    } else {
        number / 3
    }
}

const OLD: &[&str] = &["--spec", "spec/piers.yaml", "--out", "generated"];
const NEW: &[&str] = &[
    "--spec",
    "spec/piers.yaml",
    "--out",
    "generated",
    "--operations",
    "FetchPier0",
    "--crate-version",
    "0.2.0",
];
/// Enough resources for the moving of their files to take a while.
const PIERS: usize = 60;
const UNMANAGED: [&str; 4] = [
    "generated/Cargo.lock",
    "generated/notes.txt",
    "generated/src/mine.rs",
    "generated/target/debug/x",
];

type Files = BTreeMap<String, String>;

/// What a run had come to when it was killed.
#[derive(Debug, PartialEq)]
enum Left {
    /// Nothing had moved.
    Old,
    /// Files were moving: the next run puts them back first.
    Among,
    /// All had moved.
    New,
}

fn piers() -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Piers, version: '1'}\npaths:\n".to_owned();
    for pier in 0..PIERS {
        text += &format!(
            "  /v1/Piers{pier}:\n    get: {{operationId: FetchPier{pier}, tags: [Pier{pier}], responses: {{'204': {{description: None}}}}}}\n"
        );
    }
    text
}

/// What cratewright wrote, or a killed run left of it; unmanaged files and the work folder are none of it.
fn crate_of(project: &Project) -> Files {
    let root = project.path("generated");
    let name = |path: &Path| {
        path.strip_prefix(&root)
            .ok()
            .map(|path| path.display().to_string())
    };
    let all = project.files().into_iter();
    let named =
        all.filter_map(|(path, bytes)| Some((name(&path)?, String::from_utf8(bytes).unwrap())));
    named
        .filter(|(path, _)| !UNMANAGED.contains(&format!("generated/{path}").as_str()))
        .filter(|(path, _)| !path.starts_with(WORK_FOLDER))
        .collect()
}

fn generate<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["generate"], arguments].concat()
}

/// A project, and what the two crates are.
struct Setting {
    project: Project,
    old: Files,
    new: Files,
}

impl Setting {
    fn new() -> Self {
        let project = Project::new();
        project.put("spec/piers.yaml", &piers());
        for path in UNMANAGED {
            project.put(path, "unmanaged");
        }
        let mut setting = Self {
            project,
            old: Files::new(),
            new: Files::new(),
        };
        setting.write(NEW);
        setting.new = crate_of(&setting.project);
        setting.write(OLD);
        setting.old = crate_of(&setting.project);
        assert!(
            setting
                .old
                .keys()
                .any(|path| !setting.new.contains_key(path)),
            "something is stale"
        );
        setting
    }

    /// Runs to the end, and returns whether a killed run had to be put in order first.
    fn write(&self, arguments: &[&str]) -> bool {
        let ran = self.project.run(&generate(arguments));
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(!self.project.path("generated").join(WORK_FOLDER).exists());
        ran.stderr.contains("warning[interrupted]")
    }

    fn start(&self) -> Child {
        let mut command = self.project.command(&generate(NEW));
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Looks at what a killed run left, and has the next run make one of the two of it.
    fn examine(&self, mut run: Child) -> Left {
        run.kill().unwrap();
        run.wait().unwrap();
        for path in UNMANAGED {
            assert_eq!(self.project.get(path), "unmanaged", "{path}");
        }
        let files = crate_of(&self.project);
        for (path, text) in &files {
            let whole = [self.old.get(path), self.new.get(path)];
            assert!(
                whole.contains(&Some(text)),
                "{path} is neither the old nor the new one:\n{text}"
            );
        }
        let journal = self
            .project
            .path("generated")
            .join(WORK_FOLDER)
            .join("journal.json");
        let left = if journal.exists() {
            Left::Among
        } else if files == self.old {
            Left::Old
        } else {
            assert_eq!(files, self.new);
            Left::New
        };
        let again = if files.len().is_multiple_of(2) {
            OLD
        } else {
            NEW
        };
        assert_eq!(self.write(again), left == Left::Among);
        let wanted = if again == OLD { &self.old } else { &self.new };
        assert_eq!(crate_of(&self.project), *wanted);
        for path in UNMANAGED {
            assert_eq!(self.project.get(path), "unmanaged", "{path}");
        }
        self.write(OLD);
        left
    }
}

#[test]
fn at_moments_over_the_whole_run() {
    let setting = Setting::new();
    let begin = Instant::now();
    assert!(setting.start().wait().unwrap().success());
    let whole = begin.elapsed();
    setting.write(OLD);
    let moments = share_of(MOMENTS);
    for moment in 0..moments {
        let run = setting.start();
        thread::sleep(whole * moment / moments);
        setting.examine(run);
    }
}

#[test]
fn while_files_move() {
    let setting = Setting::new();
    let work = setting.project.path("generated").join(WORK_FOLDER);
    let mut among = 0;
    for attempt in 0..ATTEMPTS {
        let mut run = setting.start();
        while !fs::exists(work.join("journal.json")).unwrap() && run.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(20));
        }
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_micros(u64::from(attempt % AMONG_MOVES) * 100) {
            thread::sleep(Duration::from_micros(20));
        }
        among += u32::from(setting.examine(run) == Left::Among);
        if among == share_of(AMONG_MOVES) {
            eprintln!("{among} of {} runs", attempt + 1);
            return;
        }
    }
    assert!(
        among > 0,
        "{ATTEMPTS} runs, and none was killed while files moved"
    );
}
