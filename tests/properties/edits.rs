//! Generated plans: a whole plan with edits that are chosen by a sequence of bytes.
//!
//! Edits remove, duplicate, move and swap parts, and replace keys, references, dates, amounts and texts. Any bytes are valid,
//! and fewer bytes make fewer edits, so that both a fuzzer and a shrinking test can search among them.

use std::sync::LazyLock;

use planmaker::scaffold;
use planmaker::{Document, Node, NodeEntry, NodeValue, Path, Step};

/// The plans to edit: the worked example, a plan without findings, and the shortest plan.
const PLANS: [&str; 3] = [
    scaffold::EXAMPLE,
    include_str!("../plans/goed.yaml"),
    include_str!("../../examples/minimaal.yaml"),
];

/// Indices of [`PLANS`], with more chances for short plans, which are checked faster.
const WEIGHTS: [usize; 8] = [0, 1, 2, 2, 2, 2, 1, 2];

static TREES: LazyLock<Vec<Tree>> = LazyLock::new(|| {
    let read = |text: &str| Document::read(text.as_bytes());
    let trees = PLANS.map(|plan| Tree::of(read(plan).root()));
    trees.into()
});

/// Values that are valid in some places or in none.
#[rustfmt::skip]
pub const VALUES: [&str; 64] = [
    "", "~", "ja", "nee", "deels", "2", "0", "-1", "3", "5", "999999999999999999999999", "0.5", "1,5",
    "4.500", "52.50", "€ 40.000,00", "1e9", "80%", "2027-01-04", "2027-02-30", "0000-01-01",
    "9999-12-31", "4 januari 2027", "na 3 maanden", "na 10000 jaar", "binnen 6 maanden", "elke 2 weken",
    "elke maand tot 12 maanden", "elke 1 dag", "3 maanden", "kort", "lang", "aanname", "brainstorm",
    "orientatie", "inzicht", "acceptatie", "verandering", "behoud", "uitvoerder", "profijtgroep",
    "beslisser", "gedrag", "belemmerend", "bevorderend", "toepassing", "kwaliteit", "concept",
    "vastgesteld", "vervallen", "afgerond", "en", "nl", "TODO", "n.v.t.", "alle",
    "doel-zonder-indicator", "strategie-zonder-activiteit", "niet-gebruikt", "versie", "voorbeeld",
    "Ærø ïs 🎉", "https://x.nl/?a=1&b=(2)", "javascript:alert(1)",
];

/// Pieces of text that are special in YAML, Markdown, HTML or a template.
#[rustfmt::skip]
pub const PIECES: [&str; 64] = [
    "*", "**", "_", "`", "``", "~~", "[", "]", "](", "(", ")", "![", "<", ">", "<b>", "</script>",
    "<!--", "-->", "&", "&amp;", "\n", "\n\n", "\n# ", "\n- ", "\n1. ", "\n> ", "\n    ", "\n---\n",
    "\n===\n", "\n```\n", "\n| a | b |\n|-|-|\n| c | d |\n", "|", "\\", "\\|", "\"", "'", ": ", " #",
    "{{ plan }}", "{% x %}", "{# x #}", "[@tonnon-2021]", "[@x]", "[@tonnon-2021; @y]", "http://x.nl",
    "www.x.nl", "a@b.nl", "javascript:x", "[a](javascript:x)", "[^1]", "- [x] ", "\t", "\r\n", "\u{85}",
    "\u{2028}", "\u{202e}", "\u{ad}", "\u{feff}", "\u{fffd}", "\u{10ffff}", "e\u{301}", "ﬁ", "meer",
    "zo snel mogelijk",
];

const MAX_EDITS: usize = 48;
/// No more edits are made once a plan is larger than this.
const MAX_NODES: usize = 20_000;

/// The text of the plan that the bytes generate.
pub fn plan(bytes: &[u8]) -> String {
    let mut choices = Choices(bytes);
    let first = choices.number();
    let mut tree = TREES[WEIGHTS[first % WEIGHTS.len()]].clone();
    for _ in 0..MAX_EDITS {
        if choices.0.is_empty() || tree.size() > MAX_NODES {
            break;
        }
        edit(&mut tree, &mut choices);
    }
    let mut text = String::new();
    tree.write(0, &mut text);
    text
}

