//! The text of an OpenDocument text.

use std::collections::HashSet;

use super::super::content::{
    Apart, Block, Cell, Contents, Inline, Item, Kind, LONGEST_ROW, List, Look, Row, Table, Target,
    chapters, text_of,
};
use super::super::place::Place;
use super::super::{widths, xml};

/// The width of a table, in parts of it.
const WIDTH: usize = 10_000;

/// The text of a document, and the styles that only it has.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    pub styles: String,
    ids: HashSet<String>,
    marked: HashSet<String>,
    waiting: Vec<String>,
    /// The names of styles that are already written.
    named: HashSet<String>,
    tables: usize,
    /// The width of texts, in millimetres.
    width: usize,
}

impl Body {
    pub fn of(contents: &Contents) -> Self {
        let mut body = Self {
            ids: contents.ids().into_iter().collect(),
            width: if contents.is_wide { 257 } else { 170 },
            ..Self::default()
        };
        let place = Place::default();
        body.styles.push_str(
            "<style:style style:name=\"NextPage\" style:family=\"paragraph\" style:parent-style-name=\"Heading_20_1\">\
             <style:paragraph-properties fo:break-before=\"page\"/></style:style>\
             <style:style style:name=\"Row\" style:family=\"table-row\"><style:table-row-properties fo:keep-together=\"always\"/></style:style>",
        );
        body.blocks(&contents.cover, place);
        let entries = chapters(&contents.body);
        let title = contents.navigation.as_ref().filter(|_| !entries.is_empty());
        if let Some(title) = title {
            body.contents(title, &entries);
        }
        let mut is_first = title.is_some();
        for block in &contents.body {
            match block {
                Block::Heading { level: 1, id, text } if is_first => {
                    body.waiting.extend(id.clone());
                    body.heading("NextPage", 1, text);
                    is_first = false;
                }
                block => body.block(block, place),
            }
        }
        body.paragraph("Plan_20_Small", &contents.footer, place);
        body
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The table of contents, which a program can make anew, with its entries.
    fn contents(&mut self, title: &str, entries: &[(&String, &Vec<Inline>)]) {
        let title = xml::text(title);
        self.push(&format!(
            "<text:table-of-content text:name=\"Contents\" text:protected=\"false\"><text:table-of-content-source text:outline-level=\"1\">\
             <text:index-title-template text:style-name=\"Contents_20_Heading\">{title}</text:index-title-template>\
             <text:table-of-content-entry-template text:outline-level=\"1\" text:style-name=\"Contents_20_1\"><text:index-entry-link-start/>\
             <text:index-entry-text/><text:index-entry-link-end/></text:table-of-content-entry-template></text:table-of-content-source><text:index-body>\
             <text:index-title text:name=\"ContentsTitle\"><text:p text:style-name=\"Contents_20_Heading\">{title}</text:p></text:index-title>"
        ));
        for (id, text) in entries {
            let entry = Inline::Link {
                to: Target::Place((*id).clone()),
                text: vec![Inline::Text(text_of(text), Look::default())],
            };
            self.paragraph("Contents_20_1", &[entry], Place::default());
        }
        self.push("</text:index-body></text:table-of-content>");
    }

    fn blocks(&mut self, blocks: &[Block], place: Place) {
        for block in blocks {
            self.block(block, place);
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { text, .. } if place.in_cell || place.lists > 0 => {
                let place = place.bold();
                self.paragraph(style(Kind::Text, place), text, place);
            }
            Block::Heading { level: 0, id, text } => {
                self.waiting.extend(id.clone());
                self.paragraph("Title", text, place);
            }
            Block::Heading { level, id, text } => {
                self.waiting.extend(id.clone());
                let level = usize::from(*level).min(5);
                self.heading(&format!("Heading_20_{level}"), level, text);
            }
            Block::Paragraph(Kind::Blank, text) => {
                let mut text = text.clone();
                text.push(Inline::Text(
                    format!(" {}", "_".repeat(40)),
                    Look::default(),
                ));
                self.paragraph(style(Kind::Text, place), &text, place);
            }
            Block::Paragraph(kind, text) => self.paragraph(style(*kind, place), text, place),
            Block::List { kind, id, items } => {
                self.waiting.extend(id.clone());
                if *kind == List::Plain {
                    self.plain_list(items, place);
                } else {
                    self.list(*kind, items, place);
                }
            }
            Block::Apart(apart, blocks) => {
                let apart = Some(*apart);
                self.blocks(blocks, Place { apart, ..place });
            }
            Block::Code(code) => self.code(code),
            // A table cannot stand in a list.
            Block::Table(table) if place.lists > 0 => {
                for row in &table.rows {
                    for cell in &row.cells {
                        self.blocks(&cell.blocks, place);
                    }
                }
            }
            Block::Table(table) => self.table(table, place),
            Block::Lines(lines) => {
                for _ in 0..*lines {
                    self.begin("Plan_20_Line");
                    self.push("</text:p>");
                }
            }
        }
    }

    /// Entries without a sign.
    fn plain_list(&mut self, items: &[Item], place: Place) {
        for item in items {
            self.waiting.extend(item.id.clone());
            for block in &item.blocks {
                match block {
                    Block::Paragraph(_, text) => self.paragraph("Bibliography", text, place),
                    block => self.block(block, place),
                }
            }
        }
    }

    fn list(&mut self, kind: List, items: &[Item], place: Place) {
        let name = match kind {
            List::Numbers(_) => "Plan_20_Numbers",
            List::Boxes => "Plan_20_Boxes",
            List::Bullets | List::Plain if place.in_cell => "Plan_20_Cell_20_Bullets",
            List::Bullets | List::Plain => "Plan_20_Bullets",
        };
        self.push(&format!("<text:list text:style-name=\"{name}\">"));
        for (nr, item) in items.iter().enumerate() {
            self.waiting.extend(item.id.clone());
            match kind {
                List::Numbers(start) if nr == 0 => {
                    self.push(&format!("<text:list-item text:start-value=\"{start}\">"));
                }
                _ => self.push("<text:list-item>"),
            }
            self.blocks(&item.blocks, place.in_list());
            self.push("</text:list-item>");
        }
        self.push("</text:list>");
    }

    fn code(&mut self, code: &str) {
        self.begin("Preformatted_20_Text");
        for (nr, line) in code.lines().enumerate() {
            if nr > 0 {
                self.push("<text:line-break/>");
            }
            self.push(&with_spaces(line));
        }
        self.push("</text:p>");
    }

    fn heading(&mut self, style: &str, level: usize, text: &[Inline]) {
        self.push(&format!(
            "<text:h text:style-name=\"{style}\" text:outline-level=\"{level}\">"
        ));
        self.marks();
        self.inlines(text, false);
        self.push("</text:h>");
    }

    fn table(&mut self, table: &Table, place: Place) {
        self.paragraph(style(Kind::Caption, place), table.shown_caption(), place);
        self.tables += 1;
        let name = format!("Table{}", self.tables);
        self.style("Table", "table", "<style:table-properties table:align=\"margins\" fo:margin-bottom=\"0.3cm\" table:border-model=\"collapsing\"/>");
        self.push(&format!(
            "<table:table table:name=\"{name}\" table:style-name=\"Table\">"
        ));
        if !table.caption.is_empty() {
            let title = xml::text(&text_of(&table.caption));
            self.push(&format!("<table:title>{title}</table:title>"));
        }
        for width in widths::of(table, WIDTH, self.width) {
            let column = format!("Column{width}");
            let says =
                format!("<style:table-column-properties style:rel-column-width=\"{width}*\"/>");
            self.style(&column, "table-column", &says);
            self.push(&format!(
                "<table:table-column table:style-name=\"{column}\"/>"
            ));
        }
        let (heads, rows) = table.rows.split_at(table.heads.min(table.rows.len()));
        if !heads.is_empty() {
            self.push("<table:table-header-rows>");
            for row in heads {
                self.row(row, true);
            }
            self.push("</table:table-header-rows>");
        }
        for row in rows {
            self.row(row, false);
        }
        self.push("</table:table>");
    }

    /// A style that is made for this document, once.
    fn style(&mut self, name: &str, family: &str, says: &str) {
        if self.named.insert(name.to_owned()) {
            self.styles.push_str(&format!(
                "<style:style style:name=\"{name}\" style:family=\"{family}\">{says}</style:style>"
            ));
        }
    }

    fn row(&mut self, row: &Row, is_head: bool) {
        self.waiting.extend(row.id.clone());
        let together = if row.length() < LONGEST_ROW {
            " table:style-name=\"Row\""
        } else {
            ""
        };
        self.push(&format!("<table:table-row{together}>"));
        for cell in &row.cells {
            self.cell(cell, row, is_head);
        }
        self.push("</table:table-row>");
    }

    fn cell(&mut self, cell: &Cell, row: &Row, is_head: bool) {
        let fill = match cell.shade {
            Some(shade) => shade.colour(),
            None if is_head => "F2F5F8",
            None => "",
        };
        let top = if is_head {
            "1pt solid #123f63"
        } else {
            "0.5pt solid #ccd4dd"
        };
        let name = format!("Cell{}{fill}", u8::from(is_head));
        let ground = if fill.is_empty() {
            String::new()
        } else {
            format!(" fo:background-color=\"#{fill}\"")
        };
        let says = format!(
            "<style:table-cell-properties fo:padding=\"0.12cm\" fo:border-top=\"{top}\" fo:border-bottom=\"0.5pt solid #ccd4dd\"{ground}/>"
        );
        self.style(&name, "table-cell", &says);
        let spanned = if cell.width > 1 {
            format!(" table:number-columns-spanned=\"{}\"", cell.width)
        } else {
            String::new()
        };
        self.push(&format!(
            "<table:table-cell table:style-name=\"{name}\" office:value-type=\"string\"{spanned}>"
        ));
        let place = Place::in_cell(cell, row, is_head);
        self.blocks(&cell.blocks, place);
        if cell.blocks.is_empty() {
            self.begin(style(Kind::Text, place));
            self.push("</text:p>");
        }
        self.push("</table:table-cell>");
        for _ in 1..cell.width {
            self.push("<table:covered-table-cell/>");
        }
    }

    fn paragraph(&mut self, style: &str, text: &[Inline], place: Place) {
        if text.is_empty() {
            return;
        }
        self.begin(style);
        self.inlines(text, place.is_bold);
        self.push("</text:p>");
    }

    fn begin(&mut self, style: &str) {
        self.push(&format!("<text:p text:style-name=\"{style}\">"));
        self.marks();
    }

    /// The bookmarks of the ids that stand here.
    fn marks(&mut self) {
        for id in std::mem::take(&mut self.waiting) {
            let name = xml::text(&id);
            if self.marked.insert(id) {
                self.push(&format!("<text:bookmark text:name=\"{name}\"/>"));
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], is_bold: bool) {
        for inline in inlines {
            match inline {
                Inline::Text(text, look) => self.span(text, *look, is_bold),
                Inline::Break => self.push("<text:line-break/>"),
                Inline::Link { to, text } => {
                    let address = match to {
                        Target::Place(id) if !self.ids.contains(id) => {
                            self.inlines(text, is_bold);
                            continue;
                        }
                        Target::Place(id) => format!("#{id}"),
                        Target::Address(address) => address.clone(),
                    };
                    self.push(&format!(
                        "<text:a xlink:type=\"simple\" xlink:href=\"{}\" text:style-name=\"Internet_20_link\" text:visited-style-name=\"Internet_20_link\">",
                        xml::text(&address)
                    ));
                    self.inlines(text, is_bold);
                    self.push("</text:a>");
                }
            }
        }
    }

    fn span(&mut self, text: &str, look: Look, is_bold: bool) {
        let styles = [
            (look.is_bold || is_bold, "Strong_20_Emphasis"),
            (look.is_italic, "Emphasis"),
            (look.is_deleted, "Plan_20_Deleted"),
            (look.is_code, "Source_20_Text"),
            (look.is_marked, "Plan_20_Open"),
            (look.is_quiet && !look.is_marked, "Plan_20_Quiet"),
        ];
        let styles: Vec<&str> = styles
            .into_iter()
            .filter_map(|(is, style)| is.then_some(style))
            .collect();
        for style in &styles {
            self.push(&format!("<text:span text:style-name=\"{style}\">"));
        }
        self.push(&xml::text(text));
        for _ in &styles {
            self.push("</text:span>");
        }
    }
}

/// A line of which all spaces count.
fn with_spaces(line: &str) -> String {
    xml::text(line).replace("  ", "<text:s text:c=\"2\"/>")
}

const fn style(kind: Kind, place: Place) -> &'static str {
    if place.in_cell {
        return match (place.is_column_head, place.is_number) {
            (true, true) => "Plan_20_Number_20_Heading",
            (true, false) => "Table_20_Heading",
            (false, true) => "Plan_20_Number",
            (false, false) => "Table_20_Contents",
        };
    }
    match kind {
        Kind::Kicker => "Subtitle",
        Kind::Question => "Plan_20_Question",
        Kind::Caption => "Caption",
        Kind::Fact => "Plan_20_Fact",
        Kind::Small => "Plan_20_Small",
        Kind::Text | Kind::Blank => match place.apart {
            Some(Apart::Quote) => "Quotations",
            Some(Apart::Note) => "Plan_20_Note",
            Some(Apart::Warning) => "Plan_20_Warning",
            None if place.lists > 0 => "List_20_Bullet",
            None => "Standard",
        },
    }
}
