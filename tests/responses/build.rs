//! Generates the clients of the descriptions as one crate, each as a module of the name of its file.

use cratewright::module_path::ModulePath;
use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Input, Options, generate};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, process};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=descriptions");
    let mut paths = Vec::new();
    for entry in fs::read_dir("descriptions")? {
        paths.push(entry?.path());
    }
    paths.sort();
    let sources = paths.iter().map(|path| Source::read(path));
    let sources = sources.collect::<Result<Vec<_>, _>>()?;
    let mut inputs = Vec::new();
    for (path, source) in paths.iter().zip(&sources) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let module = ModulePath::parse(&name).map_err(|problem| problem.message)?;
        inputs.push(Input::new(source).in_module(module));
    }
    let options = Options::new(env::var("CARGO_PKG_NAME")?, env::var("CARGO_PKG_VERSION")?);
    let generation = generate(inputs, &options).unwrap_or_else(|diagnostics| {
        eprintln!("{}", diagnostics.render(&sources, false));
        process::exit(1)
    });
    let out = PathBuf::from(env::var("OUT_DIR")?).join("clients");
    write(&generation.files, &out, &WriteOptions::default())?;
    // `include!` takes items; documentation of the including crate is that crate's own. The descriptions have no features.
    let lib = generation.files.get("src/lib.rs").unwrap_or_default();
    let is_feature = |line: &str| {
        line.strip_prefix("#[cfg(feature = \"")
            .is_some_and(|rest| !rest.starts_with("test-util"))
    };
    let items = lib
        .lines()
        .filter(|line| !line.starts_with("//!") && !is_feature(line));
    fs::write(
        out.join("src/items.rs"),
        items.collect::<Vec<_>>().join("\n"),
    )?;
    Ok(())
}
