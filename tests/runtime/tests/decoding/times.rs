//! Dates, times and durations.

use super::{clean, noted, read, written};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use cratewright_runtime::model::{Duration, Rfc2822, Time};

fn date_times(text: &str) -> Vec<String> {
    let (values, _) = noted::<Vec<DateTime<FixedOffset>>>(text);
    values.iter().map(written).collect()
}

#[test]
fn instants_keep_their_offset() {
    let texts = [
        "2020-02-29T23:59:60Z",
        "2020-02-29T12:00:00.5+01:30",
        "0000-01-01T00:00:00.123456789-00:01",
        "9999-12-31T23:59:59Z",
    ];
    for text in texts {
        let json = format!("\"{text}\"");
        assert_eq!(written(&clean::<DateTime<FixedOffset>>(&json)), json);
    }
    assert_eq!(
        date_times(r#"["2020-02-29t12:00:00.500z", "2020-02-29T12:00:00+00:00"]"#),
        ["\"2020-02-29T12:00:00.5Z\"", "\"2020-02-29T12:00:00Z\""]
    );
    let (_, notes) = noted::<Vec<DateTime<FixedOffset>>>(
        r#"["2020-02-29 12:00:00", "2020-02-29T12:00:00.1234567891Z"]"#,
    );
    assert_eq!(
        notes,
        [
            "$[0]: expected `T` between a date and its time, found a space; treated as `T`",
            "$[0]: expected a date and time with an offset, found none; treated as UTC",
            "$[1]: found a date and time with more digits than nanoseconds; rounded down",
        ]
    );
    let short = r#"["2021-01-17T12:34:00.5+0130", "2021-01-17T12:34:00-01"]"#;
    assert_eq!(
        date_times(short),
        [
            "\"2021-01-17T12:34:00.5+01:30\"",
            "\"2021-01-17T12:34:00-01:00\""
        ]
    );
    let (_, notes) = noted::<Vec<DateTime<FixedOffset>>>(short);
    let note = "expected an offset such as `+01:00`, found one without a colon; treated as one of ISO 8601";
    assert_eq!(notes, [format!("$[0]: {note}"), format!("$[1]: {note}")]);
    for text in [
        "2020-02-30T00:00:00Z",
        "2020-02-29",
        "2020-02-29T24:00:00Z",
        "2020-02-29T12:00:00+24:00",
        "2020-02-29T12:00:00+010",
        "2020-02-29T12:00:00+01:",
        "2020-02-29T12:00:00+0160",
        "2020-02-29T12:00:00Zz",
        "２020-02-29T12:00:00Z",
        "",
    ] {
        assert!(
            read::<DateTime<FixedOffset>>(&format!("\"{text}\"")).is_err(),
            "{text}"
        );
    }
}

#[test]
fn dates_and_times_keep_their_text() {
    assert_eq!(
        written(&clean::<NaiveDate>("\"2020-02-29\"")),
        "\"2020-02-29\""
    );
    for text in ["2020-2-29", "2021-02-29", "20200229", "2020-02-29 "] {
        assert!(read::<NaiveDate>(&format!("\"{text}\"")).is_err(), "{text}");
    }
    for text in ["10:05:08Z", "10:05:08.500+01:00", "23:59:60z", "10:05:08"] {
        let json = format!("\"{text}\"");
        assert_eq!(written(&clean::<Time>(&json)), json);
    }
    let time: Time = "10:05:08.5-01:00".parse().expect("it is a time");
    assert_eq!(
        Time::new(
            time.to_naive_time(),
            time.offset().expect("it has an offset")
        ),
        time
    );
    assert_eq!(Time::from(NaiveTime::MIN).as_str(), "00:00:00");
    for text in [
        "10:05",
        "24:00:00Z",
        "10:05:08+1:00",
        "10:05:08+0100",
        "10:05:08.Z",
        "",
    ] {
        assert!(text.parse::<Time>().is_err(), "{text}");
    }
}

#[test]
fn durations_keep_their_text() {
    for text in [
        "P3Y6M4DT12H30M5S",
        "PT1.5S",
        "P2W",
        "PT0S",
        "-PT5M",
        "P1D",
        "PT36H",
        "PT1,25H",
    ] {
        let json = format!("\"{text}\"");
        assert_eq!(written(&clean::<Duration>(&json)), json);
    }
    for text in [
        "P", "PT", "P1", "1D", "P1DT", "P1S", "PT1D", "P1D2Y", "P1Y1Y", "P.5D", "PD", "",
    ] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
    for (text, milliseconds) in [
        ("PT1.5S", Some(1500)),
        ("P1DT1H", Some(90_000_000)),
        ("P1W", Some(604_800_000)),
        ("PT0.25M", Some(15_000)),
        ("P1M", None),
        ("-PT1S", None),
    ] {
        let duration: Duration = text.parse().expect("it is a duration");
        assert_eq!(
            duration.to_std(),
            milliseconds.map(std::time::Duration::from_millis),
            "{text}"
        );
    }
    assert_eq!(
        Duration::from(std::time::Duration::from_millis(1500)).as_str(),
        "PT1.5S"
    );
    assert_eq!(
        Duration::from(std::time::Duration::from_secs(100)).as_str(),
        "PT100S"
    );
}

#[test]
fn e_mail_dates_keep_their_text() {
    let json = "\"Thu, 30 Jul 2015 20:00:00 +0000\"";
    let date: Rfc2822 = clean(json);
    assert_eq!(written(&date), json);
    assert_eq!(date.into_inner().timestamp(), 1_438_286_400);
    assert!(read::<Rfc2822>("\"2015-07-30\"").is_err());
}
