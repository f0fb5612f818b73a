//! What the system refuses: space, rights, places. The crate stays as it was, and so does everything around it.

#![cfg(unix)]

use crate::project::{HARBOUR, Project, Ran, WORK_FOLDER};
use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const NEW: &str = "generate --spec spec/harbour.yaml --out generated --operations FetchPier";

fn crate_of(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = project.files().into_iter();
    files
        .filter(|(path, _)| path.starts_with(project.path("generated")))
        .collect()
}

/// Runs a line of shell in which `$0` is cratewright.
fn shell(project: &Project, line: &str) -> Ran {
    let mut command = Command::new("sh");
    command
        .args(["-c", line, env!("CARGO_BIN_EXE_cratewright")])
        .current_dir(project.path(""))
        .env_remove("CARGO_PKG_NAME");
    Ran::of(&command.output().unwrap())
}

/// A limit on the size of files is met at the first file that is larger, as a full disk is.
#[test]
fn files_that_cannot_be_written_to_their_end() {
    let project = Project::generated();
    let before = crate_of(&project);
    let mut refused = 0;
    for blocks in 0.. {
        let ran = shell(
            &project,
            &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {NEW}"),
        );
        if ran.status == 0 {
            break;
        }
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(
            ran.stderr.starts_with("error[io]: cannot write"),
            "{}",
            ran.stderr
        );
        assert!(crate_of(&project) == before, "after {blocks} blocks");
        refused += 1;
    }
    assert!(refused > 1, "the limit was met");
    assert!(!project.path("generated").join(WORK_FOLDER).exists());
    assert_ne!(crate_of(&project), before);
}

#[test]
#[ignore = "needs `unshare`, and a system that allows it"]
fn a_disk_that_is_full() {
    let project = Project::generated();
    project.sink_the_ships();
    let before = crate_of(&project);
    fs::rename(project.path("generated"), project.path("kept")).unwrap();
    fs::create_dir(project.path("generated")).unwrap();
    let kilobytes = before
        .values()
        .map(|bytes| bytes.len().div_ceil(4096) * 4)
        .sum::<usize>();
    let mut refused = 0;
    for more in [20, 40, 60, 80, 100, 400] {
        let line = format!(
            "mount -t tmpfs -o size={}k tmpfs generated && cp -R kept/. generated || exit 75
             \"$0\" generate; status=$?; rm -rf after; cp -R generated after; exit $status",
            kilobytes + more
        );
        let mut command = Command::new("unshare");
        command
            .args([
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                &line,
                env!("CARGO_BIN_EXE_cratewright"),
            ])
            .current_dir(project.path(""))
            .env_remove("CARGO_PKG_NAME");
        let ran = Ran::of(&command.output().unwrap());
        assert!(
            project.path("after").exists(),
            "there is no disk of our own to fill: {}",
            ran.stderr
        );
        let after: BTreeMap<PathBuf, Vec<u8>> = project
            .files()
            .into_iter()
            .filter_map(|(path, bytes)| {
                let inside = path.strip_prefix(project.path("after")).ok()?;
                Some((project.path("generated").join(inside), bytes))
            })
            .collect();
        if ran.status == 0 {
            assert_ne!(after, before);
        } else {
            refused += 1;
            assert!(
                ran.stderr.starts_with("error[io]: cannot "),
                "{}",
                ran.stderr
            );
            assert!(after == before, "with {more} KiB: {:?}", after.keys());
        }
    }
    assert!(refused > 0, "the disk was full");
}

#[test]
fn a_folder_that_is_read_only() {
    let project = Project::generated();
    let folder = project.path("generated");
    let mode = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    // Where this user may do anything, another one runs it.
    let cratewright = project.path("cratewright");
    fs::copy(env!("CARGO_BIN_EXE_cratewright"), &cratewright).unwrap();
    mode(&project.path(""), 0o755);
    mode(&folder, 0o555);
    let may_do_anything = File::create(folder.join("probe")).is_ok();
    let run = || {
        let mut command = Command::new(&cratewright);
        command.arg("generate").current_dir(project.path(""));
        command.env_remove("CARGO_PKG_NAME");
        if may_do_anything {
            fs::remove_file(folder.join("probe")).ok();
            command.uid(65534).gid(65534);
        }
        Ran::of(&command.output().unwrap())
    };
    let up_to_date = run();
    project.sink_the_ships();
    let before = crate_of(&project);
    let refused = run();
    mode(&folder, 0o755);
    assert_eq!(up_to_date.status, 0, "{}", up_to_date.stderr);
    assert_eq!(refused.status, 2);
    assert_eq!(crate_of(&project), before);
    assert!(
        refused
            .stderr
            .starts_with("error[io]: cannot write to `generated`"),
        "{}",
        refused.stderr
    );
}

/// A file of the crate that is another file too is replaced and not written into.
#[test]
fn a_hard_link_to_a_file_outside() {
    let project = Project::generated();
    let lib = project.get("generated/src/lib.rs");
    fs::rename(
        project.path("generated/src/lib.rs"),
        project.path("outside.rs"),
    )
    .unwrap();
    fs::hard_link(
        project.path("outside.rs"),
        project.path("generated/src/lib.rs"),
    )
    .unwrap();
    project.sink_the_ships();
    let ran = project.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_ne!(project.get("generated/src/lib.rs"), lib);
    assert_eq!(project.get("outside.rs"), lib);
}

#[test]
fn folders_that_hold_an_input() {
    let project = Project::new();
    let start = HARBOUR.find("    harbour.v1.ship:").unwrap();
    let description =
        HARBOUR[..start].to_owned() + "    harbour.v1.ship: {$ref: '../shared/ship.yaml#/ship'}\n";
    project.put("spec/harbour.yaml", &description);
    project.put(
        "shared/ship.yaml",
        "ship: {type: object, properties: {name: {type: string}}}\n",
    );
    project.put("deep/src/lib.rs", "ship: {type: object}\n");
    project.put(
        "spec/deep.yaml",
        &description.replace("../shared/ship.yaml", "../deep/src/lib.rs"),
    );
    project.put(
        "fixes/overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions: [{target: $.info, update: {version: '2'}}]\n",
    );
    let two = |first: &str, second: &str| {
        let entry = |package: &str, out: &str| {
            format!(
                "[[crate]]\npackage = \"{package}\"\nspec = \"spec/harbour.yaml\"\nout = \"{out}\"\n\n"
            )
        };
        entry("first", first) + &entry("second", second)
    };
    project.put(
        "config/cratewright.toml",
        &two("a", ".").replace("spec/", "../spec/"),
    );
    project.put(
        "two.toml",
        &two("generated", "fixes").replacen("\n\n", "\noverlays = [\"fixes/overlay.yaml\"]\n\n", 1),
    );
    let before = project.files();
    let mut shown = String::new();
    for arguments in [
        "--spec spec/harbour.yaml --package harbour --out shared",
        "--spec spec/harbour.yaml --package harbour --overlay fixes/overlay.yaml --out fixes",
        "--spec spec/harbour.yaml --package harbour --out generated/../shared/.",
        "--spec spec/deep.yaml --package harbour --out deep --force",
        "--config config/cratewright.toml",
        "--config two.toml",
    ] {
        let all: Vec<&str> = ["generate"]
            .into_iter()
            .chain(arguments.split(' '))
            .collect();
        let ran = project.run(&all);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments}");
        shown += &format!("$ cratewright generate {arguments}\n{}\n", ran.stderr);
    }
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(shown);
}
