//! Hostile plans, generated instead of stored in the repository.
//!
//! For measurements they are as large as a file may be. Tests run unoptimised, so there a case whose cost grows with its size
//! has a fraction of it; a case that exceeds a limit has its full size.
//!
//! Each case names the rules that must report it, so that a file refused for another reason, or accepted, fails the test.

#![allow(clippy::too_many_lines, reason = "each function is a list of cases")]

use std::fmt::Write as _;

pub use crate::texts::{bytes, prose, shapes};

/// A hostile file.
pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The rules that must report it.
    pub rules: Vec<&'static str>,
}

/// The full number for measurements, a fraction of it for tests.
pub fn many(full: usize) -> usize {
    if std::env::var_os("PLANMAKER_CORPUS").is_some() {
        full
    } else {
        full / 40
    }
}

pub const HEAD: &str = "versie: 1\nplan:\n  titel: T\n  start: 2027-01-04\n  einde: na 1 jaar\n";

pub fn case(name: &str, bytes: impl Into<Vec<u8>>, rules: &[&'static str]) -> Case {
    Case {
        name: name.to_owned(),
        bytes: bytes.into(),
        rules: rules.to_vec(),
    }
}

/// A plan that continues with `rest` after the usual header.
pub fn plan(name: &str, rest: &str, rules: &[&'static str]) -> Case {
    case(name, format!("{HEAD}{rest}"), rules)
}

/// One line for each number.
pub fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, nr| {
        let _ = writeln!(text, "{}", line(nr));
        text
    })
}

pub fn bombs() -> Vec<Case> {
    let mut aliases = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    let mut merges = String::from("m0: &m0 {a: lol, b: lol}\n");
    for nr in 1..30 {
        let before = format!("*a{}", nr - 1);
        let _ = writeln!(
            aliases,
            "a{nr}: &a{nr} [{}]",
            [before.as_str(); 9].join(", ")
        );
        let _ = writeln!(
            merges,
            "m{nr}: &m{nr} {{<<: [*m{0}, *m{0}], c{nr}: x}}",
            nr - 1
        );
    }
    vec![
        plan("bomb-aliases", &aliases, &["yaml-ongeldig"]),
        plan("bomb-merges", &merges, &["yaml-ongeldig"]),
        plan(
            "bomb-itself",
            "randvoorwaarden: &r\n  voorwaarden: *r\n",
            &["yaml-ongeldig"],
        ),
        plan(
            "bomb-many-aliases",
            &lines(150_000, |nr| format!("k{nr}: *x")),
            &["bestand-te-groot"],
        ),
        plan(
            "bomb-anchors",
            &lines(many(100_000), |nr| format!("k{nr}: &a{nr} x")),
            &["yaml-ongeldig"],
        ),
        plan(
            "bomb-merge-key",
            "<<: {randvoorwaarden: x}\n",
            &["sleutel-onbekend"],
        ),
    ]
}

pub fn nesting() -> Vec<Case> {
    const DEEP: usize = 100_000;
    let too_deep = &["bestand-te-groot"];
    let block = |deep: usize| {
        (0..deep).fold(String::new(), |mut text, nr| {
            let _ = writeln!(text, "{}k:", " ".repeat(nr));
            text
        })
    };
    let mixed_block = |deep: usize| {
        (0..deep).fold(String::from("x:\n"), |mut text, nr| {
            let key = if nr % 2 == 0 { "- " } else { "k:\n" };
            let before = if nr % 2 == 0 {
                " ".repeat(nr + 1)
            } else {
                String::new()
            };
            let _ = write!(text, "{before}{key}");
            text
        })
    };
    let mixed = "[{k: ".repeat(DEEP);
    let quotes = "> ".repeat(DEEP);
    vec![
        plan("deep-lists", &format!("x: {}", "[".repeat(DEEP)), too_deep),
        plan(
            "deep-lists-closed",
            &format!("x: {}{}", "[".repeat(DEEP), "]".repeat(DEEP)),
            too_deep,
        ),
        plan(
            "deep-mappings",
            &format!("x: {}", "{k: ".repeat(DEEP)),
            too_deep,
        ),
        plan("deep-mixed", &format!("x: {mixed}"), too_deep),
        plan(
            "deep-dashes",
            &format!("x:\n {}a\n", "- ".repeat(DEEP)),
            too_deep,
        ),
        plan("deep-blocks", &block(1_900), too_deep),
        plan("deep-mixed-blocks", &mixed_block(1_300), too_deep),
        plan(
            "deep-keys",
            &format!("{}a{}: b\n", "[".repeat(DEEP), "]".repeat(DEEP)),
            too_deep,
        ),
        plan(
            "deep-question-marks",
            &format!("{}a\n", "? ".repeat(DEEP)),
            too_deep,
        ),
        plan("deep-question-and-brace", &"{? ".repeat(DEEP), too_deep),
        plan("deep-quotes-in-prose", &prose_with(&quotes), &[]),
    ]
}

