//! Which group stands where in a new plan: its id, and the sections that ask something of it.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::answers::{Group, one_line};
use crate::plan::stakeholders::{Degree, StakeholderRole};
use crate::value::{Choice, Id, plain_words};
use crate::words::Words;

/// A group with its id.
struct Placed {
    id: String,
    group: Group,
}

impl Placed {
    fn is_outside_quadrant_a(&self) -> bool {
        [self.group.interest, self.group.influence].contains(&Some(Degree::Low))
    }

    /// Whether the group is likely to work differently: those who apply the intervention always are, others around it when
    /// they may be in quadrant A (`sleutelgroep-geen-gebruiker`).
    fn is_user(&self) -> bool {
        use StakeholderRole::{Implementer, Manager, Partner, Referrer, Supporter};
        match self.group.role {
            Some(Implementer) => true,
            Some(Manager | Supporter | Referrer | Partner) => !self.is_outside_quadrant_a(),
            _ => false,
        }
    }

    /// Whether nothing is known that speaks against the group being a user.
    fn may_be_user(&self) -> bool {
        self.group.role.is_none() && !self.is_outside_quadrant_a()
    }

    fn is_manager(&self) -> bool {
        self.group.role == Some(StakeholderRole::Manager)
    }

    /// What the template sees of it: its answers, and the ids of what comes with each group.
    fn seen(&self, words: Words) -> Value {
        let Self { id, group } = self;
        let of = |what: &str| format!("{}-{id}", words.get(&format!("nieuw.id_van.{what}")));
        context! {
            id => id,
            // A document shows the id in plain words by itself.
            naam => Some(&group.name).filter(|name| **name != plain_words(id)),
            rol => group.role.map(Choice::name),
            belang => group.interest.map(Choice::name),
            invloed => group.influence.map(Choice::name),
            doel => of("doel"),
            belemmering => of("belemmering"),
            toepassing => of("toepassing"),
            kwaliteit => of("kwaliteit"),
            bericht => of("bericht"),
        }
    }
}

/// The groups as `templates/plan.yaml.j2` lays them out. There is always a group that may be a user, one that is still to be
/// named if need be, and each group is spoken of in another section too.
pub(super) fn layout(groups: &[Group], words: Words) -> Value {
    let id = |name: &str| words.get(&format!("nieuw.id.{name}"));
    let mut ids = Ids::new(id("groep"), [id("trekker"), id("ambassadeur")]);
    let mut all: Vec<Placed> = groups.iter().filter_map(|group| ids.place(group)).collect();
    if all.is_empty() {
        all.extend([
            ids.place_unnamed(StakeholderRole::Implementer, id("uitvoerders")),
            ids.place_unnamed(StakeholderRole::Manager, id("leidinggevenden")),
            ids.place_unnamed(StakeholderRole::Beneficiary, id("profijtgroep")),
        ]);
    }
    let mut is_user: fn(&Placed) -> bool = Placed::is_user;
    if !all.iter().any(is_user) {
        if all.iter().any(Placed::may_be_user) {
            is_user = Placed::may_be_user;
        } else {
            all.insert(
                0,
                ids.place_unnamed(StakeholderRole::Implementer, id("uitvoerders")),
            );
        }
    }

    let users: Vec<&Placed> = all.iter().filter(|group| is_user(group)).collect();
    // A factor for each user group, and both kinds of factor in every plan: the last one has what helps.
    let hindered = &users[..users.len().saturating_sub(1).max(1)];
    // Nobody works with these every day, so that what they should hear takes a message.
    let reached = all
        .iter()
        .filter(|group| !is_user(group) || group.is_outside_quadrant_a());
    let seen = |group: &Placed| group.seen(words);
    let ids_of = |groups: &[&Placed]| groups.iter().map(|group| group.id.clone()).collect();
    let mut spend_hours: Vec<String> = ids_of(&users);
    spend_hours.push(id("trekker").to_owned());
    let (managers, others): (Vec<&Placed>, Vec<&Placed>) =
        users.iter().partition(|user| user.is_manager());
    let (led_by, done_by): (Vec<String>, Vec<String>) = (ids_of(&managers), ids_of(&others));
    context! {
        betrokken => all.iter().map(seen).collect::<Vec<_>>(),
        gebruikers => users.iter().copied().map(seen).collect::<Vec<_>>(),
        belemmerd => hindered.iter().copied().map(seen).collect::<Vec<_>>(),
        bereikt => reached.map(seen).collect::<Vec<_>>(),
        besteden_uren => spend_hours,
        trekker_voor => led_by,
        ambassadeur_voor => done_by,
    }
}

/// Gives out ids, each once.
struct Ids {
    /// What an id is, or begins with, when the name gives none that can stand alone.
    fallback: &'static str,
    taken: BTreeSet<String>,
}

impl Ids {
    /// Groups share one space of ids with the roles of the team.
    fn new(fallback: &'static str, roles: [&str; 2]) -> Self {
        Self {
            fallback,
            taken: roles.map(str::to_owned).into(),
        }
    }

    /// A group under its own name. Without a name there is no group.
    fn place(&mut self, group: &Group) -> Option<Placed> {
        let name = one_line(&group.name);
        if name.is_empty() {
            return None;
        }
        let id = self.free(&self.of_name(&name));
        let group = Group {
            name,
            ..group.clone()
        };
        Some(Placed { id, group })
    }

