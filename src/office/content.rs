//! The contents of a document for the office: what both formats write, made from the elements of a page.

use super::page::{Element, Node};

/// A document.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Whether it is made for paper on its side.
    pub is_wide: bool,
    /// The title and what is known of the document.
    pub cover: Vec<Block>,
    /// The heading above the table of contents, if the document has one.
    pub navigation: Option<String>,
    pub body: Vec<Block>,
    /// The last line.
    pub footer: Vec<Inline>,
}

/// A part of a document that stands on lines of its own.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    /// A heading; level 0 is the title.
    Heading {
        level: u8,
        id: Option<String>,
        text: Vec<Inline>,
    },
    Paragraph(Kind, Vec<Inline>),
    List {
        kind: List,
        id: Option<String>,
        items: Vec<Item>,
    },
    /// Blocks that are set apart.
    Apart(Apart, Vec<Block>),
    Code(String),
    Table(Table),
    /// Empty lines to write on.
    Lines(usize),
}

/// The kinds of paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// What kind of document it is, above its title.
    Kicker,
    /// The guiding question of a chapter.
    Question,
    /// The caption of a table or figure.
    Caption,
    /// A name with its value.
    Fact,
    Small,
    /// A name to fill in behind.
    Blank,
}

/// The kinds of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Bullets,
    /// Numbers from this one on.
    Numbers(u32),
    /// Boxes to tick.
    Boxes,
    /// Entries without a sign, such as those of a list of literature.
    Plain,
}

/// An item of a list.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Item {
    pub id: Option<String>,
    pub blocks: Vec<Block>,
}

/// Why blocks are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    Quote,
    Note,
    /// A note that asks for attention.
    Warning,
}

/// A table.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub caption: Vec<Inline>,
    /// Whether the heading above it says the same, so that only programs need the caption.
    pub is_silent: bool,
    /// The number of columns.
    pub columns: usize,
    /// The number of rows at the top that are headings.
    pub heads: usize,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Row {
    pub id: Option<String>,
    pub is_total: bool,
    /// Whether somebody fills it in, and needs room for that.
    pub is_blank: bool,
    pub cells: Vec<Cell>,
}

impl Table {
    /// The caption above the table.
    pub fn shown_caption(&self) -> &[Inline] {
        if self.is_silent { &[] } else { &self.caption }
    }
}

impl Row {
    /// The text in a row, in bytes.
    pub fn length(&self) -> usize {
        fn of(blocks: &[Block]) -> usize {
            let lengths = blocks.iter().map(|block| match block {
                Block::Heading { text, .. } | Block::Paragraph(_, text) => text_of(text).len(),
                Block::List { items, .. } => items.iter().map(|item| of(&item.blocks)).sum(),
                Block::Apart(_, blocks) => of(blocks),
                Block::Code(code) => code.len(),
                Block::Table(table) => table.rows.iter().map(Row::length).sum(),
                Block::Lines(lines) => lines * 100,
            });
            lengths.sum()
        }
        self.cells.iter().map(|cell| of(&cell.blocks)).sum()
    }
}

/// A cell of a table.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub is_head: bool,
    pub is_number: bool,
    /// The columns that it takes.
    pub width: usize,
    pub shade: Option<Shade>,
    pub blocks: Vec<Block>,
}

/// The grounds of cells that mean something. What they mean is in their texts too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    Light,
    Middle,
    Dark,
    Darkest,
    Warning,
}

impl Shade {
    /// The colour, in hexadecimal digits.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Light => "E4ECF4",
            Self::Middle => "C3D6E8",
            Self::Dark => "94B6D6",
            Self::Darkest => "7BA3CB",
            Self::Warning => "FFF1C7",
        }
    }
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    Text(String, Look),
    Link { to: Target, text: Vec<Inline> },
    Break,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A place in the document, by its id.
    Place(String),
    Address(String),
}

/// How a text looks.
#[allow(clippy::struct_excessive_bools, reason = "each is independent")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_deleted: bool,
    pub is_code: bool,
    /// Marked for attention.
    pub is_marked: bool,
    pub is_quiet: bool,
}

