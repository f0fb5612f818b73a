//! A crate whose modules of operations are features.

use crate::project::Project;
use tempfile::TempDir;

const CONFIG: &str = r#"[[crate]]
package = "harbour"
out = "harbour"
spec = "harbour.yaml"
features = "modules"
"#;

fn generated() -> Project {
    let project = Project(TempDir::new().unwrap());
    project.put("cratewright.toml", CONFIG);
    project.put("harbour.yaml", include_str!("modules.yaml"));
    assert_eq!(project.run(&["generate"]).status, 0);
    project
}

#[test]
fn modules_can_be_features() {
    let project = generated();
    let manifest = project.get("harbour/Cargo.toml");
    let features = "full = [\n    \"crew\",\n    \"piers\",\n    \"ships\",\n]\ncrew = []\npiers = []\nships = []\n";
    assert!(manifest.contains(features), "{manifest}");
    let lib = project.get("harbour/src/lib.rs");
    let module = "#[cfg(feature = \"crew\")]\npub mod crew;\npub mod models;\n";
    assert!(lib.contains(module), "{lib}");
}

/// A type that only some modules use is there with one of their features.
#[test]
fn types_are_there_for_the_modules_that_use_them() {
    let project = generated();
    let files = [
        "models.rs",
        "models/of_piers_and_ships.rs",
        "models/of_ships.rs",
    ];
    let shown = files.map(|file| {
        let text = project.get(&format!("harbour/src/{file}"));
        format!("// {file}\n{text}")
    });
    insta::assert_snapshot!(shown.join("\n"));
}

/// The crate compiles without a warning with each feature alone, and with all.
#[test]
#[ignore = "compiles a crate: `cargo test --test cli -- --ignored modules`"]
fn crates_with_each_feature_compile() {
    let project = generated();
    for feature in ["test-util", "client", "ships", "piers", "crew", "full"] {
        let build = [
            "clippy",
            "--all-targets",
            "--no-default-features",
            "--features",
            feature,
        ];
        project.cargo("harbour", &[&build[..], &["--", "-D", "warnings"]].concat());
    }
    project.cargo("harbour", &["test", "--all-features"]);
}
