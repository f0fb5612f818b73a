//! What cratewright.toml decides about a crate: types, names, derives, enums, selection, features and the manifest.

use crate::project::Project;
use std::fs;
use tempfile::TempDir;

const FLEET: &str = include_str!("fleet.yaml");
const CONFIG: &str = r#"[[crate]]
package = "fleet"
out = "fleet"
spec = "fleet.yaml"
"#;

/// Every setting at once; the types are those of a crate beside the generated one.
const SETTINGS: &str = r#"exclude.tags = ["Internal"]
enums = "closed"
enum.Deck = "open"
derives."*" = ["money::Marked", "Clone"]
derives.Ship = ["money::Marked", "money::MarkedAgain"]

[crate.types]
formats = { date-time = "money::Instant", uuid = "String" }
schemas = { Price = "money::Decimal" }

[crate.rename]
types = { Ship = "Vessel" }
operations = { getShip = "Get", "POST /ships" = "Add", listShips = "List" }
modules = { ships = "vessels" }
fields.Ship = { launched = "launch_time" }

[crate.manifest]
license = "MIT"
authors = ["Harbour office"]
publish = false
description = "Ships"

[crate.dependencies]
money = { path = "../money" }
"#;

fn project(settings: &str) -> Project {
    let project = Project(TempDir::new().unwrap());
    project.put("cratewright.toml", &format!("{CONFIG}{settings}"));
    project.put("fleet.yaml", FLEET);
    project
}

#[test]
fn settings_decide_about_the_crate() {
    let project = project(SETTINGS);
    let ran = project.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    let lib = project.get("fleet/src/lib.rs");
    let custom = &lib[lib.find("runtime::custom_types!").unwrap()..];
    let manifest = project.get("fleet/Cargo.toml");
    let parts: Vec<&str> = manifest
        .split("\n[")
        .filter(|part| part.starts_with("package") || part.starts_with("dependencies"))
        .collect();
    let dependency = parts[1].lines().find(|line| line.starts_with("money"));
    insta::assert_snapshot!(
        [
            project.get("fleet/src/vessels.rs").as_str(),
            &project.get("fleet/src/models.rs"),
            custom,
            parts[0],
            dependency.unwrap(),
        ]
        .join("\n=====\n")
    );
    assert!(!project.path("fleet/src/internal.rs").exists());
    assert_eq!(project.run(&["check"]).status, 0);
}

const BODIES: &str = r"openapi: 3.0.3
info: {title: Harbour, version: '1'}
servers: [{url: https://harbour.example.com}]
paths:
  /ships:
    get:
      operationId: listShips
      parameters: [{name: after_ship, in: query, schema: {type: string}}]
      responses:
        '200':
          description: OK
          content:
            application/json: {schema: {$ref: '#/components/schemas/Page'}}
            text/csv: {schema: {type: string}}
    post:
      operationId: addShip
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Ship'}}
          application/json; charset=utf-8: {schema: {$ref: '#/components/schemas/Ship'}}
      responses: {'204': {description: OK}}
  /piers:
    get:
      operationId: listPiers
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {$ref: '#/components/responses/Piers'}}
components:
  responses:
    Piers: {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}, text/csv: {schema: {type: string}}}}
  schemas:
    Page: {type: object, required: [ships], properties: {ships: {type: array, items: {$ref: '#/components/schemas/Ship'}}, resume: {type: string}}}
    Ship: {type: object, properties: {name: {type: string}}}
";

#[test]
fn media_types_are_as_the_settings_say() {
    let inspect = |settings: &str| {
        let project = project(settings);
        project.put("fleet.yaml", BODIES);
        project.run(&["inspect"]).shown()
    };
    let settings = r#"media-types = ["application/json"]
[crate.paging]
listPiers = false
"GET /ships" = { items = "ships", next = { token = "resume", parameter = "after_ship" } }
"#;
    insta::assert_snapshot!([inspect(""), inspect(settings)].join("=====\n"));

    let project = project(settings);
    project.put("fleet.yaml", BODIES);
    let ran = project.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    let ships = project.get("fleet/src/ships.rs");
    assert!(
        !ships.contains("as_form") && !ships.contains("csv"),
        "{ships}"
    );
}

#[test]
fn media_types_that_no_body_has_are_refused() {
    let mut shown = String::new();
    for settings in [
        "media-types = [\"application/jsn\"]",
        "media-types = [\"image/png\"]",
    ] {
        let project = project(settings);
        project.put("fleet.yaml", BODIES);
        let ran = project.run(&["generate"]);
        assert_eq!(ran.status, 2);
        shown += &ran.stderr;
    }
    insta::assert_snapshot!(shown);
}

