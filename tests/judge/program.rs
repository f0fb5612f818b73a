//! A program that decodes values as types of a generated crate and writes them again.

use cratewright::Generation;
use cratewright::output::{WriteOptions, write};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The types of a crate that have a component of their own, by the name of that.
pub struct Types(Vec<(String, String)>);

impl Types {
    pub fn indices(&self) -> impl Iterator<Item = (&String, usize)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, (component, _))| (component, index))
    }
}

/// Returns the types of a crate that is made of one description.
pub fn types(generation: &Generation) -> Types {
    let mut found = Vec::new();
    for (_, api) in generation.analysis.krate.apis() {
        for (module, resource) in &api.resources {
            let models = resource.models.iter().map(|one| (&one.pointer, &one.name));
            let enums = resource.enums.iter().map(|one| (&one.pointer, &one.name));
            let unions = resource.unions.iter().map(|one| (&one.pointer, &one.name));
            for (pointer, name) in models.chain(enums).chain(unions) {
                let component = pointer.strip_prefix("/components/schemas/");
                if let Some(component) = component.filter(|rest| !rest.contains('/')) {
                    found.push((
                        component.to_owned(),
                        format!("judged_client::{module}::{name}"),
                    ));
                }
            }
        }
    }
    found.sort();
    Types(found)
}

/// The program, compiled.
pub struct Program {
    path: PathBuf,
    /// Where the crate is, as long as the program is used.
    _folder: tempfile::TempDir,
}

impl Program {
    pub fn build(generation: &Generation, types: &Types) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&generation.files, folder.path(), &WriteOptions::default())
            .expect("the crate is written");
        std::fs::create_dir_all(folder.path().join("examples")).expect("a folder for the program");
        std::fs::write(folder.path().join("examples/judge.rs"), source(types))
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
    ) -> Vec<Result<(Value, Vec<String>), String>> {
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
                        let deviations =
                            serde_json::from_value(result["deviations"].take()).expect("texts");
                        Ok((result["value"].take(), deviations))
                    }
                }
            })
            .collect()
    }
}

fn source(types: &Types) -> String {
    let mut text = String::from(
        "use std::io::BufRead as _;\n\n\
         fn judge<T: judged_client::Decode + serde::Serialize>(text: &str) -> serde_json::Value {\n    \
             match judged_client::decode::<T>(&bytes::Bytes::copy_from_slice(text.as_bytes())) {\n        \
                 Ok(decoded) => match serde_json::to_value(&decoded.value) {\n            \
                     Ok(value) => {\n                \
                         let deviations: Vec<String> = decoded.deviations.iter().map(ToString::to_string).collect();\n                \
                         serde_json::json!({ \"value\": value, \"deviations\": deviations })\n            \
                     }\n            \
                     Err(error) => serde_json::json!({ \"error\": format!(\"cannot be written: {error}\") }),\n        \
                 },\n        \
                 Err(error) => serde_json::json!({ \"error\": error.to_string() }),\n    \
             }\n}\n\n\
         const JUDGES: &[fn(&str) -> serde_json::Value] = &[\n",
    );
    for (_, path) in &types.0 {
        let _ = writeln!(text, "    judge::<{path}>,");
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
