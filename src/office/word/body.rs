//! The text of a Word document.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::super::content::{
    Apart, Block, Contents, Inline, Item, Kind, LONGEST_ROW, List, Look, Row, Table, Target,
    chapters, text_of,
};
use super::super::place::Place;
use super::super::{widths, xml};

/// The first number of lists that have numbers of their own.
pub(super) const OWN_LISTS: usize = 3;

/// The deepest level of lists in Word.
const DEEPEST_LIST: usize = 8;

/// Limit on the name of a bookmark, in characters.
const LONGEST_NAME: usize = 40;

/// The highest number from which Word can count.
const HIGHEST_START: u32 = 32_767;

/// The text of a document, with what other parts must have for it.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    /// The addresses of links, by their number.
    pub addresses: IndexSet<String>,
    /// The first numbers of the lists with numbers.
    pub starts: Vec<u32>,
    /// The bookmarks of the ids in the document.
    bookmarks: HashMap<String, String>,
    marked: HashSet<String>,
    /// Ids of which the bookmark must stand in the next paragraph.
    waiting: Vec<String>,
    width: usize,
}

impl Body {
    pub fn of(contents: &Contents, width: usize) -> Self {
        let mut body = Self {
            width,
            ..Self::default()
        };
        body.name_bookmarks(contents.ids());
        let place = Place::default();
        body.blocks(&contents.cover, place);
        if let Some(title) = &contents.navigation {
            body.contents(title, &contents.body);
        }
        body.blocks(&contents.body, place);
        body.paragraph("PlanSmall", "", &contents.footer, place);
        body
    }