/// A changed setting is a change for callers, which the manifest knows the old one of.
#[test]
fn a_changed_setting_is_reported() {
    let project = project(SETTINGS);
    assert_eq!(project.run(&["generate"]).status, 0);
    let renamed = SETTINGS.replace("Ship = \"Vessel\"", "Ship = \"Boat\"");
    project.put("cratewright.toml", &format!("{CONFIG}{renamed}"));
    let ran = project.run(&["generate", "--dry-run"]);
    assert!(ran.stdout.contains("Boat"), "{}", ran.shown());
    assert!(ran.stdout.contains("0.1.0 → 0.2.0"), "{}", ran.shown());
}

/// What the user states about pages and streams is like what a description states.
#[test]
fn pages_and_the_ends_of_streams_are_stated() {
    let shown = |settings: &str| {
        let project = Project(TempDir::new().unwrap());
        project.put("cratewright.toml", &format!("{CONFIG}{settings}"));
        project.put("fleet.yaml", LISTS);
        let ran = project.run(&["generate"]);
        let stored = match ran.status {
            0 => project.get("fleet/src/ships.rs"),
            _ => String::new(),
        };
        (ran, stored)
    };
    let (ran, none) = shown("");
    assert_eq!(ran.status, 0, "{}", ran.shown());
    assert!(
        !none.contains("impl Paged for") && none.contains("\"[DONE]\""),
        "{none}"
    );
    let (ran, stated) = shown(
        r#"
[crate.paging]
listShips = { items = "fleet.ships", next = { token = "fleet.then", parameter = "after_ship" } }
[crate.stream-ends]
"*" = ["[END]"]
"#,
    );
    assert_eq!(ran.status, 0, "{}", ran.shown());
    let paged = stated.split_once("const PAGING").unwrap().1;
    insta::assert_snapshot!(paged.split_once("}\n").unwrap().0);
    assert!(
        stated.contains("\"[END]\"") && !stated.contains("\"[DONE]\""),
        "{stated}"
    );
    let mut message = String::new();
    for settings in [
        "paging.listBoats = false",
        "paging.\"GET /ships\" = { next = { cursor = \"then\" } }",
        "paging.listShips = { items = \"ships\", next = { page = \"page\" } }",
        "paging.listShips = { items = \"fleet.ships\", next = { page = \"page\" } }",
        "paging.\"*\" = { itmes = \"ships\" }",
        "paging.listShips = { items = \"fleet.ships\", more = \"done\" }",
        "paging.\"*\" = { size = \"limit\" }",
        "paging.\"*\" = {}",
        "paging.listShips = [\"fleet.ships\"]",
        "paging.listShips = { items = \"fleet..ships\" }",
        "paging.watchShips = { items = \"ships\" }",
        "stream-ends.listBoats = [\"[END]\"]",
    ] {
        let (ran, _) = shown(settings);
        assert_eq!(ran.status, 2, "{settings}: {}", ran.shown());
        message.push_str(&format!("{settings}\n{}\n", ran.stderr));
    }
    // One that fits no list is meant for none.
    assert_eq!(
        shown("paging.\"*\" = { next = { page = \"page\" } }")
            .0
            .status,
        0
    );
    insta::assert_snapshot!("pages_that_are_not_as_stated", message);
}

/// Records that are stated for one list are those of its only page; what is stated for all lists leaves them paged.
#[test]
fn records_that_are_stated_can_be_streamed() {
    let recognised = LISTS
        .replace("after_ship", "cursor")
        .replace("then:", "next_cursor:");
    let shown = |key: &str, description: &str| {
        let settings = format!("paging.\"{key}\" = {{ items = \"fleet.ships\" }}\n");
        let project = Project(TempDir::new().unwrap());
        project.put("cratewright.toml", &format!("{CONFIG}{settings}"));
        project.put("fleet.yaml", description);
        let ran = project.run(&["generate"]);
        assert_eq!(ran.status, 0, "{}", ran.shown());
        let text = project.get("fleet/src/ships.rs");
        let code: String = text.split_whitespace().collect();
        let stated = r#"Streaming::list("application/json",&["fleet","ships"]).may_be_absent()"#;
        assert!(code.contains(stated), "{text}");
        text.contains("impl Paged for")
    };
    assert!(!shown("*", LISTS));
    assert!(!shown("listShips", &recognised));
    assert!(shown("*", &recognised));
}

const LISTS: &str = r##"openapi: 3.1.0
info: { title: Fleet, version: "1" }
servers: [{ url: "https://fleet.example" }]
paths:
  /ships:
    get:
      operationId: listShips
      parameters: [{ name: after_ship, in: query, schema: { type: string } }]
      responses:
        "200":
          description: Ships.
          content: { application/json: { schema: { $ref: "#/components/schemas/Page" } } }
  /ships/events:
    get:
      operationId: watchShips
      responses:
        "200":
          description: What they do.
          content: { text/event-stream: { schema: { $ref: "#/components/schemas/Ship" } } }
