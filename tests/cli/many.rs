//! A crate of several descriptions, from the command line and from cratewright.toml.

use crate::project::{HARBOUR, Project, Ran, lines_of_json};

const LIST: &str = "\
[[crate]]
package = \"coast\"
out = \"generated\"
spec = [\"spec/harbour.yaml\", { path = \"spec/pier.yaml\", module = \"pier::v9\" }]
";

/// A project with two descriptions, and a configuration that makes one crate of them.
fn coast() -> Project {
    let project = Project::new();
    project.put("spec/pier.yaml", HARBOUR);
    project.put("cratewright.toml", LIST);
    project
}

fn fine(ran: &Ran) -> &str {
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    &ran.stdout
}

#[test]
fn a_list_makes_one_crate() {
    let project = coast();
    let ran = project.run(&["generate"]);
    assert_eq!(fine(&ran).lines().count(), 1, "{}", ran.stdout);
    let manifest = project.get("generated/Cargo.toml");
    assert!(manifest.contains("\npier-v9 = []\n"), "{manifest}");
    assert!(project.path("generated/src/pier/v9/mod.rs").exists());
    assert_eq!(project.run(&["check"]).status, 0);

    project.put("cratewright.toml", &LIST.replace("pier::v9", "pier::v10"));
    assert_eq!(project.run(&["check"]).status, 1);
    fine(&project.run(&["generate"]));
    assert!(!project.path("generated/src/pier/v9").exists());
}

#[test]
fn an_argument_says_where_an_api_stands() {
    let project = coast();
    let args = ["generate", "--out", "generated", "--package", "coast"];
    let specs = [
        "--spec",
        "spec/harbour.yaml",
        "--spec",
        "pier::v9=spec/pier.yaml",
    ];
    fine(&project.run(&[args.as_slice(), specs.as_slice()].concat()));
    assert!(project.path("generated/src/pier/v9/mod.rs").exists());

    // A file that is there is meant, whatever its name.
    project.put("pier=old.yaml", HARBOUR);
    let specs = ["--spec", "pier=old.yaml", "--force"];
    fine(&project.run(&[args.as_slice(), specs.as_slice()].concat()));
    assert!(!project.path("generated/src/pier").exists());
}

#[test]
fn arguments_make_the_same_crate_in_any_order() {
    let project = Project::new();
    let pier = HARBOUR.replacen("title: ", "title: Old ", 1);
    assert_ne!(pier, HARBOUR);
    project.put("spec/pier.yaml", &pier);
    let generate = |one: &str, other: &str, out: &str| {
        let args = [
            "--spec",
            one,
            "--spec",
            other,
            "--out",
            out,
            "--package",
            "coast",
        ];
        fine(&project.run(&[&["generate"], args.as_slice()].concat()));
        project.get(&format!("{out}/.cratewright.json"))
    };
    assert_eq!(
        generate("spec/harbour.yaml", "spec/pier.yaml", "a"),
        generate("spec/pier.yaml", "spec/harbour.yaml", "b")
    );
}

#[test]
fn an_inspection_is_a_list() {
    let project = coast();
    let inspections: serde_json::Value =
        serde_json::from_str(fine(&project.run(&["inspect", "--format", "json"]))).unwrap();
    let modules = |key: &str| -> Vec<String> {
        let all = inspections.as_array().unwrap().iter();
        all.map(|one| one[key].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(modules("module").len(), 2);
    assert_eq!(modules("module")[1], "pier::v9");

    let lines = project.run(&["inspect", "--message-format", "json"]);
    let lines = lines_of_json(fine(&lines));
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["inspection"], inspections[1]);

    let table = project.run(&["inspect"]);
    assert!(fine(&table).contains("\n\npier::v9: "), "{}", table.stdout);
}

#[test]
fn lists_that_are_wrong() {
    let project = coast();
    let mut shown = String::new();
    for spec in [
        "[\"spec/harbour.yaml\", 1]",
        "[\"spec/harbour.yaml\", { path = \"spec/pier.yaml\", modul = \"pier\" }]",
        "[\"spec/harbour.yaml\", { module = \"pier\" }]",
        "[\"spec/harbour.yaml\", { path = \"spec/pier.yaml\", module = \"Pier-V9\" }]",
        "[\"spec/harbour.yaml\", \"spec/harbour.yaml\"]",
        "[\"spec/harbour.yaml\", \"spec/pier.yaml\"]",
        "[\"spec/harbour.yaml\", \"spec/nowhere.yaml\", \"spec/nothing.yaml\"]",
    ] {
        let start = LIST.find("spec = ").unwrap();
        project.put(
            "cratewright.toml",
            &format!("{}spec = {spec}\n", &LIST[..start]),
        );
        let ran = project.run(&["generate"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{spec}");
        shown += &ran.stderr;
    }
    insta::assert_snapshot!(shown);
}
