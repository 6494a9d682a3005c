//! Lengths in a drawing. They are fixed-point, so that a figure is the same on every machine.

use std::fmt;
use std::ops::{Add, Sub};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

/// A length or position in a drawing, in tenths of a pixel at its natural size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Length(i32);

impl Length {
    pub const ZERO: Self = Self(0);

    pub const fn px(pixels: i32) -> Self {
        Self(pixels * 10)
    }

    pub fn times(self, count: usize) -> Self {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        Self(self.0.saturating_mul(count))
    }

    /// This length times `part / whole`, truncated.
    pub fn share(self, part: i64, whole: i64) -> Self {
        let tenths = i64::from(self.0).saturating_mul(part) / whole.max(1);
        Self(i32::try_from(tenths).unwrap_or(i32::MAX))
    }

    /// This length times `part / whole`, rounded; zero where that cannot be computed.
    pub fn share_of(self, part: Decimal, whole: Decimal) -> Self {
        let product = part.checked_mul(Decimal::from(self.0));
        let tenths = product.and_then(|product| product.checked_div(whole)?.round().to_i32());
        Self(tenths.unwrap_or_default())
    }

    pub fn tenths(self) -> i64 {
        i64::from(self.0)
    }

    /// The whole pixels in it; zero for a negative length.
    pub fn pixels(self) -> u32 {
        u32::try_from(self.0 / 10).unwrap_or_default()
    }

    pub const fn half(self) -> Self {
        Self(self.0 / 2)
    }
}

impl Add for Length {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Length {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenths) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        if tenths == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{tenths}")
        }
    }
}

impl Serialize for Length {
    /// Writes a number, because templates calculate with it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 10 == 0 {
            serializer.serialize_i32(self.0 / 10)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 10.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_pixels_have_no_decimal() {
        let shown = |length: Length| (length.to_string(), serde_json::to_string(&length).ok());
        assert_eq!(
            shown(Length::px(12)),
            ("12".to_owned(), Some("12".to_owned()))
        );
        assert_eq!(
            shown(Length::px(1).share(1, 4)),
            ("0.2".to_owned(), Some("0.2".to_owned()))
        );
        assert_eq!(shown(Length::ZERO - Length::px(1).half()).0, "-0.5");
    }
}
