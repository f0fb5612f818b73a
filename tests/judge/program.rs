//! A program that decodes values as types of a generated crate and writes them again.

use crate::target::Target;
use cratewright::Generation;
use cratewright::output::{WriteOptions, write};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What the program made of a value.
pub struct Decoded {
    /// The value as it is written again.
    pub value: Value,
    /// The path and the reason of each deviation.
    pub deviations: Vec<(String, String)>,
}

impl Decoded {
    /// Returns the paths of the deviations.
    pub fn paths(&self) -> Vec<String> {
        self.deviations
            .iter()
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Returns the deviations as a sentence.
    pub fn listed(&self) -> String {
        let listed = self.deviations.iter();
        let listed = listed.map(|(path, reason)| format!("{path}: {reason}"));
        listed.collect::<Vec<_>>().join("; ")
    }
}

/// The program, compiled.
pub struct Program {
    path: PathBuf,
    /// Where the crate is, as long as the program is used.
    _folder: tempfile::TempDir,
}

impl Program {
    pub fn build<'t>(
        generation: &Generation,
        features: impl Iterator<Item = &'t str>,
        targets: impl Iterator<Item = &'t Target>,
    ) -> Self {
        let features: Vec<&str> = features.collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&generation.files, folder.path(), &WriteOptions::default())
            .expect("the crate is written");
        std::fs::create_dir_all(folder.path().join("examples")).expect("a folder for the program");
        std::fs::write(folder.path().join("examples/judge.rs"), source(targets))
            .expect("the program is written");
        let target = std::env::var_os("CRATEWRIGHT_JUDGE_TARGET").map_or_else(
            || std::env::temp_dir().join("cratewright-judge"),
            PathBuf::from,
        );
        let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "build",
                "--quiet",
                "--no-default-features",
                "--example",
                "judge",
                "--features",
                &features.join(","),
            ])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the crate does not compile");
        Self {
            path: target.join("debug/examples/judge"),
            _folder: folder,
        }
    }

    /// Decodes values, each as the type of an index; returns what is written of each, and its deviations.
    pub fn run<'v>(
        &self,
        values: impl Iterator<Item = (usize, &'v Value)>,
    ) -> Vec<Result<Decoded, String>> {
        let mut input = String::new();
        for (index, value) in values {
            let _ = writeln!(input, "{index}\t{value}");
        }
        let mut child = Command::new(&self.path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("the program ends");
        writer
            .join()
            .expect("no panic")
            .expect("the program reads all");
        assert!(output.status.success(), "the program fails");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines()
            .map(|line| {
                let mut result: Value = serde_json::from_str(line).expect("JSON");
                match result["error"].as_str() {
                    Some(error) => Err(error.to_owned()),
                    None => {
                        let deviations = serde_json::from_value(result["deviations"].take())
                            .expect("pairs of texts");
                        Ok(Decoded {
                            value: result["value"].take(),
                            deviations,
                        })
                    }
                }
            })
            .collect()
    }
}

fn source<'t>(targets: impl Iterator<Item = &'t Target>) -> String {
    let mut text = String::from(
        "use std::io::BufRead as _;\n\n\
         fn judge<T: judged_client::Decode + serde::Serialize>(text: &str) -> serde_json::Value {\n    \
             match judged_client::decode::<T>(&bytes::Bytes::copy_from_slice(text.as_bytes())) {\n        \
                 Ok(decoded) => match serde_json::to_value(&decoded.value) {\n            \
                     Ok(value) => {\n                \
                         let deviations: Vec<_> = decoded.deviations.iter().map(|one| (one.path(), one.reason())).collect();\n                \
                         serde_json::json!({ \"value\": value, \"deviations\": deviations })\n            \
                     }\n            \
                     Err(error) => serde_json::json!({ \"error\": format!(\"cannot be written: {error}\") }),\n        \
                 },\n        \
                 Err(error) => serde_json::json!({ \"error\": error.to_string() }),\n    \
             }\n}\n\n\
         const JUDGES: &[fn(&str) -> serde_json::Value] = &[\n",
    );
    for target in targets {
        let _ = writeln!(text, "    judge::<{}>,", target.path);
    }
    text.push_str(
        "];\n\n\
         fn main() {\n    \
             for line in std::io::stdin().lock().lines() {\n        \
                 let line = line.expect(\"a line\");\n        \
                 let (index, text) = line.split_once('\\t').expect(\"a tab\");\n        \
                 let index: usize = index.parse().expect(\"an index\");\n        \
                 println!(\"{}\", JUDGES[index](text));\n    \
             }\n}\n",
    );
    text
}
