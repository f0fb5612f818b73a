//! Limits inside of bodies and of lists: what is refused, and what is reported about it.

use serde_json::Value;
use std::collections::BTreeMap;
use twilio_flex::{
    Config, Credentials, Encode, EncodeValue, Encoder, Field, JsonWriter, Meta, Operation, Style,
    limit,
};

/// A ship that may tow another, as a generated crate would have it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Ship {
    name: String,
    draught: Option<f64>,
    berth: Field<i64>,
    grid: Option<Vec<Vec<i64>>>,
    tow: Option<Box<Ship>>,
    cargo: Option<Vec<Cargo>>,
    tenders: Option<BTreeMap<String, Ship>>,
}

impl Encode for Ship {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.required("name", &self.name);
        object.optional("draught", &self.draught);
        object.optional("berth", &self.berth);
        object.optional("grid", &self.grid);
        object.optional("tow", &self.tow);
        object.optional("cargo", &self.cargo);
        object.optional("tenders", &self.tenders);
        object.end();
    }
}

impl limit::Check for Ship {
    fn check(&self, checks: &mut limit::Checks<'_>) {
        checks
            .field("name", &limit::length(&self.name, 1, 5))
            .field("draught", &limit::above(&self.draught, 0.0))
            .field("draught", &limit::below(&self.draught, 20.0))
            .field("berth", &limit::range(&self.berth, 1.0, 99.0))
            .field(
                "grid",
                &limit::each(&self.grid, |item| {
                    (
                        limit::items(item, 1, 2),
                        limit::each(item, |item| limit::range(item, 0.0, f64::INFINITY)),
                    )
                }),
            )
            .field("tow", &self.tow)
            .field("cargo", &self.cargo)
            .field("tenders", &self.tenders);
    }
}

/// What a ship carries.
#[derive(Debug, Clone, PartialEq)]
enum Cargo {
    Ship(Box<Ship>),
    Text(String),
    Integer(i64),
}

impl Encode for Cargo {
    fn encode(&self, json: &mut JsonWriter) {
        match self {
            Self::Ship(value) => value.encode(json),
            Self::Text(value) => value.encode(json),
            Self::Integer(value) => value.encode(json),
        }
    }
}

impl From<Ship> for Cargo {
    fn from(ship: Ship) -> Self {
        Self::Ship(Box::new(ship))
    }
}

