//! Properties of plans with very many findings.

use planmaker::report::{FileReport, Filter, Report, ReportFormat, Totals, text::Style};
use planmaker::{Checked, Findings, Language, Severity, Words};

/// Pieces of a plan to repeat. `#` becomes a number, so that keys differ.
const PIECES: [(&str, &str); 12] = [
    ("betrokken_groepen", "  g#: {rol: uitvoerder}\n"),
    (
        "betrokken_groepen",
        "  G #: {belang: soms, invloed: veel}\n",
    ),
    (
        "gebruikers",
        "  g#: {veranderingen: [{ist: x}, {soll: y}, {aspect: vis}]}\n",
    ),
    (
        "implementatiedoelen",
        "  d#: {groep: g#, norm: veel, onderdeel: o#}\n",
    ),
    (
        "implementatiedoelen",
        "  d#: {resultaten: zo goed mogelijk, termijn: ooit}\n",
    ),
    ("contextanalyse", "  f#: x\n"),
    ("implementatieteam", "  r#: {trekker: ja, taken: TODO}\n"),
    ("monitoring", "  i#: {doel: d#, wanneer: elke dag}\n"),
    (
        "monitoring",
        "  i#: {soort: x, bron: nergens, data: '<b>#</b>'}\n",
    ),
    (
        "communicatieplan",
        "  c#: {groep: [g#, h#], boodschap: '[@b#]'}\n",
    ),
    ("literatuur", "  b#: {kort: '::error::#'}\n"),
    ("uitzonderingen", "  regel-#: {bij: g#, reden: x}\n"),
];

/// The rules to silence everywhere.
const SILENCED: [&str; 4] = [
    "belang-of-invloed-ontbreekt",
    "indicator-onvolledig",
    "doel-niet-specifiek",
    "rol-zonder-persoon",
];

/// The maximum number of repetitions of a piece.
const MOST: usize = 3_000;

/// The maximum size of a report, in bytes.
const LARGEST: usize = 20 << 20;

/// The plan that bytes select: pairs of a piece and the number of its repetitions.
fn plan(bytes: &[u8]) -> String {
    let mut sections: Vec<(&str, String)> = Vec::new();
    let mut number = 0_usize;
    for pair in bytes.chunks(2).take(16) {
        let [piece, times] = [0, 1].map(|nr| usize::from(*pair.get(nr).unwrap_or(&0)));
        let (section, line) = PIECES[piece % PIECES.len()];
        let at = sections.iter().position(|(key, _)| *key == section);
        let at = at.unwrap_or_else(|| {
            sections.push((section, String::new()));
            sections.len() - 1
        });
        for _ in 0..(times * times / 16).min(MOST) {
            number += 1;
            sections[at]
                .1
                .push_str(&line.replace('#', &number.to_string()));
        }
        let is_last = piece >= 128;
        if is_last {
            sections[at]
                .1
                .push_str(&format!("  {}: \n", "k".repeat(times * 8)));
        }
    }
    let mut plan = String::from("versie: 1\nplan: {titel: Veel}\n");
    for (section, lines) in &sections {
        plan.push_str(&format!("{section}:\n{lines}"));
    }
    let has_exceptions = sections.iter().any(|(key, _)| *key == "uitzonderingen");
    if has_exceptions && bytes.len().is_multiple_of(3) {
        for rule in SILENCED {
            plan.push_str(&format!("  {rule}: {{reden: x}}\n"));
        }
    }
    plan
}

/// However many findings a plan has, all are counted, the heaviest are listed, filters select before anything is left out, and
/// reports stay small.
pub fn check_many(bytes: &[u8]) {
    let checked = Checked::read(plan(bytes));
    let counts = checked.findings.counts();
    let report = |filter: &Filter| {
        FileReport::new("plan.yaml", &checked, filter, Words::of(Language::Dutch))
    };
    let all = report(&Filter::default());
    let of = |severity| counts.of(severity);
    let expected = Totals {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        tips: of(Severity::Tip),
        exceptions: all.totals().exceptions,
    };
    assert_eq!(all.totals(), expected);
    assert_listed(&all, &expected);
    let mut sum = Totals::default();
    for least in [Severity::Error, Severity::Warning, Severity::Tip] {
        let filtered = report(&Filter {
            least: Some(least),
            ..Filter::default()
        });
        let totals = filtered.totals();
        assert_eq!(totals.errors, expected.errors, "{least:?}");
        assert_listed(&filtered, &totals);
        sum = totals;
    }
    assert_eq!(sum.findings(), expected.findings());
    assert_small(&checked);
}

/// As many findings are listed as may be, the heaviest first.
fn assert_listed(report: &FileReport, totals: &Totals) {
    let listed = |severity| {
        let items = report.items.iter();
        items.filter(|it| it.finding.severity == severity).count()
    };
    let mut free = Findings::LIMIT;
    for (severity, total) in [
        (Severity::Error, totals.errors),
        (Severity::Warning, totals.warnings),
        (Severity::Tip, totals.tips),
    ] {
        let expected = total.min(free);
        assert_eq!(listed(severity), expected, "{severity:?} of {totals:?}");
        free -= expected;
    }
    let unlisted = report.unlisted();
    assert_eq!(unlisted.findings(), totals.findings() - report.items.len());
}

fn assert_small(checked: &Checked) {
    let words = Words::of(Language::English);
    let style = Style {
        colour: false,
        plain: false,
        show_exceptions: true,
        show_tips: true,
    };
    for format in [
        ReportFormat::Text(style),
        ReportFormat::Json,
        ReportFormat::Github,
    ] {
        let mut out = Vec::new();
        let mut report = Report::new(format, words, &mut out);
        let file = FileReport::new("plan.yaml", checked, &Filter::default(), words);
        report.add(file).and_then(|()| report.end()).unwrap();
        assert!(out.len() < LARGEST, "{format:?}: {}", out.len());
        if matches!(format, ReportFormat::Json) {
            serde_json::from_slice::<serde_json::Value>(&out).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        let is_command = |line: &&str| line.trim_start().starts_with("::");
        let own = matches!(format, ReportFormat::Github);
        assert!(own || !text.lines().any(|line| is_command(&line)));
    }
}
