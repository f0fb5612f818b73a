//! `cratewright diff`: files, revisions, formats and what makes it fail.

use crate::project::{CONFIG, HARBOUR, Project, lines_of_json};
use std::fmt::Write as _;
use std::process::Command;

/// A later version: a parameter, a field that has another name, and prose.
pub(crate) fn later() -> String {
    HARBOUR
        .replace("description: Fetches a ship.", "description: Gets a ship.")
        .replace(
            "      operationId: FetchPier\n",
            "      operationId: FetchPier\n      deprecated: true\n",
        )
        .replace(
            "        name:\n          description: What the pier",
            "        label:\n          description: What the pier",
        )
}

impl Project {
    /// Runs git in the project, with nothing taken from the user's own configuration.
    pub(crate) fn git(&self, args: &[&str]) {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=Someone",
                "-c",
                "user.email=someone@example.com",
                "-c",
                "init.defaultBranch=main",
            ])
            .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
            .args(args)
            .current_dir(self.path(""))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }
}

fn project() -> Project {
    let project = Project::new();
    project.put("old.yaml", HARBOUR);
    project.put("new.yaml", &later());
    project
}

#[test]
fn says_what_changed_in_each_format() {
    let project = project();
    let mut shown = String::new();
    for format in ["text", "markdown", "json", "github", "sarif"] {
        let ran = project.run(&[
            "diff",
            "old.yaml",
            "new.yaml",
            "--format",
            format,
            "--crate-version",
            "0.3.1",
        ]);
        writeln!(shown, "=== {format}\n{}", ran.shown()).unwrap();
    }
    insta::assert_snapshot!(shown);
    let lines = project.run(&["diff", "old.yaml", "new.yaml", "--message-format", "json"]);
    let lines = lines_of_json(&lines.stdout);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["kind"], "diff");
    assert_eq!(lines[0]["summary"]["rust"], "major");
}

#[test]
fn fails_on_what_it_is_told_to() {
    let project = project();
    project.put(
        "prose.yaml",
        &HARBOUR.replace("Fetches a ship.", "Gets a ship."),
    );
    let status = |new: &str, fail_on: &[&str]| {
        let args: Vec<&str> = ["diff", "old.yaml", new]
            .iter()
            .chain(fail_on)
            .copied()
            .collect();
        project.run(&args).status
    };
    let (breaking, any) = (["--fail-on", "breaking"], ["--fail-on", "any"]);
    assert_eq!(status("new.yaml", &[]), 0);
    assert_eq!(status("new.yaml", &breaking), 1);
    assert_eq!(status("new.yaml", &any), 1);
    assert_eq!(status("prose.yaml", &breaking), 0);
    assert_eq!(status("prose.yaml", &any), 1);
    assert_eq!(status("old.yaml", &any), 0);
    assert_eq!(status("none.yaml", &any), 2);
}

#[test]
fn compares_what_is_asked_for() {
    let project = project();
    let ran = project.run(&["diff", "old.yaml", "new.yaml", "--operations", "FetchShip"]);
    assert!(
        ran.stdout
            .contains("`ships::FetchShip`: description changed"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("FetchPier"), "{}", ran.stdout);
    let overlay = "overlay: 1.0.0\ninfo: {title: Harbour, version: 1.0.0}\nactions:\n  - target: $.paths['/v1/Piers/{Sid}'].get\n    update: {deprecated: true}\n";
    project.put("overlay.yaml", overlay);
    let ran = project.run(&["diff", "old.yaml", "new.yaml", "--overlay", "overlay.yaml"]);
    assert!(!ran.stdout.contains("deprecated"), "{}", ran.stdout);
}

#[test]
fn reads_revisions() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    project.put("spec/old.yaml", HARBOUR);
    project.commit("first");
    project.put("spec/harbour.yaml", &later());
    let ran = project.run(&["diff", "HEAD:spec/harbour.yaml", "spec/harbour.yaml"]);
    assert!(
        ran.stdout.contains("HEAD:spec/harbour.yaml:"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        ran.stdout,
        project
            .run(&["diff", "HEAD:./spec/harbour.yaml", "spec/harbour.yaml"])
            .stdout
            .replace("HEAD:./", "HEAD:")
    );
    project.commit("second");
    let ran = project.run(&[
        "diff",
        "HEAD~1:spec/harbour.yaml",
        "HEAD:spec/harbour.yaml",
        "--fail-on",
        "any",
    ]);
    assert_eq!(ran.status, 1, "{}", ran.shown());
    // From a folder below, git's own paths and those of the folder.
    let below = |old: &str| {
        let mut command = project.command(&["diff", old, "harbour.yaml", "--fail-on", "any"]);
        command
            .current_dir(project.path("spec"))
            .output()
            .unwrap()
            .status
            .code()
    };
    assert_eq!(below("HEAD:spec/old.yaml"), Some(1));
    assert_eq!(below("HEAD:old.yaml"), Some(1));
    assert_eq!(below("HEAD:harbour.yaml"), Some(0));
    let absolute = format!("HEAD:{}", project.path("spec/old.yaml").display());
    assert_eq!(below(&absolute), Some(1));
}

/// What a description refers to is read as it was, too.
#[test]
fn follows_references_at_the_revision() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    let start = HARBOUR.find("    harbour.v1.pier:\n").unwrap();
    let end = HARBOUR.find("    harbour.v1.ship:\n").unwrap();
    let moved = HARBOUR[start..end].replace("    harbour.v1.pier:\n", "pier:\n");
    let without = HARBOUR[..start].to_owned()
        + "    harbour.v1.pier: {$ref: 'parts/pier.yaml#/pier'}\n"
        + &HARBOUR[end..];
    project.put("spec/harbour.yaml", &without);
    project.put("spec/parts/pier.yaml", &moved);
    project.commit("first");
    project.put("spec/parts/pier.yaml", &moved.replace("name:", "label:"));
    let ran = project.run(&["diff", "HEAD:spec/harbour.yaml", "spec/harbour.yaml"]);
    assert!(
        ran.stdout.contains("HEAD:spec/parts/pier.yaml:"),
        "{}",
        ran.shown()
    );
    assert!(
        ran.stdout
            .contains("`pier::Pier`: renamed field `name` to `label`"),
        "{}",
        ran.shown()
    );
}

