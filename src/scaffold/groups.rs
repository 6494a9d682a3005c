//! The groups of a new plan: their ids, and the sections in which each of them occurs.

use std::collections::BTreeSet;

use super::answers::{Group, one_line};
use crate::plan::stakeholders::{Degree, StakeholderRole};
use crate::value::{Id, plain_words};
use crate::words::Words;
use crate::words::key::nieuw::id;

/// A group with its id.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub id: String,
    pub group: Group,
}

impl Placed {
    pub(super) fn is(&self, role: StakeholderRole) -> bool {
        self.group.role == Some(role)
    }

    fn is_outside_quadrant_a(&self) -> bool {
        [self.group.interest, self.group.influence].contains(&Some(Degree::Low))
    }

    /// Whether the group is likely to work differently. Implementers always are; others around the intervention are if they
    /// may be in quadrant A (`sleutelgroep-geen-gebruiker`).
    fn is_user(&self) -> bool {
        use StakeholderRole::{Implementer, Manager, Partner, Referrer, Supporter};
        match self.group.role {
            Some(Implementer) => true,
            Some(Manager | Supporter | Referrer | Partner) => !self.is_outside_quadrant_a(),
            _ => false,
        }
    }

    /// Whether nothing that is known rules the group out as a user.
    fn may_be_user(&self) -> bool {
        self.group.role.is_none() && !self.is_outside_quadrant_a()
    }
}

/// The groups of a new plan, by their parts in it.
pub(super) struct Groups {
    /// Whether the author named them.
    pub are_named: bool,
    pub all: Vec<Placed>,
    /// The groups that will work differently; at least one, added if necessary.
    pub users: Vec<Placed>,
    /// The groups with a message, because nothing else in the plan reaches them regularly.
    pub reached: Vec<Placed>,
}

impl Groups {
    pub(super) fn new(named: &[Group], words: Words) -> Self {
        let roles = [id::TREKKER, id::AMBASSADEUR].map(|role| words.get(role));
        let mut ids = Ids::new(words.get(id::GROEP), roles);
        let mut all: Vec<Placed> = named.iter().filter_map(|group| ids.place(group)).collect();
        let are_named = !all.is_empty();
        let is_user = if all.iter().any(Placed::is_user) {
            Placed::is_user
        } else if all.iter().any(Placed::may_be_user) {
            Placed::may_be_user
        } else {
            let user = ids.place_unnamed(StakeholderRole::Implementer, words.get(id::UITVOERDERS));
            all.insert(0, user);
            Placed::is_user
        };
        let users: Vec<Placed> = all.iter().filter(|group| is_user(group)).cloned().collect();
        let reached = all
            .iter()
            .filter(|group| !is_user(group) || group.is_outside_quadrant_a());
        Self {
            are_named,
            reached: reached.cloned().collect(),
            all,
            users,
        }
    }
}

/// Words that a long name can do without in an id, in both languages.
const SMALL_WORDS: [&str; 22] = [
    "a", "aan", "and", "at", "bij", "de", "een", "en", "for", "het", "in", "met", "of", "om", "on",
    "op", "te", "the", "to", "uit", "van", "voor",
];

/// Derives an id from a name, short enough for a prefix to be added to it. The fallback is an id, or the start of one, for names
/// that yield no valid id.
pub(crate) fn id_of(name: &str, fallback: &str) -> String {
    const MOST_WORDS: usize = 3;
    const LONGEST: usize = 40;

    let mut id = Id::well_formed(name);
    let words: Vec<&str> = id.split('-').collect();
    if words.len() > MOST_WORDS {
        let telling = words.iter().filter(|word| !SMALL_WORDS.contains(word));
        let mut short: Vec<&str> = telling.copied().take(MOST_WORDS).collect();
        if short.is_empty() {
            short = words[..MOST_WORDS].to_vec();
        }
        id = short.join("-");
    }
    if id.len() > LONGEST {
        // Cut between words if possible.
        let cut = id[..=LONGEST].rfind('-').unwrap_or(LONGEST);
        id.truncate(cut);
    }
    // Other YAML readers would not read `2027` or `null` as a text.
    let is_number = id.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let is_plain = serde_yaml::to_string(&id).is_ok_and(|yaml| yaml.trim_end() == id);
    match id.as_str() {
        "" => fallback.to_owned(),
        id if is_number || !is_plain => format!("{fallback}-{id}"),
        _ => id,
    }
}

/// Creates unique ids.
struct Ids {
    /// Fallback id, or id prefix, for names that yield no valid id.
    fallback: &'static str,
    taken: BTreeSet<String>,
}