components:
  schemas:
    Ship: { type: object, properties: { name: { type: string } } }
    Page:
      type: object
      properties:
        fleet:
          type: object
          properties:
            ships: { type: array, items: { $ref: "#/components/schemas/Ship" } }
            then: { type: string }
"##;

#[test]
fn operations_are_selected_by_id_request_tag_and_path() {
    let files = |settings: &str| {
        let project = project(settings);
        let ran = project.run(&["generate"]);
        assert_eq!(ran.status, 0, "{settings}: {}", ran.shown());
        let mut names: Vec<String> = ["ships", "internal", "models"]
            .into_iter()
            .filter(|name| project.path(&format!("fleet/src/{name}.rs")).exists())
            .map(str::to_owned)
            .collect();
        let ships = fs::read_to_string(project.path("fleet/src/ships.rs")).unwrap_or_default();
        names.extend(
            ["GetShip", "AddShip", "ListShips"]
                .into_iter()
                .filter(|name| ships.contains(&format!("pub struct {name} ")))
                .map(str::to_owned),
        );
        names.join(" ")
    };
    for (settings, expected) in [
        ("operations = [\"ping\"]", "internal"),
        ("operations = [\"GET /internal/ping\"]", "internal"),
        ("operations = [\"get /ships/{id}\"]", "ships models GetShip"),
        ("tags = [\"Internal\"]", "internal"),
        ("paths = [\"/internal/**\"]", "internal"),
        ("paths = [\"/ships\"]", "ships models AddShip ListShips"),
        (
            "tags = [\"Ships\"]\nexclude.operations = [\"addShip\"]",
            "ships models GetShip ListShips",
        ),
        (
            "exclude = { paths = [\"/ships/*\"], tags = [\"Internal\"] }",
            "ships models AddShip ListShips",
        ),
    ] {
        assert_eq!(files(settings), expected, "{settings}");
    }
}

#[test]
fn settings_about_nothing_have_places() {
    let mut shown = String::new();
    for settings in [
        "operations = [\"getShips\"]",
        "tags = [\"Ship\"]",
        "exclude.paths = [\"/boats/**\"]",
        "types.schemas.Prize = \"serde_json::Value\"",
        "types.formats.date-tim = \"String\"",
        "types.formats.date-time = \"jiff::Timestamp\"",
        "derives.Ship = [\"schemars::JsonSchema\"]",
        "rename.types.Ship = \"String\"",
        "rename.types.Ship = \"vessel\"",
        "rename.fields.Ship.prise = \"cost\"",
        "rename.fields.Ship.price = \"self\"",
        "rename.operations.getship = \"Get\"",
        "rename.modules.ship = \"vessels\"",
        "enum.Statuses = \"closed\"",
        "derives.Shop = [\"Eq\"]",
    ] {
        let project = project(settings);
        let ran = project.run(&["generate"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{settings}");
        assert!(
            ran.stderr.starts_with("cratewright.toml:5:"),
            "{}",
            ran.shown()
        );
        shown += &ran.stderr;
    }
    insta::assert_snapshot!(shown);
}

/// The crate of every setting, with types of a crate beside it, compiles without a warning and passes its tests.
#[test]
#[ignore = "compiles a crate: `cargo test --test cli -- --ignored crates_with_settings`"]
fn crates_with_settings_compile() {
    let project = project(&format!("features = \"modules\"\n{SETTINGS}"));
    project.put("money/Cargo.toml", MONEY_MANIFEST);
    project.put("money/src/lib.rs", MONEY);
    project.put("derive/Cargo.toml", DERIVE_MANIFEST);
    project.put("derive/src/lib.rs", DERIVE);
    assert_eq!(project.run(&["generate"]).status, 0);
    let cargo = |arguments: &[&str]| project.cargo("fleet", arguments);
    cargo(&[
        "clippy",
        "--all-targets",
        "--no-default-features",
        "--",
        "-D",
        "warnings",
    ]);
    cargo(&[
        "clippy",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ]);
    cargo(&["test", "--features", "full"]);
}

const MONEY_MANIFEST: &str = r#"[package]
name = "money"
version = "0.1.0"
edition = "2024"

[dependencies]
derive = { path = "../derive" }
serde = { version = "1", features = ["derive"] }
"#;

const MONEY: &str = r"//! Types of the user's.
pub use derive::{Marked, MarkedAgain};
use serde::{Deserialize, Serialize};

/// An instant that keeps its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instant(pub String);

/// A number that is written as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decimal(pub String);
";

const DERIVE_MANIFEST: &str = r#"[package]
name = "derive"
version = "0.1.0"
edition = "2024"

[lib]
proc-macro = true
"#;

const DERIVE: &str = r"//! Derives that add nothing.
use proc_macro::TokenStream;

#[proc_macro_derive(Marked)]
pub fn marked(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

#[proc_macro_derive(MarkedAgain)]
pub fn marked_again(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
";
