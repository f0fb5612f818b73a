//! Generates the clients of the descriptions, as one crate, which src/lib.rs includes.

use cratewright::output::{WriteOptions, write};
use cratewright::source::Source;
use cratewright::{Options, generate};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=descriptions");
    let mut paths = Vec::new();
    for entry in fs::read_dir("descriptions")? {
        paths.push(entry?.path());
    }
    paths.sort();
    let sources = paths.iter().map(|path| Source::read(Path::new(path)));
    let sources = sources.collect::<Result<Vec<_>, _>>()?;
    let options = Options::new(env::var("CARGO_PKG_NAME")?, env::var("CARGO_PKG_VERSION")?);
    let generation = generate(&sources, &options).unwrap_or_else(|diagnostics| {
        eprintln!("{}", diagnostics.render(&sources, false));
        process::exit(1)
    });
    let out = PathBuf::from(env::var("OUT_DIR")?).join("clients");
    write(&generation.files, &out, &WriteOptions::default())?;
    // `include!` takes items; documentation of the including crate is that crate's own. The descriptions have no features.
    let lib = generation.files.get("src/lib.rs").unwrap_or_default();
    let items = lib.lines().filter(|line| !line.starts_with("//!") && !line.starts_with("#[cfg(feature = \""));
    fs::write(out.join("src/items.rs"), items.collect::<Vec<_>>().join("\n"))?;
    Ok(())
}
