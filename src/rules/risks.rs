//! Rules of the annex with the risks ("risicos").

use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::missing;
use crate::value::path;

/// The rules of this annex.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("risico-zonder-maatregel", &["risico", "ontbreekt"], risk_without_measure),
];

/// A list of risks helps only if each has a measure and somebody who watches it (our own).
fn risk_without_measure(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let risks = ctx.plan.risks();
    for (id, risk) in risks.iter() {
        if let Some(missing) = missing(&[
            ("maatregel", risk.measure.is_missing()),
            ("eigenaar", risk.owners.is_missing()),
        ]) {
            sink.report(path!["risicos", id])
                .with("risico", risks.name(id))
                .with("ontbreekt", missing);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::assert_paths;

    #[test]
    fn risk_needs_a_measure_and_an_owner() {
        let broken: &[&str] = &["risicos.uitval"];
        assert_paths(
            "risico-zonder-maatregel",
            |risk| format!("risicos: {{uitval: {risk}}}"),
            &[
                ("", broken),
                ("{kans: 3, ernst: 3}", broken),
                ("{maatregel: Een vervanger., eigenaar: ''}", broken),
                ("{eigenaar: trekker}", broken),
                ("{maatregel: Een vervanger., eigenaar: trekker}", &[]),
                ("{maatregel: [x], eigenaar: trekker}", &[]),
                ("later", &[]),
            ],
        );
    }
}
