//! References: ids of things elsewhere in the plan.

use std::borrow::{Borrow, Cow};
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer};

use super::choice::spelled;
use super::text::text_kind;

/// The kind of thing that a reference points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefKind {
    /// `beschrijving_interventie.onderdelen`
    Part,
    /// `beschrijving_interventie.effecten`
    Effect,
    /// `betrokken_groepen`
    Group,
    /// `implementatieteam`
    Role,
    /// `betrokken_groepen` or `implementatieteam`, which share one namespace
    GroupOrRole,
    /// `implementatiedoelen`
    Goal,
    /// `contextanalyse.factoren`
    Factor,
    /// `implementatiestrategieen.strategieen`
    Strategy,
    /// `planning_en_budget.activiteiten`
    Activity,
    /// `planning_en_budget.beslismomenten`
    Decision,
    /// `planning_en_budget.activiteiten` or `planning_en_budget.beslismomenten`, which share one namespace
    Predecessor,
    /// `planning_en_budget.etappes`
    Stage,
    /// `beschrijving_interventie.werkzame_bestanddelen`
    Ingredient,
    /// `beschrijving_interventie.materialen`
    Material,
    /// `randvoorwaarden.voorwaarden`
    Precondition,
    /// `borging.eigen_punten`
    OwnPoint,
    /// `evaluatie.vragen`
    Question,
    /// `communicatieplan`
    Message,
    /// `risicos`
    Risk,
    /// Any of these mappings
    Anything,
    /// `monitoring`
    Indicator,
    /// `literatuur`, or one of the words for other sources
    Source,
}

macro_rules! references {
    ($($(#[$meta:meta])* $name:ident, $kind:literal, $target:ident $(, or $words:expr)?;)+) => {
        impl RefKind {
            /// The kind of reference with the name that is passed to the reader.
            pub fn of(kind: &str) -> Option<Self> {
                match kind {
                    $($kind => Some(Self::$target),)+
                    _ => None,
                }
            }
        }

        // An id may be all digits, which other YAML readers resolve to a number.
        $(text_kind! { $(#[$meta])* $name, $kind, { "type": ["string", "integer"] $(, "examples": $words)? } })+
    };
}

references! {
    /// A component of the intervention ("onderdeel").
    PartRef, "verwijzing_onderdeel", Part;
    /// An effect of the intervention.
    EffectRef, "verwijzing_effect", Effect;
    /// A stakeholder group ("betrokken groep").
    GroupRef, "verwijzing_groep", Group;
    /// A role in the implementation team ("teamrol").
    RoleRef, "verwijzing_teamrol", Role;
    /// A stakeholder group or a role in the implementation team.
    GroupOrRoleRef, "verwijzing_groep_of_teamrol", GroupOrRole;
    /// An implementation goal.
    GoalRef, "verwijzing_doel", Goal;
    /// A factor of the context analysis: a barrier or a facilitator.
    FactorRef, "verwijzing_factor", Factor;
    /// An implementation strategy.
    StrategyRef, "verwijzing_strategie", Strategy;
    /// An activity of the planning or a decision.
    PredecessorRef, "verwijzing_activiteit_of_beslismoment", Predecessor;
    /// A stage of the implementation ("etappe").
    StageRef, "verwijzing_etappe", Stage;
    /// Anything in the plan that has an id.
    ThingRef, "verwijzing_iets", Anything;
    /// An indicator of the monitoring.
    IndicatorRef, "verwijzing_indicator", Indicator;
    /// The source of a statement ("bron").
    SourceRef, "verwijzing_bron", Source, or SourceRef::WORDS;
}

impl SourceRef {
    /// The possible sources besides literature.
    pub const WORDS: [&'static str; 6] = [
        "interviews",
        "brainstorm",
        "vragenlijst",
        "evaluatie",
        "praktijkkennis",
        Self::ASSUMPTION,
    ];

    /// The word for a statement without a source.
    pub const ASSUMPTION: &'static str = "aanname";

    /// The word for a source that a text is a spelling of: the Dutch or English word, in any case.
    pub fn word(text: &str) -> Option<&'static str> {
        let exact = Self::WORDS.into_iter().find(|word| *word == text);
        exact.or_else(|| spelled("bron", text))
    }

    pub fn is_assumption(&self) -> bool {
        self.as_str() == Self::ASSUMPTION
    }
}
