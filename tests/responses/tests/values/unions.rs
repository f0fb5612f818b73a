//! Unions: of objects with a tag, and of itself without one.

use crate::support::{JSON, data, decode};
use cratewright_responses::unions::figures::ListFigures;
use cratewright_responses::unions::models::{Figure, Tree};
use cratewright_responses::unions::tree::FetchTree;

#[test]
fn a_tag_selects_the_variant() {
    let body = r#"[
        {"kind": "circle", "id": 1, "radius": 2.5},
        {"kind": "label", "id": 2, "text": "a", "language": null},
        {"kind": "hexagon", "id": 3}
    ]"#;
    let figures = data::<ListFigures>(200, JSON, body);
    let [
        Figure::Circle(circle),
        Figure::Label(label),
        Figure::Unlisted(other),
    ] = figures.as_slice()
    else {
        panic!("{figures:?}");
    };
    assert_eq!((circle.radius, label.text.as_str()), (2.5, "a"));
    assert_eq!(other["kind"], "hexagon");
}

#[test]
fn a_union_of_itself_is_decoded_to_its_leaf() {
    let depth = 40;
    let body = r#"{"depth":1,"next":"#.repeat(depth) + r#""leaf""# + &"}".repeat(depth);
    let response = decode::<FetchTree>(200, JSON, body).expect("a tree");
    assert!(response.deviations().is_empty());
    let (mut levels, mut tree) = (0, &response.data);
    while let Tree::Root(root) = tree {
        (levels, tree) = (levels + 1, &root.next);
    }
    assert_eq!((levels, tree), (depth, &Tree::Text("leaf".to_owned())));
}