/// Elements that begin a line of their own.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "figure",
    "figcaption",
    "hr",
    "details",
    "summary",
    "address",
    "svg",
];

/// Signs before words, which a page gets from its style sheet.
const SIGNS: [(&str, &str); 4] = [("good", "✓ "), ("on", "● "), ("late", "▲ "), ("open", "○ ")];

/// The most text in a row that stays together on a page, in bytes.
pub(super) const LONGEST_ROW: usize = 1_500;

/// The most columns of a table that a cell is said to take.
const MOST_COLUMNS: usize = 63;

impl Contents {
    /// The contents of a page, of which the body is given.
    pub fn of(body: &Element) -> Self {
        let part = |name: &str| body.find(&|it: &Element| it.is(name));
        let cover = body.find(&|it: &Element| it.is("header") && it.has_class("cover"));
        let contents = body
            .find(&|it: &Element| it.has_class("contents"))
            .is_some();
        let navigation = part("nav").and_then(|nav| nav.elements().next());
        Self {
            is_wide: body.has_class("wide-paper"),
            cover: cover.map(blocks).unwrap_or_default(),
            navigation: navigation.filter(|_| contents).map(plain),
            body: part("main").map_or_else(|| blocks(body), blocks),
            footer: part("footer")
                .map(|it| trimmed(inlines(it, Look::default())))
                .unwrap_or_default(),
        }
    }

    /// The ids of all that a link can lead to.
    pub fn ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        find_ids(&self.cover, &mut ids);
        find_ids(&self.body, &mut ids);
        ids
    }
}

/// The headings of chapters with their ids.
pub(super) fn chapters(blocks: &[Block]) -> Vec<(&String, &Vec<Inline>)> {
    let chapters = blocks.iter().filter_map(|block| match block {
        Block::Heading {
            level: 1,
            id: Some(id),
            text,
        } => Some((id, text)),
        _ => None,
    });
    chapters.collect()
}

fn find_ids(blocks: &[Block], ids: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { id, .. } => ids.extend(id.clone()),
            Block::List { id, items, .. } => {
                ids.extend(id.clone());
                for item in items {
                    ids.extend(item.id.clone());
                    find_ids(&item.blocks, ids);
                }
            }
            Block::Apart(_, blocks) => find_ids(blocks, ids),
            Block::Table(table) => {
                for row in &table.rows {
                    ids.extend(row.id.clone());
                    for cell in &row.cells {
                        find_ids(&cell.blocks, ids);
                    }
                }
            }
            Block::Paragraph(..) | Block::Code(_) | Block::Lines(_) => {}
        }
    }
}

/// The text of an element on one line.
fn plain(element: &Element) -> String {
    text_of(&inlines(element, Look::default()))
}

/// The text of inlines.
pub(super) fn text_of(inlines: &[Inline]) -> String {
    let pieces = inlines.iter().map(|inline| match inline {
        Inline::Text(text, _) => text.clone(),
        Inline::Link { text, .. } => text_of(text),
        Inline::Break => " ".to_owned(),
    });
    pieces.collect()
}

/// The blocks in an element.
fn blocks(element: &Element) -> Vec<Block> {
    Reader::default().read(element)
}

/// Reads blocks. Texts between them become paragraphs.
#[derive(Debug, Default)]
struct Reader {
    done: Vec<Block>,
    line: Vec<Inline>,
}

impl Reader {
    fn read(mut self, element: &Element) -> Vec<Block> {
        self.inside(element);
        self.end_line(Kind::Text);
        self.done
    }

    fn end_line(&mut self, kind: Kind) {
        let line = trimmed(std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.done.push(Block::Paragraph(kind, line));
        }
    }

    fn push(&mut self, block: Block) {
        self.end_line(Kind::Text);
        self.done.push(block);
    }

    fn inside(&mut self, element: &Element) {
        for node in &element.children {
            match node {
                Node::Element(element) if BLOCKS.contains(&element.name.as_str()) => {
                    self.end_line(Kind::Text);
                    self.block(element);
                    self.end_line(Kind::Text);
                }
                node => add_inline(&mut self.line, node, Look::default()),
            }
        }
    }