pub fn sizes() -> Vec<Case> {
    let keys = |count| lines(count, |nr| format!("k{nr}: v"));
    vec![
        plan(
            "large-scalar",
            &format!("x: {}\n", "a".repeat(50 << 20)),
            &["bestand-te-groot"],
        ),
        plan(
            "large-scalar-within",
            &prose_with(&"a".repeat(many(2_000_000))),
            &[],
        ),
        plan(
            "large-file",
            &format!("# {}\n", "z".repeat(3 << 20)),
            &["bestand-te-groot"],
        ),
        plan(
            "large-one-byte-too-many",
            &format!("#{}", "z".repeat((2 << 20) - HEAD.len())),
            &["bestand-te-groot"],
        ),
        plan(
            "large-just-not",
            &format!("#{}", "z".repeat((2 << 20) - HEAD.len() - 1)),
            &[],
        ),
        plan("million-keys", &keys(1_000_000), &["bestand-te-groot"]),
        plan(
            "many-keys",
            &keys(30_000),
            &["sleutel-onbekend", "bestand-te-groot"],
        ),
        plan(
            "many-keys-nowhere",
            &lines(500_000, |_| "a:".to_owned()),
            &["bestand-te-groot"],
        ),
        plan(
            "many-items",
            &format!("x: [{}]\n", "1,".repeat(1_000_000)),
            &["bestand-te-groot"],
        ),
        plan("many-comments", &"#\n".repeat(many(1_000_000)), &[]),
        plan("many-blank-lines", &"\n".repeat(many(2_000_000)), &[]),
        plan(
            "long-key",
            &format!("{}: x\n", "k".repeat(1_000_000)),
            &["yaml-ongeldig"],
        ),
        plan(
            "long-quoted-key",
            &format!("\"{}\": x\n", "k".repeat(1_000)),
            &["sleutel-onbekend"],
        ),
    ]
}

