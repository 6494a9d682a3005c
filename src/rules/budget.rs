//! Rules of section 12, planning and budget.

use crate::plan::Plan;
use crate::rules::check::Check;
use crate::value::path;
use crate::value::path::Path;

mod activities;
mod cycles;
mod hours;
mod money;
mod order;
mod phases;
mod stages;
#[cfg(test)]
mod tests;

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("activiteiten-ontbreken", &[], activities::none),
    Check::warning("gebruiker-zonder-activiteit", &["groep"], hours::user_without_activity)
        .resting_on(&["planning_en_budget.activiteiten.*.inzet.*"]),
    Check::warning("activiteit-zonder-uren", &["activiteit"], activities::without_effort),
    Check::warning("activiteit-zonder-datum", &["activiteit", "ontbreekt"], activities::without_days),
    Check::error("einde-voor-start", &["activiteit", "einde", "start"], activities::ends_before_start),
    Check::warning("activiteit-buiten-looptijd", &["activiteit", "dag", "planstart", "planeinde"], activities::outside_runtime),
    Check::error("activiteit-voor-voorganger", &["ring", "activiteit", "begint", "voorganger", "eindigt", "beslismoment", "wanneer"], order::before_predecessor),
    Check::warning("activiteit-zonder-eigenaar", &["activiteit"], activities::without_owner),
    Check::warning("uurtarief-ontbreekt", &["partij", "uren"], money::hours_without_rate)
        .resting_on(&["planning_en_budget.uurtarieven.*"]),
    Check::warning("budget-ontbreekt", &["totaal"], money::costs_without_funds),
    Check::error("budget-overschreden", &["totaal", "verschil", "budget"], money::costs_over_funds),
    Check::warning("dekking-ontbreekt", &[], money::funds_without_source),
    Check::warning("te-veel-uren", &["groep", "week", "uren", "beschikbaar", "activiteiten"], hours::overload),
    Check::tip("beschikbare-uren-onbekend", &["groep"], hours::availability_unknown)
        .resting_on(&["planning_en_budget.beschikbaar.*"]),
    Check::tip("uren-niet-afgestemd", &["groep"], hours::not_agreed).resting_on(&["planning_en_budget.afgestemd_met"]),
    Check::tip("fase-te-laat", &["activiteit", "fase", "groep", "latere", "voorbij", "begint"], phases::out_of_order),
    Check::tip("actie-buiten-planning", &["actie", "materiaal", "beslismoment", "etappe", "gereed", "planeinde"], activities::action_after_end),
    Check::tip("proef-ontbreekt", &["groepen"], stages::no_pilot),
    Check::tip("proef-te-klein", &["etappe", "groep", "aantal"], stages::pilot_too_small),
    Check::tip("uitbreiding-zonder-besluit", &["etappe", "begint", "proef", "eindigt"], stages::extension_without_decision),
    Check::warning("beslismoment-onvolledig", &["beslismoment", "ontbreekt"], stages::incomplete_decision),
    Check::tip("etappe-zonder-activiteit", &["etappe"], stages::stage_without_activity)
        .resting_on(&["planning_en_budget.activiteiten.*.etappe"]),
];

/// The path of an activity.
fn activity_path(id: &str) -> Path {
    path!["planning_en_budget", "activiteiten", id]
}

/// Whether an id is a group or a role. It may be one if the section with the groups or with the roles is missing.
fn is_party(plan: &Plan, id: &str) -> bool {
    let exists = plan.groups().contains(id) || plan.roles().contains(id);
    exists || plan.stakeholders.given().is_none() || plan.team.given().is_none()
}