    fn block(&mut self, element: &Element) {
        if is_drawn(element) {
            return;
        }
        match element.name.as_str() {
            "h1" => self.heading(element, 0),
            "h2" => self.heading(element, 1),
            "h3" => self.heading(element, 2),
            "h4" => self.heading(element, 3),
            "h5" => self.heading(element, 4),
            "h6" => self.heading(element, 5),
            "p" => {
                let kind = kind_of(element);
                self.inside(element);
                self.end_line(kind);
            }
            "ul" if element.has_class("blanks") => {
                for item in element.elements() {
                    self.inside(item);
                    self.end_line(Kind::Blank);
                }
            }
            "ul" | "ol" => self.list(element),
            "dl" => self.facts(element),
            "blockquote" => self.push(Block::Apart(Apart::Quote, blocks(element))),
            "pre" => self.push(Block::Code(code(element))),
            "table" => self.table(element, Vec::new()),
            "figure" => self.figure(element),
            "hr" | "svg" => {}
            "div" if element.has_class("note") => {
                let apart = if element.has_class("draft") {
                    Apart::Warning
                } else {
                    Apart::Note
                };
                self.push(Block::Apart(apart, blocks(element)));
            }
            "div" if element.has_class("writing") => {
                self.inside(element);
                self.end_line(Kind::Small);
                let lines = element.elements().filter(|it| it.is("i")).count();
                self.push(Block::Lines(lines));
            }
            _ => self.inside(element),
        }
    }

    fn heading(&mut self, element: &Element, level: u8) {
        let text = trimmed(inlines(element, Look::default()));
        if !text.is_empty() {
            let id = id_of(element);
            self.push(Block::Heading { level, id, text });
        }
    }

    fn list(&mut self, element: &Element) {
        let kind = if element.is("ol") {
            let start = element
                .attribute("start")
                .and_then(|start| start.parse().ok());
            List::Numbers(start.unwrap_or(1))
        } else if element.has_class("ticks") {
            List::Boxes
        } else if element.has_class("works") {
            List::Plain
        } else {
            List::Bullets
        };
        let items = element.elements().map(|item| Item {
            id: id_of(item),
            blocks: blocks(item),
        });
        let items: Vec<Item> = items.filter(|item| !item.blocks.is_empty()).collect();
        if !items.is_empty() {
            let id = id_of(element);
            self.push(Block::List { kind, id, items });
        }
    }

    /// Names with their values: on one line if the value is one.
    fn facts(&mut self, element: &Element) {
        for part in element.elements() {
            if part.is("dt") {
                self.end_line(Kind::Fact);
                self.line = trimmed(inlines(part, BOLD));
                self.line.push(Inline::Text(": ".to_owned(), BOLD));
            } else if part.is("dd") {
                let mut values = blocks(part).into_iter();
                let first = values.next();
                if let Some(Block::Paragraph(_, text)) = first {
                    self.line.extend(text);
                    self.end_line(Kind::Fact);
                } else {
                    self.end_line(Kind::Fact);
                    self.done.extend(first);
                }
                self.done.extend(values);
            } else {
                self.facts(part);
            }
        }
        self.end_line(Kind::Fact);
    }

    /// A figure: its tables. A drawing is its caption, and what it says to those who do not see it.
    fn figure(&mut self, element: &Element) {
        let caption = element.elements().find(|it| it.is("figcaption"));
        let caption = caption.map(|it| trimmed(inlines(it, Look::default())));
        let mut caption = caption.unwrap_or_default();
        if let Some(table) = element.find(&|it: &Element| it.is("table")) {
            self.table(table, caption);
            return;
        }
        let described = |it: &Element| it.is("svg") && it.attribute("aria-label").is_some();
        let description = element
            .find(&described)
            .and_then(|it| it.attribute("aria-label"));
        if let Some(description) = description {
            self.push(Block::Paragraph(
                Kind::Caption,
                std::mem::take(&mut caption),
            ));
            let text = Inline::Text(description.to_owned(), Look::default());
            self.push(Block::Paragraph(Kind::Text, vec![text]));
        } else {
            let inside = element.elements().filter(|it| !it.is("figcaption"));
            let mut reader = Self::default();
            for part in inside {
                reader.block(part);
            }
            reader.end_line(Kind::Text);
            if !reader.done.is_empty() {
                self.push(Block::Paragraph(Kind::Caption, caption));
                self.done.append(&mut reader.done);
            }
        }
    }

