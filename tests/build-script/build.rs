//! Generates the client of harbour.yaml, which src/lib.rs includes as a module.

use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

const DESCRIPTION: &str = "harbour.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DESCRIPTION}");
    let sources = [Source::read(Path::new(DESCRIPTION))?];
    let options = Options::new(env::var("CARGO_PKG_NAME")?, env::var("CARGO_PKG_VERSION")?);
    let generation = generate(&sources, &options).unwrap_or_else(|diagnostics| {
        eprintln!("{}", diagnostics.render(&sources, false));
        process::exit(1)
    });
    for warning in &generation.analysis.warnings {
        println!("cargo::warning={warning}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("client");
    write(&generation.files, &out, &WriteOptions::default())?;
    compare_manifests(generation.files.get("Cargo.toml").unwrap_or_default())?;
    let lib = out.join("src/lib.rs");
    fs::write(
        out.with_file_name("apis.rs"),
        format!("/// The harbour.\n#[path = {lib:?}]\npub mod harbour;\n"),
    )?;
    Ok(())
}

/// A feature or dependency that a newer cratewright wants has to be in this manifest too.
fn compare_manifests(generated: &str) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=Cargo.toml");
    let own = fs::read_to_string("Cargo.toml")?;
    let own: Vec<&str> = section(&own).collect();
    for line in section(generated).filter(|line| !own.contains(line)) {
        println!("cargo::error=Cargo.toml lacks what the generated crate needs: {line}");
    }
    Ok(())
}

/// The features and dependencies of a manifest.
fn section(manifest: &str) -> impl Iterator<Item = &str> {
    let from = manifest.lines().skip_while(|line| *line != "[features]");
    from.take_while(|line| !line.starts_with("[lints"))
}