/// The text of a plan with a word of its own in each of these texts, of which some are prose.
pub fn marked(document: &Document, texts: &[(Path, bool)]) -> String {
    let mut tree = Tree::of(document.root());
    for (nr, (path, is_prose)) in texts.iter().enumerate() {
        if let Some(Tree::Text(text)) = tree.at(path) {
            let mark = format!("{MARK}{nr}q");
            *text = match is_prose {
                true => format!("{mark}\n\n{text}"),
                // An address is one word.
                false if text.contains("://") => text.trim().to_owned() + &mark,
                false => format!("{text} {mark}"),
            };
        }
    }
    let mut text = String::new();
    tree.write(0, &mut text);
    text
}

const MARK: &str = "qmerk";

/// The words in a text that [`marked`] added.
pub fn marks_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(MARK).filter_map(move |(start, _)| {
        let rest = &text[start + MARK.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let end = start + MARK.len() + digits;
        (digits > 0 && rest[digits..].starts_with('q')).then(|| &text[start..=end])
    })
}

/// Choices made from bytes. When the bytes are used up, every choice is the first.
pub struct Choices<'b>(&'b [u8]);

impl<'b> Choices<'b> {
    /// The choices that these bytes make.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub fn number(&mut self) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*first)
    }

    /// A number below `end`, which may be larger than a byte.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() * 256 + self.number()) % end.max(1)
    }

    pub fn one_of(&mut self, list: &[&'static str]) -> &'static str {
        list[self.number() % list.len()]
    }

    /// Up to 31 of the bytes themselves.
    pub fn raw(&mut self) -> &'b [u8] {
        let length = (self.number() % 32).min(self.0.len());
        let (raw, rest) = self.0.split_at(length);
        self.0 = rest;
        raw
    }
}

/// A plan without places, in which keys may be duplicate.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Text(String),
    List(Vec<Tree>),
    Mapping(Vec<(String, Tree)>),
}

fn edit(tree: &mut Tree, choices: &mut Choices<'_>) {
    let kind = choices.number() % 12;
    let at = choices.below(tree.size());
    match kind {
        0..=4 => edit_parts(tree, kind, at, choices),
        5 => tree.set(at, Tree::Text(choices.one_of(&VALUES).to_owned())),
        6 => {
            let keys = tree.keys();
            let key = keys[choices.below(keys.len())].clone();
            tree.set(at, Tree::Text(key));
        }
        7 => {
            let raw = String::from_utf8_lossy(choices.raw()).into_owned();
            tree.set(at, Tree::Text(raw));
        }
        8 => {
            let other = tree.get_mut(choices.below(tree.size())).clone();
            tree.set(at, other);
        }
        _ => {
            let (piece, place) = (choices.one_of(&PIECES), choices.number());
            if let Tree::Text(text) = tree.get_mut(at) {
                let mut place = place * (text.len() + 1) / 256;
                while !text.is_char_boundary(place) {
                    place -= 1;
                }
                text.insert_str(place, piece);
            }
        }
    }
}

/// Edits the parts of a list or mapping.
fn edit_parts(tree: &mut Tree, kind: usize, at: usize, choices: &mut Choices<'_>) {
    let keys = tree.keys();
    let key = keys[choices.below(keys.len())].clone();
    let (one, other) = (choices.number(), choices.number());
    match tree.get_mut(at) {
        Tree::Mapping(entries) if !entries.is_empty() => {
            let (one, other) = (one % entries.len(), other % entries.len());
            match kind {
                0 => drop(entries.remove(one)),
                1 => entries.insert(other, entries[one].clone()),
                2 => entries.swap(one, other),
                3 => entries[one].0 = key,
                _ => entries.insert(other, (key, entries[one].1.clone())),
            }
        }
        Tree::List(items) if !items.is_empty() => {
            let (one, other) = (one % items.len(), other % items.len());
            match kind {
                0 => drop(items.remove(one)),
                1 => items.insert(other, items[one].clone()),
                2 => items.swap(one, other),
                3 => items[one] = Tree::Mapping(vec![(key, items[one].clone())]),
                _ => items[one] = Tree::List(vec![items[one].clone()]),
            }
        }
        text => {
            let inner = text.clone();
            *text = match kind {
                0 => Tree::Text(String::new()),
                1 => Tree::List(vec![inner.clone(), inner]),
                2 => Tree::List(vec![inner]),
                3 => Tree::Mapping(vec![(key, inner)]),
                _ => Tree::List(vec![inner, Tree::Text(key)]),
            };
        }
    }
}