    /// A group of which only the role is known. Its id is its name for now.
    fn place_unnamed(&mut self, role: StakeholderRole, id: &str) -> Placed {
        let id = self.free(id);
        let group = Group {
            name: plain_words(&id),
            role: Some(role),
            ..Group::default()
        };
        Placed { id, group }
    }

    /// The id that a name gives, at most so long that other ids can begin with something else.
    fn of_name(&self, name: &str) -> String {
        const MOST: usize = 40;

        let mut id = Id::well_formed(name);
        if id.len() > MOST {
            // Better a word less than half a word, if there is more than one.
            let cut = id[..=MOST].rfind('-').unwrap_or(MOST);
            id.truncate(cut);
        }
        // Of `2027` or `null` other readers of YAML make something else than a text.
        let is_number = id.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let is_plain = serde_yaml::to_string(&id).is_ok_and(|yaml| yaml.trim_end() == id);
        match id.as_str() {
            "" => self.fallback.to_owned(),
            id if is_number || !is_plain => format!("{}-{id}", self.fallback),
            _ => id,
        }
    }

    /// The id itself, or with the first number behind it that makes it another one.
    fn free(&mut self, id: &str) -> String {
        let mut free = id.to_owned();
        let mut nr = 2;
        while !self.taken.insert(free.clone()) {
            free = format!("{id}-{nr}");
            nr += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Language;

    fn ids(names: &[&str]) -> Vec<String> {
        let mut ids = Ids::new("groep", ["trekker", "ambassadeur"]);
        let groups = names.iter().map(|name| Group {
            name: (*name).to_owned(),
            ..Group::default()
        });
        groups
            .filter_map(|group| ids.place(&group))
            .map(|placed| placed.id)
            .collect()
    }

    #[test]
    fn an_id_is_the_name_in_letters_digits_and_hyphens() {
        assert_eq!(
            ids(&[
                "Consulenten Bijstand & Zorg",
                "Coördinatoren",
                "Team ’t Zand",
                "2e lijn",
                " "
            ]),
            [
                "consulenten-bijstand-zorg",
                "coordinatoren",
                "team-t-zand",
                "2e-lijn"
            ]
        );
    }

    #[test]
    fn an_id_is_given_once_and_is_no_role_of_the_team() {
        assert_eq!(
            ids(&["Team", "team", "TEAM!", "Team 2", "Trekker"]),
            ["team", "team-2", "team-3", "team-2-2", "trekker-2"]
        );
    }

    #[test]
    fn an_id_is_never_taken_for_a_number_or_for_nothing() {
        assert_eq!(
            ids(&["日本", "2027", "1-2", "null", "True", "1e3", "???"]),
            [
                "groep",
                "groep-2027",
                "groep-1-2",
                "groep-null",
                "groep-true",
                "groep-1e3",
                "groep-2"
            ]
        );
    }

    #[test]
    fn an_id_does_not_grow_forever() {
        let long = format!("Medewerkers van {}", "wijkteam en ".repeat(20));
        assert_eq!(
            ids(&[&long, &"x".repeat(99)]),
            [
                "medewerkers-van-wijkteam-en-wijkteam-en".to_owned(),
                "x".repeat(40)
            ]
        );
    }

    /// The ids that the template gets under that name.
    fn laid_out(groups: &[&str], name: &str) -> Vec<String> {
        let groups: Vec<Group> = groups
            .iter()
            .map(|text| Group::parse(text).unwrap())
            .collect();
        let layout = layout(&groups, Words::of(Language::Dutch));
        let ids = layout.get_attr(name).unwrap().try_iter().unwrap();
        ids.map(|group| group.get_attr("id").unwrap().to_string())
            .collect()
    }

    #[test]
    fn users_are_those_who_will_work_differently() {
        let groups = [
            "Consulenten:uitvoerder:veel:weinig",
            "Teamleiders:leidinggevende:veel:veel",
            "Directie:leidinggevende:weinig:veel",
            "Huisartsen:doorverwijzer",
            "Wethouder:beslisser:veel:veel",
            "Bewoners:profijtgroep:veel:weinig",
        ];
        assert_eq!(
            laid_out(&groups, "gebruikers"),
            ["consulenten", "teamleiders", "huisartsen"]
        );
        // With the rest somebody has to keep in touch.
        assert_eq!(
            laid_out(&groups, "bereikt"),
            ["consulenten", "directie", "wethouder", "bewoners"]
        );
        assert_eq!(
            laid_out(&groups, "belemmerd"),
            ["consulenten", "teamleiders"]
        );
    }

    #[test]
    fn there_is_always_a_user() {
        assert_eq!(
            laid_out(&["Bewoners:profijtgroep"], "gebruikers"),
            ["uitvoerders"]
        );
        assert_eq!(
            laid_out(&["Uitvoerders:beslisser"], "gebruikers"),
            ["uitvoerders-2"]
        );
        // A group of which nothing is known may well be one.
        assert_eq!(
            laid_out(&["Consulenten", "Bewoners:profijtgroep"], "gebruikers"),
            ["consulenten"]
        );
        assert_eq!(
            laid_out(&["Consulenten::weinig"], "gebruikers"),
            ["uitvoerders"]
        );
        assert_eq!(
            laid_out(&[], "gebruikers"),
            ["uitvoerders", "leidinggevenden"]
        );
    }
}
