//! Generates plans of any length, deterministically.
//!
//! They resemble real plans (items in every section that refer to each other) and break few rules. Shapes other than
//! [`Shape::Mixed`] consist mostly of one kind of item, which exposes rules that take quadratic time.

use std::fmt::Write as _;

/// The kind of item that a plan has most of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Every kind, as in real plans.
    Mixed,
    /// Parts, active ingredients and effects of the intervention.
    Effects,
    /// Preconditions.
    Conditions,
    /// Groups, each with a change.
    Groups,
    /// Goals of one group.
    Goals,
    /// Barriers of one group.
    Factors,
    /// Strategies against one barrier.
    Strategies,
    /// Roles that represent one group.
    Roles,
    /// Indicators of one goal.
    Indicators,
    /// Evaluation questions about one goal.
    Questions,
    /// Activities for one strategy and one group.
    Activities,
    /// Activities that each follow the previous one.
    Chain,
    /// Messages to one group.
    Messages,
    /// Literature, all cited in one text.
    Works,
    /// References in one list.
    References,
    /// Items in one list of texts.
    List,
    /// One text.
    Prose,
    /// Unknown keys and references.
    Mistakes,
}

impl Shape {
    pub const ALL: [Self; 18] = [
        Self::Mixed,
        Self::Effects,
        Self::Conditions,
        Self::Groups,
        Self::Goals,
        Self::Factors,
        Self::Strategies,
        Self::Roles,
        Self::Indicators,
        Self::Questions,
        Self::Activities,
        Self::Chain,
        Self::Messages,
        Self::Works,
        Self::References,
        Self::List,
        Self::Prose,
        Self::Mistakes,
    ];

    /// The shape's name on the command line and in tables.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

/// A plan of about `lines` lines with texts of `words` words. The limits of a plan, 2 MiB and 50,000 keys and values, allow
/// some 20,000 lines of any kind of item, or 100,000 lines of text.
pub fn plan(shape: Shape, lines: usize, words: usize) -> String {
    let one = Writer::new(shape, 1, words).plan().lines().count();
    let ten = Writer::new(shape, 11, words).plan().lines().count();
    let each = (ten - one) as f64 / 10.0;
    let many = lines.saturating_sub(one) as f64 / each;
    Writer::new(shape, 1 + many as usize, words).plan()
}

/// Generates one plan.
struct Writer {
    shape: Shape,
    many: usize,
    words: usize,
    texts: usize,
    text: String,
}

const WORDS: &[&str] = &[
    "de",
    "uitvoerder",
    "bespreekt",
    "samen",
    "met",
    "cliënt",
    "waar",
    "stress",
    "vandaan",
    "komt",
    "en",
    "wat",
    "helpt",
    "in",
    "elk",
    "gesprek",
    "daarna",
    "kijkt",
    "het",
    "team",
    "terug",
    "op",
    "moeilijke",
    "momenten",
    "zonder",
    "oordeel",
];

/// Writes a line with its indentation.
macro_rules! line {
    ($writer:ident, $($text:tt)*) => { let _ = writeln!($writer.text, $($text)*); };
}

impl Writer {
    fn new(shape: Shape, many: usize, words: usize) -> Self {
        Self {
            shape,
            many,
            words,
            texts: 0,
            text: String::new(),
        }
    }

    /// The number of items of a kind.
    fn count(&self, shape: Shape) -> usize {
        if self.shape == shape || self.shape == Shape::Mixed {
            self.many
        } else {
            1
        }
    }

    /// A text that differs from the previous one.
    fn say(&mut self) -> String {
        let first = self.texts * 7;
        self.texts += 1;
        let words = (first..first + self.words).map(|nr| WORDS[nr % WORDS.len()]);
        words.collect::<Vec<_>>().join(" ")
    }

    fn plan(mut self) -> String {
        self.cover();
        self.intervention();
        self.conditions();
        self.groups();
        self.goals();
        self.context();
        self.strategies();
        self.team();
        self.monitoring();
        self.evaluation();
        self.budget();
        self.annexes();
        self.text
    }

    fn cover(&mut self) {
        line!(
            self,
            "versie: 1\n\nplan:\n  titel: Plan\n  interventie: Methode\n  organisaties: Gemeente"
        );
        line!(
            self,
            "  datum: 2026-11-22\n  status: concept\n  start: 2027-01-04\n  einde: na 2 jaar"
        );
        line!(self, "  aanleiding: |\n    Zie [@werk-0].");
        if self.shape == Shape::Prose {
            for nr in 0..self.many {
                let text = self.say();
                let end = if nr % 8 == 7 { " [@werk-0].\n" } else { "" };
                line!(self, "    {text}{end}");
            }
        }
        if self.shape == Shape::Works {
            for nr in 1..self.many {
                line!(self, "    Ook [@werk-{nr}].");
            }
        }
        line!(self, "");
    }