impl From<String> for Cargo {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cargo {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl limit::Check for Cargo {
    fn check(&self, checks: &mut limit::Checks<'_>) {
        match self {
            Self::Ship(value) => {
                checks.value(value);
            }
            Self::Text(value) => {
                checks.value(&limit::length(value, 2, 3));
            }
            Self::Integer(_) => {}
        }
    }
}

struct Probe<F>(F);

impl<F: Fn(&mut Encoder<'_>)> Operation for Probe<F> {
    type Output = Value;
    const META: Meta = Meta::new("Probe", "POST", "https://example.com", "/Ships");

    fn encode(&self, request: &mut Encoder<'_>) {
        (self.0)(request);
    }
}

fn outcome(encode: impl Fn(&mut Encoder<'_>)) -> Result<String, String> {
    let config = Config::new(Credentials::none());
    let request = Probe(encode).to_request(&config);
    let request = request.map_err(|error| error.to_string())?;
    let query = request.uri().query().unwrap_or_default().to_owned();
    Ok(query + std::str::from_utf8(request.body()).expect("text"))
}

fn sent(ship: &Ship) -> Result<String, String> {
    outcome(|request| {
        request.check(ship).json(ship);
    })
}

fn asked(value: &dyn EncodeValue) -> Result<String, String> {
    outcome(|request| {
        request.query("Tag", value);
    })
}

fn named(name: &str) -> Ship {
    Ship {
        name: name.to_owned(),
        ..Ship::default()
    }
}

fn refused(ship: &Ship, limit: &str) {
    let reason =
        format!("cannot build Probe: the body `application/json` violates a limit: {limit}");
    assert_eq!(sent(ship), Err(reason));
}

#[test]
fn a_body_that_keeps_its_limits_is_sent() {
    let mut ship = named("Ada");
    ship.draught = Some(0.1);
    ship.grid = Some(vec![vec![0], vec![1, 2]]);
    ship.tow = Some(Box::new(named("Bob")));
    ship.cargo = Some(vec![Cargo::from("tea".to_owned()), Cargo::from(12_345)]);
    assert_eq!(
        sent(&ship),
        Ok(r#"{"name":"Ada","draught":0.1,"grid":[[0],[1,2]],"tow":{"name":"Bob"},"cargo":["tea",12345]}"#.to_owned())
    );
}

#[test]
fn a_limit_of_a_field_is_kept() {
    let limit = "`$.name` has 0 characters, but the minimum is 1";
    refused(&named(""), limit);
    let limit = "`$.name` has 8 characters, but the maximum is 5";
    refused(&named("Mayflöwer".trim_end_matches('r')), limit);
    let mut ship = named("Ada");
    ship.draught = Some(0.0);
    refused(&ship, "`$.draught` is 0, but must be more than 0");
    ship.draught = Some(20.0);
    refused(&ship, "`$.draught` is 20, but must be less than 20");
    ship.draught = None;
    ship.berth = Field::Value(100);
    refused(&ship, "`$.berth` is 100, but the maximum is 99");
    ship.berth = Field::Null;
    assert_eq!(sent(&ship), Ok(r#"{"name":"Ada","berth":null}"#.to_owned()));
}

#[test]
fn a_limit_deep_inside_is_kept_and_has_its_place() {
    let mut ship = named("Ada");
    ship.tow = Some(Box::new(named("too long")));
    let limit = "`$.tow.name` has 8 characters, but the maximum is 5";
    refused(&ship, limit);
    ship.tow = None;
    ship.grid = Some(vec![vec![1], vec![2, -3]]);
    refused(&ship, "`$.grid[1][1]` is -3, but the minimum is 0");
    ship.grid = Some(vec![vec![1, 2, 3]]);
    refused(&ship, "`$.grid[0]` has 3 items, but the maximum is 2");
    ship.grid = None;
    ship.cargo = Some(vec![
        Cargo::from(named("Eve")),
        Cargo::from("silk".to_owned()),
    ]);
    refused(&ship, "`$.cargo[1]` has 4 characters, but the maximum is 3");
    ship.cargo = Some(vec![Cargo::from(named(""))]);
    refused(
        &ship,
        "`$.cargo[0].name` has 0 characters, but the minimum is 1",
    );
    ship.cargo = None;
    ship.tenders = Some(BTreeMap::from([("no 1".to_owned(), named(""))]));
    let limit = "`$.tenders['no 1'].name` has 0 characters, but the minimum is 1";
    refused(&ship, limit);
}

#[test]
fn a_limit_of_the_items_of_a_parameter_is_kept() {
    let tags = |tags: &[&str]| Field::Value(tags.iter().map(ToString::to_string).collect());
    let limited = |tags: &Field<Vec<String>>| {
        let each = limit::each(tags, |tag| limit::length(tag, 1, 3));
        asked(&limit::items(&each, 1, 2))
    };
    assert_eq!(limited(&tags(&["a", "b"])), Ok("Tag=a&Tag=b".to_owned()));
    assert_eq!(limited(&Field::Absent), Ok(String::new()));
    assert_eq!(
        limited(&tags(&["a", "long"])),
        Err("cannot build Probe: the query parameter `Tag` violates a limit: `$[1]` has 4 characters, but the maximum is 3".to_owned())
    );
    assert_eq!(
        limited(&tags(&["a", "b", "c"])),
        Err(
            "cannot build Probe: the query parameter `Tag` has 3 items, but the maximum is 2"
                .to_owned()
        )
    );
    let berths = Field::Value(vec![1, 0]);
    let joined = outcome(|request| {
        let limited = limit::each(&berths, |berth: &i64| limit::range(berth, 1.0, 9.0));
        request.query_styled("Tag", Style::FORM, &limited);
    });
    assert_eq!(
        joined,
        Err("cannot build Probe: the query parameter `Tag` violates a limit: `$[1]` is 0, but the minimum is 1".to_owned())
    );
}

#[test]
fn a_part_of_json_is_checked() {
    let ship = named("");
    assert_eq!(
        outcome(|request| {
            request
                .multipart("multipart/form-data")
                .check("Ship", &ship)
                .json("Ship", None, &ship);
        }),
        Err("cannot build Probe: the part `Ship` violates a limit: `$.name` has 0 characters, but the minimum is 1".to_owned())
    );
}