impl Ids {
    /// Groups and the roles of the team share one namespace.
    fn new(fallback: &'static str, roles: [&str; 2]) -> Self {
        Self {
            fallback,
            taken: roles.map(str::to_owned).into(),
        }
    }

    /// Gives a group its id. A group without a name is dropped.
    fn place(&mut self, group: &Group) -> Option<Placed> {
        let name = one_line(&group.name);
        if name.is_empty() {
            return None;
        }
        let id = self.free(&id_of(&name, self.fallback));
        let group = Group {
            name,
            ..group.clone()
        };
        Some(Placed { id, group })
    }

    /// Creates a group that has only a role. Its name is its id for now.
    fn place_unnamed(&mut self, role: StakeholderRole, id: &str) -> Placed {
        let id = self.free(id);
        let group = Group {
            name: plain_words(&id),
            role: Some(role),
            ..Group::default()
        };
        Placed { id, group }
    }

    /// Makes an id unique, with a number behind it if it is taken.
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
            .map(|group| group.id)
            .collect()
    }

    #[test]
    fn ids_keep_letters_and_digits_of_the_name() {
        for (name, id) in [
            ("Consulenten Bijstand & Zorg", "consulenten-bijstand-zorg"),
            ("Coördinatoren", "coordinatoren"),
            ("Team ’t Zand", "team-t-zand"),
            ("2e lijn", "2e-lijn"),
        ] {
            assert_eq!(ids(&[name]), [id]);
        }
        assert_eq!(ids(&[" "]), [""; 0]);
    }

    #[test]
    fn ids_are_unique_and_differ_from_team_roles() {
        assert_eq!(
            ids(&["Team", "team", "TEAM!", "Team 2", "Trekker"]),
            ["team", "team-2", "team-3", "team-2-2", "trekker-2"]
        );
    }

    #[test]
    fn ids_are_always_texts_in_yaml() {
        for (name, id) in [
            ("日本", "groep"),
            ("2027", "groep-2027"),
            ("1-2", "groep-1-2"),
            ("null", "groep-null"),
            ("True", "groep-true"),
            ("1e3", "groep-1e3"),
        ] {
            assert_eq!(ids(&[name]), [id]);
        }
        assert_eq!(ids(&["日本", "???"]), ["groep", "groep-2"]);
    }

    #[test]
    fn ids_have_a_maximum_length() {
        for (name, id) in [
            (
                "Consulenten van werk en inkomen",
                "consulenten-werk-inkomen",
            ),
            (
                "Medewerkers van de wijkteams in Noord en Oost",
                "medewerkers-wijkteams-noord",
            ),
            ("De en het of de", "de-en-het"),
            ("Team van Zuid", "team-van-zuid"),
        ] {
            assert_eq!(ids(&[name]), [id]);
        }
        let long = "Arbeidsdeskundigen herstelconsulenten jobcoaches";
        assert_eq!(ids(&[long]), ["arbeidsdeskundigen-herstelconsulenten"]);
        assert_eq!(ids(&[&"x".repeat(99)]), ["x".repeat(40)]);
    }

    fn groups(answers: &[&str]) -> Groups {
        let answers: Vec<_> = answers
            .iter()
            .map(|text| Group::parse(text).unwrap())
            .collect();
        Groups::new(&answers, Words::of(Language::Dutch))
    }

    fn ids_of(groups: &[Placed]) -> Vec<&str> {
        groups.iter().map(|group| group.id.as_str()).collect()
    }

    #[test]
    fn users_are_the_groups_that_will_work_differently() {
        let groups = groups(&[
            "Consulenten:uitvoerder:veel:weinig",
            "Teamleiders:leidinggevende:veel:veel",
            "Directie:leidinggevende:weinig:veel",
            "Huisartsen:doorverwijzer",
            "Wethouder:beslisser:veel:veel",
            "Bewoners:profijtgroep:veel:weinig",
        ]);
        let users = ["consulenten", "teamleiders", "huisartsen"];
        assert_eq!(ids_of(&groups.users), users);
        // Messages go to groups that are no users, or users outside quadrant A.
        let reached = ["consulenten", "directie", "wethouder", "bewoners"];
        assert_eq!(ids_of(&groups.reached), reached);
    }

    #[test]
    fn there_is_always_a_user_group() {
        for (answers, users) in [
            (&["Bewoners:profijtgroep"][..], &["uitvoerders"][..]),
            (&["Uitvoerders:beslisser"], &["uitvoerders-2"]),
            // A group without a role may be a user.
            (&["Consulenten", "Bewoners:profijtgroep"], &["consulenten"]),
            (&["Consulenten::weinig"], &["uitvoerders"]),
            (&[], &["uitvoerders"]),
        ] {
            assert_eq!(ids_of(&groups(answers).users), users);
        }
    }
}