    fn intervention(&mut self) {
        line!(
            self,
            "beschrijving_interventie:\n  doel: |\n    {}",
            "Klanten krijgen rust."
        );
        line!(self, "  onderdelen:");
        for nr in 0..self.count(Shape::Effects) {
            let text = self.say();
            line!(
                self,
                "    deel-{nr}: {{naam: {text}, aanpasbaar: nee, focus: ja}}"
            );
        }
        line!(self, "  werkzame_bestanddelen:");
        for nr in 0..self.count(Shape::Effects) {
            let text = self.say();
            line!(
                self,
                "    kern-{nr}:\n      werking: {text}\n      bron: werk-0"
            );
            line!(
                self,
                "      onderdeel: deel-{nr}\n      leidt_tot: [effect-{nr}, effect-0]"
            );
        }
        line!(self, "  effecten:");
        for nr in 0..self.count(Shape::Effects) {
            let text = self.say();
            line!(
                self,
                "    effect-{nr}:\n      naam: {text}\n      soort: gewenst\n      bron: werk-0"
            );
        }
        line!(
            self,
            "    tegenvaller: {{soort: ongewenst, bron: aanname}}\n"
        );
    }

    fn conditions(&mut self) {
        line!(
            self,
            "randvoorwaarden:\n  strategieen_ontwikkelaars: geen\n  voorwaarden:"
        );
        for nr in 0..self.count(Shape::Conditions) {
            let text = self.say();
            line!(
                self,
                "    eis-{nr}:\n      toelichting: {text}\n      bron: [werk-0, interviews]"
            );
            line!(
                self,
                "      geregeld: nee\n      actie: {text}\n      eigenaar: rol-0\n      gereed: na 3 maanden"
            );
        }
    }

    fn groups(&mut self) {
        line!(self, "\nbetrokken_groepen:");
        for nr in 0..self.count(Shape::Groups) {
            let text = self.say();
            line!(
                self,
                "  groep-{nr}:\n    rol: uitvoerder\n    belang: veel\n    invloed: veel"
            );
            line!(
                self,
                "    bron: aanname\n    betrekken: {text}\n    omvang: 12"
            );
        }
        line!(
            self,
            "  klanten: {{rol: profijtgroep, belang: veel, invloed: weinig, omvang: 240, betrekken: Zij doen mee}}"
        );
        line!(self, "\ngebruikers:");
        for nr in 0..self.count(Shape::Groups) {
            let (before, after) = (self.say(), self.say());
            line!(
                self,
                "  groep-{nr}:\n    veranderingen:\n      - aspect: gedrag\n        onderdeel: deel-0"
            );
            line!(
                self,
                "        ist: {before}\n        soll: {after} voortaan"
            );
        }
    }

    fn goals(&mut self) {
        let groups = self.count(Shape::Groups);
        line!(self, "\nimplementatiedoelen:");
        for nr in 0..self.count(Shape::Goals) {
            let text = self.say();
            line!(
                self,
                "  doel-{nr}:\n    groep: groep-{}\n    onderdeel: deel-0",
                nr % groups
            );
            line!(self, "    resultaten:\n      - {text}");
            self.results();
            line!(
                self,
                "    norm: 80% van de trajecten\n    nulmeting: 10% van de trajecten\n    afgestemd_met: groep-0"
            );
            line!(
                self,
                "    haalbaar_omdat: |\n      {text}\n      {text}\n    termijn: 6 maanden\n    draagt_bij_aan: {text}"
            );
        }
    }

    fn results(&mut self) {
        let many = if self.shape == Shape::List {
            self.many
        } else {
            1
        };
        for _ in 0..many {
            let text = self.say();
            line!(self, "      - {text}");
        }
    }

    fn context(&mut self) {
        let groups = self.count(Shape::Groups);
        line!(
            self,
            "\ncontextanalyse:\n  werkwijze: [interviews, evaluatie]\n  factoren:"
        );
        for nr in 0..self.count(Shape::Factors) {
            let text = self.say();
            line!(
                self,
                "    factor-{nr}:\n      groep: groep-{}\n      niveau: organisatie",
                nr % groups
            );
            line!(
                self,
                "      richting: belemmerend\n      invloed: {}\n      veranderbaar: ja",
                1 + nr % 3
            );
            line!(
                self,
                "      toelichting: |\n        {text}\n        {text}\n      bron: werk-0"
            );
        }
    }

    fn strategies(&mut self) {
        let (groups, factors) = (self.count(Shape::Groups), self.count(Shape::Factors));
        line!(self, "\nimplementatiestrategieen:\n  strategieen:");
        for nr in 0..self.count(Shape::Strategies) {
            let text = self.say();
            line!(
                self,
                "    aanpak-{nr}:\n      beschrijving: {text}\n      soort: faciliterend"
            );
            line!(self, "      belemmeringen: factor-{}", nr % factors);
            line!(
                self,
                "      inzet: {{groep-{}: [acceptatie, verandering]}}",
                nr % groups
            );
            line!(
                self,
                "      eigenaar: rol-0\n      onderbouwing: {text}\n      bron: [werk-0, praktijkkennis]"
            );
        }
    }