impl Tree {
    fn of(node: &Node) -> Self {
        match &node.value {
            NodeValue::Scalar { text, .. } => Self::Text(text.clone()),
            NodeValue::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeValue::Mapping(entries) => {
                let part =
                    |(key, entry): (&String, &NodeEntry)| (key.clone(), Self::of(&entry.value));
                Self::Mapping(entries.iter().map(part).collect())
            }
            NodeValue::Empty | NodeValue::Unread => Self::Text(String::new()),
        }
    }

    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::List(items) => items.iter().collect(),
            Self::Mapping(entries) => entries.iter().map(|(_, value)| value).collect(),
        }
    }

    fn size(&self) -> usize {
        1 + self.parts().into_iter().map(Self::size).sum::<usize>()
    }

    /// All keys; at least one.
    fn keys(&self) -> Vec<String> {
        let own: Vec<String> = match self {
            Self::Mapping(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::new(),
        };
        let inner = self.parts().into_iter().flat_map(|part| match part {
            Self::Text(_) => Vec::new(),
            part => part.keys(),
        });
        let mut keys: Vec<String> = own.into_iter().chain(inner).collect();
        if keys.is_empty() {
            keys.push("plan".to_owned());
        }
        keys
    }

    /// The node with this number, counted from the root down.
    fn get_mut(&mut self, at: usize) -> &mut Self {
        if at == 0 {
            return self;
        }
        let mut left = at - 1;
        let sizes: Vec<usize> = self.parts().into_iter().map(Self::size).collect();
        let found = sizes.iter().position(|size| {
            let is_here = left < *size;
            if !is_here {
                left -= size;
            }
            is_here
        });
        match (self, found) {
            (Self::List(items), Some(nr)) => items[nr].get_mut(left),
            (Self::Mapping(entries), Some(nr)) => entries[nr].1.get_mut(left),
            (here, _) => here,
        }
    }

    /// The node at a path.
    fn at(&mut self, path: &Path) -> Option<&mut Self> {
        path.steps()
            .try_fold(self, |tree, step| match (tree, step) {
                (Self::List(items), Step::Index(index)) => items.get_mut(*index),
                (Self::Mapping(entries), Step::Key(key)) => {
                    let entry = entries.iter_mut().find(|(name, _)| name == key);
                    entry.map(|(_, value)| value)
                }
                _ => None,
            })
    }

    fn set(&mut self, at: usize, tree: Self) {
        *self.get_mut(at) = tree;
    }

    /// Writes YAML: lists and mappings in block style; texts plain, as a block or in quotes.
    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        match self {
            Self::Text(text) => write_text(text, depth, out),
            Self::List(items) if items.is_empty() => out.push_str(" []"),
            Self::Mapping(entries) if entries.is_empty() => out.push_str(" {}"),
            Self::List(items) => {
                for item in items {
                    out.push_str(&format!("\n{indent}-"));
                    item.write(depth + 1, out);
                }
            }
            Self::Mapping(entries) => {
                for (key, value) in entries {
                    let quoted = (!is_plain(key)).then(|| quoted(key));
                    let key = quoted.as_ref().unwrap_or(key);
                    out.push_str(&format!("\n{indent}{key}:"));
                    value.write(depth + 1, out);
                }
            }
        }
    }
}

fn write_text(text: &str, depth: usize, out: &mut String) {
    if text.is_empty() {
        return;
    }
    if is_plain(text) {
        out.push_str(&format!(" {text}"));
    } else if is_block(text) {
        let indent = "  ".repeat(depth.max(1));
        out.push_str(" |");
        for line in text.lines() {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
                out.push_str(line);
            }
        }
    } else {
        out.push_str(&format!(" {}", quoted(text)));
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Whether a text can be a plain scalar.
fn is_plain(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(char::is_alphanumeric)
        && characters.all(|c| c.is_alphanumeric() || " -_.%€@/".contains(c))
        && !text.ends_with(' ')
}

/// Whether a text can be a literal block: lines, the last of which has a line end.
fn is_block(text: &str) -> bool {
    let is_fine =
        |c: char| c == '\n' || (!c.is_control() && !"\u{2028}\u{2029}\u{feff}".contains(c));
    text.chars().all(is_fine)
        && text.ends_with('\n')
        && !text.ends_with("\n\n")
        && !text.starts_with([' ', '\n'])
        && text
            .lines()
            .all(|line| line.is_empty() || !line.trim().is_empty())
}
