//! Generates the clients of the descriptions, as one crate, which src/lib.rs includes.

use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Options, generate};
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
    let options = Options::new(env::var("CARGO_PKG_NAME")?, env::var("CARGO_PKG_VERSION")?);
    let generation = generate(&sources, &options).unwrap_or_else(|diagnostics| {
        eprintln!("{}", diagnostics.render(&sources, false));
        process::exit(1)
    });
    let out = PathBuf::from(env::var("OUT_DIR")?).join("clients");
    write(&generation.files, &out, &WriteOptions::default())?;
    turn_on_apis(generation.files.get("Cargo.toml").unwrap_or_default());
    // `include!` takes items; documentation of the including crate is that crate's own.
    let lib = generation.files.get("src/lib.rs").unwrap_or_default();
    let items = lib.lines().filter(|line| !line.starts_with("//!"));
    fs::write(
        out.join("src/items.rs"),
        items.collect::<Vec<_>>().join("\n"),
    )?;
    Ok(())
}

/// The APIs are there without features of this crate for them; the others of the generated crate are known, and off.
fn turn_on_apis(manifest: &str) {
    let features = manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1);
    for line in features.take_while(|line| !line.starts_with('[')) {
        let Some((feature, _)) = line.split_once(" = ") else {
            continue;
        };
        println!("cargo::rustc-check-cfg=cfg(feature, values(\"{feature}\"))");
        if feature.ends_with("-v1") {
            println!("cargo::rustc-cfg=feature=\"{feature}\"");
        }
    }
}