    fn team(&mut self) {
        let groups = self.count(Shape::Groups);
        line!(self, "\nimplementatieteam:");
        for nr in 0..self.count(Shape::Roles) {
            let text = self.say();
            line!(
                self,
                "  rol-{nr}:\n    persoon: Karim Haddou\n    taken:\n      - {text}\n      - {text}"
            );
            line!(
                self,
                "    expertise: [leiderschap, praktijkervaring]\n    inzet: structureel"
            );
            line!(
                self,
                "    vertegenwoordigt: groep-{}\n    trekker: {}",
                nr % groups,
                if nr == 0 { "ja" } else { "nee" }
            );
        }
        line!(
            self,
            "\nborging:\n  blijvende_eigenaar: {{geborgd: nee, actie: Wijs iemand aan, eigenaar: rol-0, gereed: na 1 jaar}}"
        );
    }

    fn monitoring(&mut self) {
        let goals = self.count(Shape::Goals);
        line!(self, "\nmonitoring:");
        for nr in 0..self.count(Shape::Indicators) {
            let text = self.say();
            line!(
                self,
                "  meting-{nr}:\n    doel: doel-{}\n    soort: toepassing\n    indicator: {text}",
                nr % goals
            );
            line!(
                self,
                "    data: {text}\n    bestaande_data: ja\n    wanneer: [na 3 maanden, elke 6 maanden]"
            );
            line!(self, "    bijsturen: {text}\n    eigenaar: rol-0");
        }
    }

    fn evaluation(&mut self) {
        let (goals, factors) = (self.count(Shape::Goals), self.count(Shape::Factors));
        line!(self, "\nevaluatie:\n  vorm: procesevaluatie\n  vragen:");
        for nr in 0..self.count(Shape::Questions) {
            let text = self.say();
            line!(
                self,
                "    vraag-{nr}:\n      vraag: {text}\n      soort: uitvoering\n      doelen: doel-{}",
                nr % goals
            );
            line!(
                self,
                "      belemmeringen: factor-{}\n      data: {text}",
                nr % factors
            );
        }
    }

    fn budget(&mut self) {
        let (groups, strategies) = (self.count(Shape::Groups), self.count(Shape::Strategies));
        let activities = self.count(Shape::Activities) + self.count(Shape::Chain) - 1;
        line!(self, "\nplanning_en_budget:\n  activiteiten:");
        for nr in 0..activities {
            let text = self.say();
            line!(
                self,
                "    actie-{nr}:\n      naam: {text}\n      strategieen: aanpak-{}",
                nr % strategies
            );
            line!(
                self,
                "      start: 2027-{:02}-18\n      einde: 2028-{:02}-12",
                1 + nr % 9,
                2 + nr % 9
            );
            line!(self, "      eigenaar: rol-0\n      kosten: 250");
            line!(
                self,
                "      inzet: {{groep-{}: {{personen: 12, uren: 6}}, rol-0: {{personen: 1, uren: 8}}}}",
                nr % groups
            );
            if nr > 0 && self.shape != Shape::Activities {
                line!(self, "      na: actie-{}", nr - 1);
            }
        }
        if self.shape == Shape::References {
            line!(self, "    alles:\n      strategieen:");
            for _ in 0..self.many {
                line!(self, "        - aanpak-0");
            }
        }
        line!(self, "  uurtarieven:");
        for nr in 0..groups {
            line!(self, "    groep-{nr}: 62,50");
        }
        line!(self, "  beschikbaar:");
        for nr in 0..groups {
            line!(self, "    groep-{nr}: {{uren_per_week: 4}}");
        }
        line!(
            self,
            "  budget: {{bedrag: 95000, dekking: Vast budget, structureel: ja}}\n  afgestemd_met:"
        );
        for nr in 0..groups {
            line!(self, "    - groep-{nr}");
        }
    }

    fn annexes(&mut self) {
        let groups = self.count(Shape::Groups);
        line!(self, "\ncommunicatieplan:");
        for nr in 0..self.count(Shape::Messages) {
            let text = self.say();
            line!(
                self,
                "  bericht-{nr}:\n    groep: groep-{}\n    boodschap: {text}\n    kanaal: Overleg",
                nr % groups
            );
            line!(
                self,
                "    wanneer: [na 1 maand, elke 6 maanden]\n    afzender: rol-0"
            );
        }
        line!(self, "\nliteratuur:");
        for nr in 0..self.count(Shape::Works) {
            let text = self.say();
            line!(
                self,
                "  werk-{nr}:\n    kort: Jansen, 2019\n    tekst: {text}"
            );
        }
        if self.shape == Shape::Mistakes {
            for nr in 0..self.many {
                line!(self, "  fout-{nr}: {{krot: x}}");
            }
            line!(self, "voortgang:\n  metingen:");
            for nr in 0..self.many {
                line!(self, "    - {{indicator: metng-{nr}}}");
            }
        }
    }
}