#[test]
fn a_file_with_a_colon_is_a_file() {
    let project = project();
    project.put("HEAD:new.yaml", &later());
    assert_eq!(
        project
            .run(&["diff", "old.yaml", "HEAD:new.yaml", "--fail-on", "any"])
            .status,
        1
    );
}

#[test]
fn says_why_a_revision_cannot_be_read() {
    let project = project();
    let mut shown = String::new();
    let mut add = |what: &str, old: &str| {
        let mut command = project.command(&["diff", old, "new.yaml"]);
        command.env(
            "GIT_CEILING_DIRECTORIES",
            project.path("..").canonicalize().unwrap(),
        );
        let ran = crate::project::Ran::of(&command.output().unwrap());
        writeln!(shown, "=== {what}\n{}", ran.shown()).unwrap();
    };
    add("no repository", "HEAD:old.yaml");
    project.git(&["init", "--quiet"]);
    project.commit("first");
    add("no such revision", "v9:old.yaml");
    add("no such file", "HEAD:gone.yaml");
    add("no revision at all", ":old.yaml");
    add("an option", "--upload-pack=x:old.yaml");
    add("a dash", "./-x:old.yaml");
    let mut command = project.command(&["diff", "HEAD:old.yaml", "new.yaml"]);
    let ran = crate::project::Ran::of(&command.env("PATH", "").output().unwrap());
    writeln!(shown, "=== no git\n{}", ran.shown()).unwrap();
    insta::assert_snapshot!(shown);
}

#[test]
fn says_what_is_wrong_with_the_descriptions() {
    let project = project();
    project.put("broken.yaml", "openapi: 3.0.3\ninfo: {}\n");
    let mut shown = String::new();
    for args in [
        &["diff", "old.yaml"] as &[&str],
        &["diff", "gone.yaml", "missing.yaml"],
        &["diff", "old.yaml", "broken.yaml"],
        &["diff", "old.yaml", "new.yaml", "--operations", "FetchShop"],
        &["diff", "old.yaml", "new.yaml", "--crate-version", "1"],
        &["diff", "old.yaml", "new.yaml", "--fail-on", "rain"],
    ] {
        writeln!(
            shown,
            "=== {}\n{}",
            args.join(" "),
            project.run(args).shown()
        )
        .unwrap();
    }
    insta::assert_snapshot!(shown);
}

/// The rules of the crate whose description is compared, and of no other.
#[test]
fn rules_of_the_project_decide() {
    let project = Project::new();
    project.put("old.yaml", HARBOUR);
    project.put("spec/harbour.yaml", &later());
    let run = |rules: &str, new: &str| {
        project.put("cratewright.toml", &format!("{CONFIG}{rules}"));
        project.run(&["diff", "old.yaml", new, "--fail-on", "breaking"])
    };
    let rule = |text: &str| format!("\n[[crate.report]]\n{text}\n");
    let renamed = rule("code = \"field-renamed\"\nlevel = \"notice\"\nreason = \"ours\"");
    assert_eq!(run("", "spec/harbour.yaml").status, 1);
    assert_eq!(run(&renamed, "spec/harbour.yaml").status, 0);
    project.put("new.yaml", &later());
    assert_eq!(run(&renamed, "new.yaml").status, 1);

    let docs = rule("code = \"docs-changed\"\nlevel = \"ignore\"");
    let ran = run(&docs, "spec/harbour.yaml");
    assert!(!ran.stdout.contains("docs-changed"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("1 change is ignored by the rules."),
        "{}",
        ran.stdout
    );
    let raised = rule("at = \"ships::*\"\nlevel = \"breaking\"") + &renamed;
    let ran = run(&raised, "spec/harbour.yaml");
    assert!(
        ran.stdout
            .contains("Breaking (1)\n  patch  `ships::FetchShip`"),
        "{}",
        ran.stdout
    );
    let wrong = [
        rule("code = \"field-renamd\"\nlevel = \"ignore\""),
        rule("level = \"quiet\""),
        rule("cod = \"docs-changed\"\nlevel = \"ignore\""),
    ];
    let mut shown = String::new();
    for rule in wrong {
        let ran = run(&rule, "spec/harbour.yaml");
        assert_eq!(ran.status, 2);
        writeln!(shown, "{}", ran.stderr).unwrap();
    }
    insta::assert_snapshot!(shown);
}
