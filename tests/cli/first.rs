//! The first minutes: `init`, and what shells, manual readers and editors are given.

use crate::project::{CONFIG, HARBOUR, Project, lines_of_json};
use tempfile::TempDir;

#[test]
fn init_writes_a_configuration_that_generates() {
    let project = Project(TempDir::new().unwrap());
    project.put("api/openapi.yaml", HARBOUR);
    project.put("api/notes.yaml", "not: one\n");
    let ran = project.run(&["init"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    insta::assert_snapshot!(ran.stdout + &project.get("cratewright.toml"));
    assert_eq!(project.run(&["generate"]).status, 0);
    assert_eq!(project.run(&["check"]).status, 0);
    let again = project.run(&["init"]);
    assert_eq!((again.status, again.stdout.as_str()), (2, ""));
}

#[test]
fn init_takes_what_is_named_and_asks_for_what_is_not_clear() {
    let project = Project(TempDir::new().unwrap());
    let nothing = project.run(&["init"]);
    project.put("a.yaml", HARBOUR);
    project.put("b.json", "{\"openapi\": \"2.0\"}");
    let several = project.run(&["init"]);
    let broken = project.run(&["init", "b.json"]);
    assert!(!project.path("cratewright.toml").exists());
    let named = [
        "init",
        "--spec",
        "a.yaml",
        "--package",
        "pier",
        "--out",
        "crates/pier",
        "--message-format",
        "json",
    ];
    let line = &lines_of_json(&project.run(&named).stdout)[0];
    assert_eq!(
        (&line["package"], &line["out"], &line["spec"]),
        (&"pier".into(), &"crates/pier".into(), &"a.yaml".into())
    );
    insta::assert_snapshot!([nothing, several, broken].map(|ran| ran.shown()).concat());
}

#[test]
fn shells_and_manual_readers_get_every_command() {
    let project = Project::new();
    let commands = [
        "init", "generate", "check", "inspect", "diff", "fetch", "explain", "schema", "man",
    ];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = project.run(&["completions", shell]);
        assert_eq!(ran.status, 0);
        for command in commands {
            assert!(ran.stdout.contains(command), "{shell} {command}");
        }
    }
    let manual = project.run(&["man"]);
    for command in commands {
        let name = format!("cratewright\\-{command}");
        assert!(manual.stdout.contains(&name), "{name}");
    }
}

/// The schema in docs/, which editors can be pointed to, is the one that the command prints.
#[test]
fn the_schema_is_the_one_in_docs() {
    let project = Project::new();
    let ran = project.run(&["schema"]);
    let docs = include_str!("../../docs/cratewright.schema.json");
    assert_eq!(
        ran.stdout, docs,
        "`cratewright schema > docs/cratewright.schema.json`"
    );
    let page = include_str!("../../docs/configuration.md");
    let schema: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let keys = &schema["properties"]["crate"]["items"]["properties"];
    for key in keys.as_object().unwrap().keys() {
        assert!(
            page.contains(&format!("`{key}`")) || page.contains(&format!("`{key}.")),
            "{key} is not in docs/configuration.md"
        );
    }
}

#[test]
fn no_output_but_errors() {
    let project = Project::new();
    let spec = HARBOUR.replacen("openapi: 3.0.3", "openapi: 3.0.3\nopenApi: 3", 1);
    project.put("spec/harbour.yaml", &spec);
    let quiet = project.run(&["generate", "--quiet"]);
    assert_eq!(
        (quiet.status, quiet.shown().lines().count()),
        (0, 3),
        "{}",
        quiet.shown()
    );
    project.put("cratewright.toml", &CONFIG.replace("package", "packages"));
    let wrong = project.run(&["-q", "generate"]);
    assert!(
        wrong.stderr.contains("did you mean `package`?"),
        "{}",
        wrong.shown()
    );
}