/// Plans with as many findings as possible.
pub fn findings() -> Vec<Case> {
    let factors = |text: &str, count| {
        let factors = lines(count, |nr| format!("    f{nr}: {{naam: {text}}}"));
        format!("contextanalyse:\n  factoren:\n{factors}")
    };
    let goals = lines(many(6_000), |nr| {
        format!("  d{nr}: {{groep: g{nr}, naam: x, termijn: 1 maand}}")
    });
    let strategies = lines(many(7_000), |nr| {
        format!("    s{nr}: {{belemmeringen: [a{nr}, b{nr}, c{nr}]}}")
    });
    let groups = lines(many(8_000), |nr| format!("  g{nr}: {{rol: baas}}"));
    let chances = lines(many(8_000), |nr| format!("  schuldhulpverlener{nr}: {{}}"));
    let spelling = lines(many(12_000), |nr| format!("  g{nr}: {{blang: veel}}"));
    let references = (0..many(48_000))
        .map(|nr| format!("a{nr}"))
        .collect::<Vec<_>>()
        .join(", ");
    let exceptions = lines(many(12_000), |nr| format!("  regel-{nr}: {{bij: x{nr}}}"));
    let citations = (0..many(100_000)).fold(String::new(), |text, nr| text + &format!("[@b{nr}]"));
    vec![
        plan(
            "findings-same-keys",
            &"titel: x\n".repeat(many(24_000)),
            &["sleutel-dubbel"],
        ),
        plan(
            "findings-vague-words",
            &prose_with(&"zo veel mogelijk beter ".repeat(many(80_000))),
            &[],
        ),
        plan(
            "findings-vague-goals",
            &format!(
                "implementatiedoelen:\n{}",
                lines(many(8_000), |nr| format!(
                    "  d{nr}: {{naam: zoveel mogelijk beter en vaker, resultaten: meer en beter}}"
                ))
            ),
            &["vaag-woord"],
        ),
        plan(
            "findings-placeholders",
            &factors("TODO", many(12_000)),
            &["nog-in-te-vullen"],
        ),
        plan(
            "findings-silenced",
            &format!(
                "{}uitzonderingen: {{nog-in-te-vullen: {{reden: \"{}\"}}}}\n",
                factors("TODO", 1_000),
                "é".repeat(many(800_000))
            ),
            &[],
        ),
        plan(
            "findings-placeholders-in-one",
            &prose_with(&"… TODO invullen ".repeat(many(80_000))),
            &[],
        ),
        plan(
            "findings-html",
            &prose_with(&"<b>".repeat(many(600_000))),
            &["html-in-tekst"],
        ),
        plan(
            "findings-open-tags",
            &prose_with(&"<a ".repeat(many(600_000))),
            &[],
        ),
        plan(
            "findings-goals",
            &format!("implementatiedoelen:\n{goals}"),
            &["doel-niet-specifiek"],
        ),
        plan(
            "findings-strategies",
            &format!(
                "contextanalyse: {{factoren: {{x: }}}}\nimplementatiestrategieen:\n  strategieen:\n{strategies}"
            ),
            &["verwijzing-onbekend"],
        ),
        plan(
            "findings-references",
            &format!(
                "betrokken_groepen: {{g: }}\nplanning_en_budget:\n  afgestemd_met: [{references}]\n"
            ),
            &["verwijzing-onbekend"],
        ),
        plan(
            "findings-million",
            &format!(
                "planning_en_budget:\n  afgestemd_met: [{}]\n",
                "a,".repeat(1_000_000)
            ),
            &["bestand-te-groot"],
        ),
        plan(
            "findings-curly-quotes",
            &format!(
                "plan:\n  organisaties: [{}y”]\n",
                "“x, ".repeat(many(80_000))
            ),
            &["yaml-ongeldig"],
        ),
        plan(
            "findings-roles",
            &format!("betrokken_groepen:\n{groups}"),
            &["waarde-ongeldig"],
        ),
        plan(
            "findings-users",
            &format!("betrokken_groepen:\n{groups}gebruikers:\n{chances}"),
            &["verwijzing-onbekend"],
        ),
        plan(
            "findings-misspelt-keys",
            &format!("betrokken_groepen:\n{spelling}"),
            &["sleutel-onbekend"],
        ),
        plan(
            "findings-exceptions",
            &format!("uitzonderingen:\n{exceptions}"),
            &[],
        ),
        plan(
            "findings-citations",
            &prose_with(&citations),
            &["bron-onbekend"],
        ),
    ]
}

pub fn prose_with(text: &str) -> String {
    format!("beschrijving_interventie:\n  beschrijving: \"{text}\"\n")
}

/// Unrealistic dates, durations and sums.
pub fn amounts() -> Vec<Case> {
    let long = |rhythm: &str, count| {
        let indicators = lines(count, |nr| {
            format!(
                "  i{nr}: {{doel: d, soort: toepassing, indicator: x, data: y, wanneer: {rhythm}}}"
            )
        });
        format!(
            "versie: 1\nplan: {{titel: T, start: 1900-01-01, einde: 2199-12-31}}\nimplementatiedoelen:\n  d: {{naam: x, termijn: na 99 jaren}}\nmonitoring:\n{indicators}"
        )
    };
    let spread = lines(many(2_600), |nr| {
        format!(
            "    a{nr}: {{naam: a, start: 1900-01-01, einde: 2199-12-31, inzet: {{t: {{personen: 1000000, uren: 999999}}}}, kosten: 999999999}}"
        )
    });
    let load = format!(
        "versie: 1\nplan: {{titel: T, start: 1900-01-01, einde: 2199-12-31}}\nimplementatieteam:\n  t: {{naam: t}}\nplanning_en_budget:\n  activiteiten:\n{spread}  uurtarieven: {{t: 999999999}}\n  beschikbaar: {{t: {{uren_per_week: 0.0001}}}}\n  budget: {{bedrag: 1}}\n"
    );
    let digits = "9".repeat(1_000);
    let numbers = format!(
        "planning_en_budget:\n  activiteiten:\n    a: {{naam: a, start: na {digits} weken, einde: 999999-99-99, inzet: {{t: {{personen: {digits}, uren: {digits},5}}}}, kosten: {digits}}}\n  budget: {{bedrag: -{digits}}}\n"
    );
    let odd = "1e999 .inf .nan 0x7fffffffffffffff -0 79228162514264337593543950335 0.0000000000000000000000000001";
    let odd = odd
        .split(' ')
        .map(|number| format!("personen: {number}, uren: {number}"));
    let odd = odd.enumerate().fold(String::new(), |text, (nr, number)| {
        text + &format!("    a{nr}: {{inzet: {{t: {{{number}}}}}}}\n")
    });
    vec![
        case("amounts-every-day", long("elke 1 dag", many(4_000)), &[]),
        case(
            "amounts-every-day-until",
            long("elke 1 dag tot 99 jaren", many(4_000)),
            &[],
        ),
        case(
            "amounts-list-of-moments",
            long(
                "[na 99 jaren, elke 1 dag, elke 1 week, 2199-12-31]",
                many(3_000),
            ),
            &[],
        ),
        case("amounts-load", load, &[]),
        plan("amounts-digits", &numbers, &["waarde-ongeldig"]),
        plan(
            "amounts-odd",
            &format!("planning_en_budget:\n  activiteiten:\n{odd}"),
            &["waarde-ongeldig"],
        ),
    ]
}

