//! Numbers, booleans, enums, bytes and UUIDs.

use super::{clean, noted, read, written};
use cratewright_runtime::model::Base64;
use cratewright_runtime::model::samples::{Priority, Status};
use serde_json::{Value, json};

#[test]
fn integers_have_the_range_of_their_type() {
    assert_eq!(
        clean::<Vec<u64>>("[18446744073709551615, 0, 1e3, 5.0]"),
        [u64::MAX, 0, 1000, 5]
    );
    assert_eq!(clean::<Vec<i8>>("[-128, 127]"), [-128, 127]);
    for text in [
        "128", "-129", "1e99", "1.5", "\"1.5\"", "\" 1\"", "true", "null",
    ] {
        assert!(read::<i8>(text).is_err(), "{text}");
    }
    assert!(read::<u8>("-1").is_err());
    assert_eq!(
        noted::<u8>("\"12\""),
        (
            12,
            vec!["$: expected an integer, found a string; treated as a number".to_owned()]
        )
    );
}

#[test]
fn floats_are_not_rounded_in_silence() {
    assert_eq!(
        clean::<Vec<f64>>("[0.1, 1e3, 5, 0.30000000000000004]"),
        [0.1, 1000.0, 5.0, 0.1 + 0.2]
    );
    let (_, notes) = noted::<f64>("0.12345678901234567890123");
    assert_eq!(
        notes,
        ["$: found a number with more digits than a 64-bit float has; rounded"]
    );
    let (value, notes) = noted::<Value>("[123456789012345678901234, 1e999]");
    assert_eq!(value, json!([1.234_567_890_123_456_8e23, "1e999"]));
    assert_eq!(notes.len(), 2);
    assert!(read::<f64>("1e999").is_err());
}

#[test]
fn booleans_are_found_in_strings() {
    assert!(clean::<bool>("true"));
    for (text, value) in [
        ("\"true\"", true),
        ("\"True\"", true),
        ("\"false\"", false),
        ("\"False\"", false),
    ] {
        assert_eq!(
            noted::<bool>(text),
            (
                value,
                vec!["$: expected a boolean, found a string; treated as a boolean".to_owned()]
            )
        );
    }
    assert!(read::<bool>("\"yes\"").is_err());
    assert!(read::<bool>("1").is_err());
}

#[test]
fn numbers_are_written_in_their_shortest_form() {
    for (number, text) in [
        (50.0, "50"),
        (0.0, "0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (-2.0, "-2"),
        (9_007_199_254_740_991.0, "9007199254740991"),
    ] {
        assert_eq!(written(&number), text);
    }
    for number in [1e16, 1e300, 5e-324] {
        assert_eq!(written(&number).parse(), Ok(number));
    }
    assert_eq!(written(&vec![u64::MAX]), "[18446744073709551615]");
    assert_eq!(written(&"a\"\\\n\u{1}ä".to_owned()), r#""a\"\\\n\u0001ä""#);
}

#[test]
fn enums_keep_what_is_not_listed() {
    let status: Status = clean("\"closed\"");
    assert_eq!(
        (status.as_str(), status == "closed", written(&status)),
        ("closed", true, "\"closed\"".to_owned())
    );
    assert_eq!("open".parse(), Ok(Status::Open));
    let mut statuses = ["open", "other", "in-progress", "a"].map(Status::from);
    statuses.sort();
    assert_eq!(
        statuses.map(|status| status.to_string()),
        ["a", "in-progress", "open", "other"]
    );
    let (status, notes) = noted::<Status>("5");
    assert_eq!((status.as_str(), notes.len()), ("5", 1));
    let priority: Priority = clean("3.0");
    assert_eq!(
        (priority, written(&priority)),
        (Priority::Unlisted(3), "3".to_owned())
    );
    assert_eq!(Priority::Unlisted(1), Priority::High);
    assert!(read::<Priority>("1.5").is_err());
}

#[test]
fn bytes_are_base64() {
    for (text, bytes) in [
        ("", &b""[..]),
        ("AA==", b"\0"),
        ("AAE=", b"\0\x01"),
        ("+/8A", b"\xFB\xFF\0"),
        ("aGVsbG8=", b"hello"),
    ] {
        let base64: Base64 = clean(&format!("\"{text}\""));
        assert_eq!(base64.to_bytes().as_deref(), Ok(bytes));
        assert_eq!(base64.to_string(), text);
        assert_eq!(Base64::from(bytes), base64);
    }
    for (text, bytes) in [
        ("AA", &b"\0"[..]),
        ("-_8A", b"\xFB\xFF\0"),
        ("aGVs\\r\\nbG8=", b"hello"),
        ("AB==", b"\0"),
        ("AAE==", b"\0\x01"),
    ] {
        let json = format!("\"{text}\"");
        let base64: Base64 = clean(&json);
        assert_eq!(base64.to_bytes().as_deref(), Ok(bytes), "{text}");
        assert_eq!(written(&base64), json);
    }
    // What is not Base64 is not lost.
    for text in ["A", "A===", "AAAA====", "A*==", "=AAA", "AA=A"] {
        let base64: Base64 = clean(&format!("\"{text}\""));
        assert!(base64.to_bytes().is_err(), "{text}");
        assert_eq!(base64.as_str(), text);
        assert!(text.parse::<Base64>().is_err());
    }
}

#[test]
fn uuids_are_written_with_hyphens() {
    let json = "\"67e55044-10b1-426f-9247-bb680e5fe0c8\"";
    assert_eq!(written(&clean::<uuid::Uuid>(json)), json);
    assert_eq!(
        noted::<uuid::Uuid>("\"67e5504410b1426f9247bb680e5fe0c8\"")
            .1
            .len(),
        1
    );
    assert!(read::<uuid::Uuid>("\"67e55044-10b1\"").is_err());
}
