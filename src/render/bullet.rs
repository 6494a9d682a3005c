//! The bullet bar of a goal: where the value was, is and has to be, on one line.

use minijinja::Value;
use minijinja::value::Serde;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::value::norm::{Norm, Quantity, Unit};

/// The positions on a bar from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Bullet {
    #[serde(rename = "nulmeting")]
    from: Option<f64>,
    #[serde(rename = "waarde")]
    now: Option<f64>,
    norm: f64,
}

impl Bullet {
    /// The bar of a baseline, a value and a norm in the words of the author; `None` if the norm is not a number, or there is
    /// nothing to compare it with.
    pub fn of(from: Option<&str>, now: Option<&str>, norm: Option<&str>) -> Option<Self> {
        let norm = Norm::of(norm?)?;
        let norm = norm.number()?;
        let number = |text: Option<&str>| {
            let quantity = Quantity::of(text?).filter(|it| it.compares_with(norm))?;
            Some(quantity.number)
        };
        let (from, now) = (number(from), number(now));
        from.or(now)?;
        let numbers = [from, now, Some(norm.number)].into_iter().flatten();
        let (low, high) = numbers.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), it| {
            (low.min(it), high.max(it))
        });
        let hundred = Decimal::ONE_HUNDRED;
        // A norm is seldom the most that can be reached.
        let high = match norm.unit {
            Some(Unit::Percent) if high <= hundred => hundred,
            _ => high.checked_mul(Decimal::new(12, 1))?,
        };
        let length = high.checked_sub(low).filter(|it| !it.is_zero())?;
        let place = |number: Decimal| {
            let place = number.checked_sub(low)?.checked_mul(hundred)?;
            place.checked_div(length)?.round_dp(2).to_f64()
        };
        Some(Self {
            from: from.and_then(place),
            now: now.and_then(place),
            norm: place(norm.number)?,
        })
    }
}

/// The bar as a value for templates, or none.
pub(super) fn value(from: &Value, now: &Value, norm: &Value) -> Value {
    let bullet = Bullet::of(from.as_str(), now.as_str(), norm.as_str());
    bullet.map_or_else(|| Value::from(()), |bullet| Value::from(Serde(bullet)))
}

#[cfg(test)]
mod tests {
    use super::Bullet;

    fn places(from: &str, now: &str, norm: &str) -> Option<[Option<f64>; 3]> {
        let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
        let bullet = Bullet::of(given(from), given(now), given(norm))?;
        Some([bullet.from, bullet.now, Some(bullet.norm)])
    }

    #[test]
    fn percentages_are_on_a_scale_of_a_hundred_and_numbers_beyond_the_norm() {
        let found = places("10%", "55% van de trajecten", "80% van de trajecten");
        assert_eq!(found, Some([Some(10.0), Some(55.0), Some(80.0)]));
        let found = places("2", "8", "10 van de 12");
        assert_eq!(found, Some([Some(16.67), Some(66.67), Some(83.33)]));
        let falling = places("30 klachten", "", "10 klachten");
        assert_eq!(falling, Some([Some(83.33), None, Some(27.78)]));
    }

    #[test]
    fn what_cannot_be_compared_has_no_bar() {
        for (from, now, norm) in [
            ("nee", "ja", "ja/nee"),
            ("", "", "80%"),
            ("12 gesprekken", "", "80%"),
            ("10%", "20%", ""),
            ("0", "", "0"),
        ] {
            assert_eq!(places(from, now, norm), None, "{from} {now} {norm}");
        }
        let huge = "9".repeat(28);
        assert_eq!(
            places(&format!("-{huge} uur"), "", &format!("{huge} uur")),
            None
        );
    }
}