pub fn activities() -> Vec<Case> {
    let count = many(2_400);
    let all = |after: &dyn Fn(usize) -> String| {
        let activities = lines(count, |nr| {
            format!(
                "    a{nr}: {{naam: a, start: 2027-01-04, einde: na 1 jaar, eigenaar: t, inzet: {{t: {{personen: 1, uren: 1}}}}{}}}",
                after(nr)
            )
        });
        format!(
            "implementatieteam:\n  t: {{naam: t, trekker: ja}}\nplanning_en_budget:\n  activiteiten:\n{activities}  beschikbaar: {{t: {{uren_per_week: 1}}}}\n"
        )
    };
    let hundred = |nr: usize| {
        (1..=many(100))
            .map(|step| format!("a{}", (nr + step) % many(480)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let woven = lines(many(480), |nr| {
        format!("    a{nr}: {{na: [{}]}}", hundred(nr))
    });
    let parties = lines(many(2_000), |nr| format!("  t{nr}: {{naam: t}}"));
    let everybody = lines(many(2_000), |nr| {
        format!(
            "    a{nr}: {{naam: a, start: 2027-01-04, einde: 2036-01-04, inzet: {{t{nr}: {{personen: 1, uren: 9}}}}}}"
        )
    });
    let hours = lines(many(2_000), |nr| format!("    t{nr}: {{uren_per_week: 1}}"));
    vec![
        plan(
            "activities-ring",
            &all(&|nr| format!(", na: a{}", (nr + 1) % count)),
            &[],
        ),
        plan(
            "activities-chain",
            &all(&|nr| {
                if nr == 0 {
                    String::new()
                } else {
                    format!(", na: a{}", nr - 1)
                }
            }),
            &[],
        ),
        plan(
            "activities-chain-backwards",
            &all(&|nr| format!(", na: a{}", nr + 1)),
            &[],
        ),
        plan(
            "activities-themselves",
            &all(&|nr| format!(", na: a{nr}")),
            &[],
        ),
        plan("activities-overlap", &all(&|_| String::new()), &[]),
        plan(
            "activities-woven",
            &format!("planning_en_budget:\n  activiteiten:\n{woven}"),
            &[],
        ),
        plan(
            "activities-parties",
            &format!(
                "implementatieteam:\n{parties}planning_en_budget:\n  activiteiten:\n{everybody}  beschikbaar:\n{hours}"
            ),
            &[],
        ),
        plan("activities-links", &links(), &[]),
    ]
}

/// Everything refers to everything, which exposes code that takes quadratic time.
fn links() -> String {
    let count = many(120);
    let all = |letter: &str| {
        (0..count)
            .map(|nr| format!("{letter}{nr}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let factors = lines(count, |nr| {
        format!("    f{nr}: {{naam: f, richting: belemmerend, invloed: 3, veranderbaar: ja}}")
    });
    let strategies = lines(count, |nr| {
        format!("    s{nr}: {{naam: s, belemmeringen: [{}]}}", all("f"))
    });
    let activities = lines(count, |nr| {
        format!(
            "    a{nr}: {{naam: a, strategieen: [{}], eigenaar: t}}",
            all("s")
        )
    });
    let questions = lines(count, |nr| {
        format!("    q{nr}: {{vraag: v, belemmeringen: [{}]}}", all("f"))
    });
    format!(
        "contextanalyse:\n  factoren:\n{factors}implementatiestrategieen:\n  strategieen:\n{strategies}implementatieteam:\n  t: {{naam: t, trekker: ja}}\nevaluatie:\n  vragen:\n{questions}planning_en_budget:\n  activiteiten:\n{activities}"
    )
}