    fn table(&mut self, element: &Element, caption: Vec<Inline>) {
        let mut table = Table {
            caption,
            is_silent: element.has_class("silent"),
            ..Table::default()
        };
        for part in element.elements() {
            match part.name.as_str() {
                "caption" => table.caption = trimmed(inlines(part, Look::default())),
                "thead" => {
                    table.rows.extend(part.elements().filter_map(row));
                    table.heads = table.rows.len();
                }
                "tbody" | "tfoot" => table.rows.extend(part.elements().filter_map(row)),
                _ => table.rows.extend(row(part)),
            }
        }
        let width = |row: &Row| row.cells.iter().map(|cell| cell.width).sum();
        // A row of one cell is as wide as the others.
        let several = table.rows.iter().filter(|row| row.cells.len() > 1);
        let widest = several.map(width).max();
        table.columns = widest
            .or_else(|| table.rows.iter().map(width).max())
            .unwrap_or_default();
        for row in &mut table.rows {
            if let [only] = row.cells.as_mut_slice() {
                only.width = only.width.min(table.columns);
            }
        }
        // All rows are equally wide, whatever own templates write.
        for row in &mut table.rows {
            let missing = table.columns - width(row);
            row.cells.extend((0..missing).map(|_| Cell {
                width: 1,
                ..Cell::default()
            }));
        }
        if table.columns > 0 {
            self.push(Block::Table(table));
        }
    }
}

fn row(element: &Element) -> Option<Row> {
    let cells = element
        .elements()
        .filter(|it| (it.is("td") || it.is("th")) && !is_drawn(it));
    let cells: Vec<Cell> = cells.map(cell).collect();
    (element.is("tr") && !cells.is_empty()).then(|| Row {
        id: id_of(element),
        is_total: element.has_class("total"),
        is_blank: false,
        cells,
    })
}

fn cell(element: &Element) -> Cell {
    let width = element
        .attribute("colspan")
        .and_then(|width| width.parse().ok());
    Cell {
        is_head: element.is("th"),
        is_number: element.has_class("numeric") || element.has_class("right"),
        width: width.unwrap_or(1).clamp(1, MOST_COLUMNS),
        shade: shade_of(element),
        blocks: blocks(element),
    }
}

/// Whether an element is only for eyes, or only for narrow screens: drawn signs with their legend, and the lane of a planning.
fn is_drawn(element: &Element) -> bool {
    let classes = ["keys", "lane", "in-card"];
    element.attribute("aria-hidden") == Some("true")
        || classes.iter().any(|it| element.has_class(it))
}

fn shade_of(element: &Element) -> Option<Shade> {
    let shades = [
        ("step-1", Shade::Light),
        ("step-2", Shade::Middle),
        ("step-3", Shade::Dark),
        ("step-4", Shade::Darkest),
        ("overload", Shade::Warning),
    ];
    let mut shades = shades.into_iter();
    shades.find_map(|(class, shade)| element.has_class(class).then_some(shade))
}

pub(super) const BOLD: Look = Look {
    is_bold: true,
    is_italic: false,
    is_deleted: false,
    is_code: false,
    is_marked: false,
    is_quiet: false,
};

fn kind_of(element: &Element) -> Kind {
    if element.has_class("kicker") {
        Kind::Kicker
    } else if element.has_class("question") {
        Kind::Question
    } else if element.has_class("small") {
        Kind::Small
    } else {
        Kind::Text
    }
}

fn id_of(element: &Element) -> Option<String> {
    element.attribute("id").map(str::to_owned)
}

/// The text of an element in which white space counts.
fn code(element: &Element) -> String {
    let mut code = String::new();
    for node in &element.children {
        match node {
            Node::Text(text) => code.push_str(text),
            Node::Element(element) => code.push_str(&self::code(element)),
        }
    }
    code.trim_end().to_owned()
}

