//! Lengths in a drawing. They are fixed-point, so that a figure is the same on every machine.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Serialize, Serializer};

/// A length or position in a drawing, in tenths of a pixel at its natural size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Length(i32);

impl Length {
    pub const fn px(pixels: i32) -> Self {
        Self(pixels * 10)
    }

    pub fn times(self, count: usize) -> Self {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        Self(self.0.saturating_mul(count))
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
