//! Reading durations of ISO 8601.

use super::rfc3339::Reader;

/// The designators of a part of a duration in their order, and their lengths in seconds.
type Designators = &'static [(u8, Option<u64>)];

const DATE: Designators = &[
    (b'Y', None),
    (b'M', None),
    (b'W', Some(604_800)),
    (b'D', Some(86_400)),
];
const TIME: Designators = &[(b'H', Some(3600)), (b'M', Some(60)), (b'S', Some(1))];

/// What a duration comes to.
#[derive(Debug, Default)]
pub(super) struct Total {
    pub(super) is_negative: bool,
    /// `None` when there are years or months, whose length differs, or too many seconds.
    pub(super) nanoseconds: Option<u128>,
}

/// Reads a duration.
pub(super) fn duration(text: &str) -> Option<Total> {
    let mut rest = Reader(text.as_bytes());
    let sign = rest.one_of(b"+-");
    rest.one_of(b"P")?;
    let mut nanoseconds = Some(0);
    let mut count = rest.components(DATE, &mut nanoseconds)?;
    if rest.one_of(b"T").is_some() {
        let more = rest.components(TIME, &mut nanoseconds)?;
        count += more;
        if more == 0 {
            return None;
        }
    }
    (count > 0 && rest.is_at_end()).then_some(Total {
        is_negative: sign == Some(b'-'),
        nanoseconds,
    })
}

impl Reader<'_> {
    /// Reads numbers with designators, and returns how many there are.
    fn components(&mut self, designators: Designators, total: &mut Option<u128>) -> Option<usize> {
        let mut designators = designators.iter();
        let mut count = 0;
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            let whole = self.digits()?;
            let fraction = match self.one_of(b".,") {
                Some(_) => self.digits()?,
                None => b"",
            };
            let (designator, rest) = self.0.split_first()?;
            self.0 = rest;
            let (_, seconds) = designators.find(|(expected, _)| expected == designator)?;
            *total = total.and_then(|total| {
                let nanoseconds = u128::from((*seconds)?).checked_mul(1_000_000_000)?;
                total.checked_add(scaled(whole, fraction, nanoseconds)?)
            });
            count += 1;
        }
        Some(count)
    }
}

/// Returns a decimal number times `scale`, rounded down.
fn scaled(whole: &[u8], fraction: &[u8], scale: u128) -> Option<u128> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u128, |number, byte| {
            number.checked_mul(10)?.checked_add(u128::from(byte - b'0'))
        })
    };
    let fraction = fraction.get(..18).unwrap_or(fraction);
    let divisor = fraction.iter().fold(1, |divisor: u128, _| divisor * 10);
    let below_one = number(fraction)?.checked_mul(scale)? / divisor;
    number(whole)?.checked_mul(scale)?.checked_add(below_one)
}