fn inlines(element: &Element, look: Look) -> Vec<Inline> {
    let mut line = Vec::new();
    for node in &element.children {
        add_inline(&mut line, node, look);
    }
    line
}

fn add_inline(line: &mut Vec<Inline>, node: &Node, look: Look) {
    let element = match node {
        Node::Text(text) => return add_text(line, text, look),
        Node::Element(element) => element,
    };
    if is_drawn(element) {
        return;
    }
    // What explains a table stands below its name.
    if element.has_class("explained") && !line.is_empty() {
        line.push(Inline::Break);
    }
    let mut look = look;
    match element.name.as_str() {
        "strong" | "b" => look.is_bold = true,
        "em" | "i" => look.is_italic = true,
        "del" | "s" => look.is_deleted = true,
        "code" | "kbd" => look.is_code = true,
        "mark" if element.has_class("assumption") => look.is_italic = true,
        "mark" => look.is_marked = true,
        "br" => return line.push(Inline::Break),
        "svg" | "img" | "input" => return,
        "a" => return add_link(line, element, look),
        // Blocks where only a line may be, as in headings of own templates.
        name if BLOCKS.contains(&name) => add_text(line, " ", look),
        _ => {}
    }
    look.is_quiet |= ["small", "label", "nothing"]
        .iter()
        .any(|it| element.has_class(it));
    look.is_deleted |= element.has_class("skipped");
    if element.has_class("badge") {
        look.is_bold = true;
        let mut signs = SIGNS.iter();
        if let Some((_, sign)) = signs.find(|(class, _)| element.has_class(class)) {
            add_text(line, sign, look);
        }
    }
    if element.has_class("box") {
        add_text(line, "☐ ", look);
    }
    for node in &element.children {
        add_inline(line, node, look);
    }
}

fn add_link(line: &mut Vec<Inline>, element: &Element, look: Look) {
    let text = inlines(element, look);
    let to = element.attribute("href").and_then(target);
    match to.filter(|_| !text_of(&text).trim().is_empty()) {
        Some(to) => line.push(Inline::Link {
            to,
            text: unlinked(text),
        }),
        None => line.extend(text),
    }
}

/// Where an address leads. Only those of the web and of mail are links, as in prose.
fn target(address: &str) -> Option<Target> {
    if let Some(place) = address.strip_prefix('#') {
        return Some(Target::Place(place.to_owned()));
    }
    crate::render::safe_url(address).map(Target::Address)
}

/// Inlines without links, which cannot nest.
fn unlinked(inlines: Vec<Inline>) -> Vec<Inline> {
    let pieces = inlines.into_iter().flat_map(|inline| match inline {
        Inline::Link { text, .. } => unlinked(text),
        inline => vec![inline],
    });
    pieces.collect()
}

/// Adds a text, in which any white space is one space, and a word breaks where the program of the reader breaks it.
fn add_text(line: &mut Vec<Inline>, text: &str, look: Look) {
    let is_after_space = line.last().is_none_or(ends_with_space);
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '\u{ad}') {
        if c.is_ascii_whitespace() {
            let is_after_space = if folded.is_empty() {
                is_after_space
            } else {
                folded.ends_with(' ')
            };
            if !is_after_space {
                folded.push(' ');
            }
        } else {
            folded.push(c);
        }
    }
    match line.last_mut() {
        _ if folded.is_empty() => {}
        Some(Inline::Text(text, before)) if *before == look => text.push_str(&folded),
        _ => line.push(Inline::Text(folded, look)),
    }
}

fn ends_with_space(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text, _) => text.ends_with(' '),
        Inline::Link { text, .. } => text.last().is_some_and(ends_with_space),
        Inline::Break => true,
    }
}

/// A line without white space around it.
fn trimmed(mut line: Vec<Inline>) -> Vec<Inline> {
    while let Some(last) = line.last_mut() {
        match last {
            Inline::Text(text, _) => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    break;
                }
            }
            Inline::Break => {}
            Inline::Link { .. } => break,
        }
        line.pop();
    }
    line
}