    /// Names bookmarks as Word allows: letters, digits and lines, and no two alike.
    fn name_bookmarks(&mut self, ids: Vec<String>) {
        let mut taken = HashSet::new();
        for id in ids {
            let letters = id
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
            let letters: String = letters.take(LONGEST_NAME - 8).collect();
            let plain = format!("p_{letters}");
            let mut name = plain.clone();
            let mut nr = 1_usize;
            while !taken.insert(name.to_lowercase()) {
                nr += 1;
                name = format!("{plain}_{nr}");
            }
            self.bookmarks.entry(id).or_insert(name);
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The table of contents: a field that Word can make anew, with its entries.
    fn contents(&mut self, title: &str, blocks: &[Block]) {
        let entries = chapters(blocks);
        if entries.is_empty() {
            return;
        }
        self.push(&format!(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>\
             <w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>",
            xml::text(title)
        ));
        let last = entries.len() - 1;
        for (nr, (id, text)) in entries.into_iter().enumerate() {
            self.push("<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>");
            if nr == 0 {
                self.push("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-1\" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
            }
            let entry = Inline::Link {
                to: Target::Place(id.clone()),
                text: vec![Inline::Text(text_of(text), Look::default())],
            };
            self.inlines(&[entry], false);
            if nr == last {
                self.push("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
            self.push("</w:p>");
        }
        self.push("</w:sdtContent></w:sdt><w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    fn blocks(&mut self, blocks: &[Block], place: Place) {
        let mut after_table = false;
        for block in blocks {
            let is_table = matches!(block, Block::Table(_));
            // Two tables without anything between them would become one.
            if after_table
                && matches!(block, Block::Table(table) if table.shown_caption().is_empty())
            {
                self.paragraph_end("PlanCell", "");
            }
            self.block(block, place);
            after_table = is_table;
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { text, .. } if place.in_cell || place.lists > 0 => {
                let place = place.bold();
                self.paragraph(style(Kind::Text, place), "", text, place);
            }
            Block::Heading { level, id, text } => {
                self.waiting.extend(id.clone());
                let styles = [
                    "Title", "Heading1", "Heading2", "Heading3", "Heading4", "Heading5",
                ];
                let style = styles.get(usize::from(*level)).copied();
                self.paragraph(style.unwrap_or("Heading5"), "", text, place);
            }
            Block::Paragraph(Kind::Blank, text) => {
                self.begin(style(Kind::Blank, place), &end_of_properties(place));
                self.inlines(text, false);
                self.push("<w:r><w:tab/></w:r></w:p>");
            }
            Block::Paragraph(kind, text) => {
                self.paragraph(style(*kind, place), &end_of_properties(place), text, place);
            }
            Block::List { kind, id, items } => {
                self.waiting.extend(id.clone());
                self.list(*kind, items, place);
            }
            Block::Apart(apart, blocks) => {
                let apart = Some(*apart);
                self.blocks(blocks, Place { apart, ..place });
            }
            Block::Code(code) => {
                self.begin("PlanCode", &indent(place));
                for (nr, line) in code.lines().enumerate() {
                    let line_break = if nr > 0 { "<w:br/>" } else { "" };
                    self.push(&format!(
                        "<w:r>{line_break}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
                        xml::text(line)
                    ));
                }
                self.push("</w:p>");
            }
            Block::Table(table) => self.table(table, place),
            Block::Lines(lines) => {
                for _ in 0..*lines {
                    self.paragraph_end("PlanLine", "");
                }
            }
        }
    }

    fn list(&mut self, kind: List, items: &[Item], place: Place) {
        let number = match kind {
            List::Bullets => 1,
            List::Boxes => 2,
            List::Numbers(start) => {
                self.starts.push(start.min(HIGHEST_START));
                OWN_LISTS + self.starts.len() - 1
            }
            List::Plain => 0,
        };
        for item in items {
            self.waiting.extend(item.id.clone());
            self.item(kind, number, &item.blocks, place);
        }
    }

    /// An item of a list: its first paragraph has the sign, and the rest stands below that.
    fn item(&mut self, kind: List, number: usize, blocks: &[Block], place: Place) {
        let deeper = place.in_list();
        let Some((first, rest)) = blocks.split_first() else {
            return;
        };
        let list_style = match kind {
            _ if place.in_cell => "PlanCell",
            List::Plain => "Bibliography",
            List::Numbers(_) => "ListNumber",
            List::Bullets | List::Boxes => "ListBullet",
        };
        let mut properties = String::new();
        if number > 0 {
            let level = place.lists.min(DEEPEST_LIST);
            properties = format!(
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"
            );
            if place.in_cell {
                let left = 227 * (level + 1);
                properties += &format!("<w:ind w:left=\"{left}\" w:hanging=\"227\"/>");
            }
        }
        match first {
            Block::Paragraph(_, text) => self.paragraph(list_style, &properties, text, deeper),
            Block::Heading { text, .. } => {
                self.paragraph(list_style, &properties, text, deeper.bold());
            }
            other => {
                self.paragraph_end(list_style, &properties);
                self.block(other, deeper);
            }
        }
        self.blocks(rest, deeper);
    }

    fn table(&mut self, table: &Table, place: Place) {
        let caption = table.shown_caption();
        self.paragraph(style(Kind::Caption, place), "", caption, place);
        let total = if place.in_cell {
            self.width / 3
        } else {
            self.width
        };
        let widths = widths::of(table, total, total * 10 / 567);
        self.push(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"PlanTable\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>",
        );
        if !table.caption.is_empty() {
            let caption = xml::text(&text_of(&table.caption));
            self.push(&format!("<w:tblCaption w:val=\"{caption}\"/>"));
        }
        self.push("</w:tblPr><w:tblGrid>");
        for width in &widths {
            self.push(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.push("</w:tblGrid>");
        for (nr, row) in table.rows.iter().enumerate() {
            self.row(row, nr < table.heads, &widths);
        }
        self.push("</w:tbl>");
        if place.in_cell {
            self.paragraph_end("PlanCell", "");
        }
    }

    fn row(&mut self, row: &Row, is_head: bool, widths: &[usize]) {
        self.waiting.extend(row.id.clone());
        let keeps = is_head || row.length() < LONGEST_ROW;
        let split = if keeps { "<w:cantSplit/>" } else { "" };
        let head = if is_head { "<w:tblHeader/>" } else { "" };
        // Room to write.
        let height = if row.is_blank {
            "<w:trHeight w:val=\"567\"/>"
        } else {
            ""
        };
        self.push("<w:tr>");
        if keeps || row.is_blank {
            self.push(&format!("<w:trPr>{split}{height}{head}</w:trPr>"));
        }
        let mut column = 0;
        for cell in &row.cells {
            let columns = widths.iter().skip(column).take(cell.width);
            let width: usize = columns.sum();
            column += cell.width;
            self.push(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
            ));
            if cell.width > 1 {
                self.push(&format!("<w:gridSpan w:val=\"{}\"/>", cell.width));
            }
            if let Some(shade) = cell.shade {
                let fill = shade.colour();
                self.push(&format!(
                    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"
                ));
            }
            self.push("</w:tcPr>");
            let place = Place::in_cell(cell, row, is_head);
            self.blocks(&cell.blocks, place);
            let is_table = |block: &Block| matches!(block, Block::Table(_) | Block::Lines(_));
            if cell.blocks.iter().all(is_table) {
                self.paragraph_end(style(Kind::Text, place), "");
            }
            self.push("</w:tc>");
        }
        self.push("</w:tr>");
    }

    /// A paragraph, if it has a text.
    fn paragraph(&mut self, style: &str, properties: &str, text: &[Inline], place: Place) {
        if text.is_empty() {
            return;
        }
        self.begin(style, properties);
        self.inlines(text, place.is_bold);
        self.push("</w:p>");
    }

    /// A paragraph without a text.
    fn paragraph_end(&mut self, style: &str, properties: &str) {
        self.begin(style, properties);
        self.push("</w:p>");
    }

    fn begin(&mut self, style: &str, properties: &str) {
        self.push("<w:p>");
        if style != "Normal" || !properties.is_empty() {
            self.push(&format!(
                "<w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>"
            ));
        }
        for id in std::mem::take(&mut self.waiting) {
            let Some(name) = self.bookmarks.get(&id) else {
                continue;
            };
            if self.marked.insert(id) {
                let nr = self.marked.len();
                let mark = format!(
                    "<w:bookmarkStart w:id=\"{nr}\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"{nr}\"/>"
                );
                self.push(&mark);
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], is_bold: bool) {
        for inline in inlines {
            match inline {
                Inline::Text(text, look) => self.run(text, *look, is_bold, false),
                Inline::Break => self.push("<w:r><w:br/></w:r>"),
                Inline::Link { to, text } => self.link(to, text, is_bold),
            }
        }
    }

    fn link(&mut self, to: &Target, text: &[Inline], is_bold: bool) {
        match to {
            Target::Place(id) => {
                let Some(name) = self.bookmarks.get(id) else {
                    return self.inlines(text, is_bold);
                };
                let begin = format!("<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">");
                self.push(&begin);
            }
            Target::Address(address) => {
                let (nr, _) = self.addresses.insert_full(address.clone());
                self.push(&format!("<w:hyperlink r:id=\"rLink{nr}\" w:history=\"1\">"));
            }
        }
        for inline in text {
            match inline {
                Inline::Text(text, look) => self.run(text, *look, is_bold, true),
                _ => self.push("<w:r><w:br/></w:r>"),
            }
        }
        self.push("</w:hyperlink>");
    }

    fn run(&mut self, text: &str, look: Look, is_bold: bool, is_link: bool) {
        let style = if is_link {
            "<w:rStyle w:val=\"Hyperlink\"/>"
        } else if look.is_marked {
            "<w:rStyle w:val=\"PlanOpen\"/>"
        } else if look.is_quiet {
            "<w:rStyle w:val=\"PlanQuiet\"/>"
        } else {
            ""
        };
        let properties: String = [
            (true, style),
            (
                look.is_code,
                "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>",
            ),
            (look.is_bold || is_bold, "<w:b/><w:bCs/>"),
            (look.is_italic, "<w:i/><w:iCs/>"),
            (look.is_deleted, "<w:strike/>"),
        ]
        .into_iter()
        .filter_map(|(is, property)| is.then_some(property))
        .collect();
        self.push("<w:r>");
        if !properties.is_empty() {
            self.push(&format!("<w:rPr>{properties}</w:rPr>"));
        }
        self.push(&format!(
            "<w:t xml:space=\"preserve\">{}</w:t></w:r>",
            xml::text(text)
        ));
    }
}

fn style(kind: Kind, place: Place) -> &'static str {
    match (kind, place) {
        (
            _,
            Place {
                is_column_head: true,
                ..
            },
        ) => "PlanColumn",
        (_, Place { in_cell: true, .. }) => "PlanCell",
        (Kind::Kicker, _) => "Subtitle",
        (Kind::Question, _) => "PlanQuestion",
        (Kind::Caption, _) => "Caption",
        (Kind::Fact, _) => "PlanFact",
        (Kind::Small, _) => "PlanSmall",
        (Kind::Blank, _) => "PlanBlank",
        (
            Kind::Text,
            Place {
                apart: Some(Apart::Quote),
                ..
            },
        ) => "Quote",
        (
            Kind::Text,
            Place {
                apart: Some(Apart::Note),
                ..
            },
        ) => "PlanNote",
        (
            Kind::Text,
            Place {
                apart: Some(Apart::Warning),
                ..
            },
        ) => "PlanWarning",
        (Kind::Text, Place { lists: 1.., .. }) => "ListContinue",
        (Kind::Text, _) => "Normal",
    }
}

/// The properties of a paragraph that its place decides.
fn end_of_properties(place: Place) -> String {
    let side = if place.is_number {
        "<w:jc w:val=\"right\"/>"
    } else {
        ""
    };
    indent(place) + side
}

fn indent(place: Place) -> String {
    if place.lists == 0 {
        return String::new();
    }
    let step = if place.in_cell { 227 } else { 397 };
    format!(
        "<w:ind w:left=\"{}\"/>",
        step * place.lists.min(DEEPEST_LIST + 1)
    )
}
