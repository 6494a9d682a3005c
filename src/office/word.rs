//! Word documents (docx): WordprocessingML in the styles that Word itself has.

mod body;
mod styles;

use super::content::Contents;
use super::package::package;
use super::{About, xml};
use body::Body;
use zip::result::ZipResult;

/// The names of the languages of elements.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Sizes in twentieths of a point.
struct Paper {
    width: usize,
    height: usize,
    margin: usize,
}

impl Paper {
    const fn of(is_wide: bool) -> Self {
        let (width, height) = if is_wide {
            (16_838, 11_906)
        } else {
            (11_906, 16_838)
        };
        Self {
            width,
            height,
            margin: 1_134,
        }
    }

    /// The width that texts have.
    const fn inside(&self) -> usize {
        self.width - 2 * self.margin
    }

    fn section(&self) -> String {
        let Self {
            width,
            height,
            margin,
        } = self;
        let side = if width > height {
            " w:orient=\"landscape\""
        } else {
            ""
        };
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHeader\"/><w:footerReference w:type=\"default\" r:id=\"rFooter\"/>\
             <w:footerReference w:type=\"first\" r:id=\"rFooter\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{side}/>\
             <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
             <w:titlePg/></w:sectPr>"
        )
    }
}

/// Writes a document.
pub(super) fn document(contents: &Contents, about: &About) -> ZipResult<Vec<u8>> {
    let paper = Paper::of(contents.is_wide);
    let body = Body::of(contents, paper.inside());
    let document = format!(
        "{}<w:document {NAMESPACES}><w:body>{}{}</w:body></w:document>",
        xml::DECLARATION,
        body.text,
        paper.section()
    );
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes(), true);
    package(&[
        part("[Content_Types].xml", content_types()),
        part("_rels/.rels", package_relationships()),
        part("docProps/core.xml", core(about)),
        part("docProps/app.xml", app(about)),
        part("word/document.xml", document),
        part(
            "word/_rels/document.xml.rels",
            relationships(&body.addresses),
        ),
        part("word/styles.xml", styles::part(about.language)),
        part("word/numbering.xml", numbering(&body.starts)),
        part("word/settings.xml", settings(about)),
        part("word/header1.xml", header(about, paper.inside())),
        part("word/footer1.xml", footer(about)),
    ])
}

fn content_types() -> String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{main}.{kind}+xml\"/>")
    };
    let parts: String = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("header1", "header"),
        ("footer1", "footer"),
    ]
    .into_iter()
    .map(|(name, kind)| part(name, kind))
    .collect();
    format!(
        "{}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
        xml::DECLARATION
    )
}

/// A part with relationships: their ids, kinds and targets.
fn relationships_part(all: impl Iterator<Item = (String, String, String)>) -> String {
    let all: String = all
        .map(|(id, kind, target)| {
            let mode = if kind.ends_with("/hyperlink") {
                " TargetMode=\"External\""
            } else {
                ""
            };
            format!(
                "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"{mode}/>",
                xml::text(&target)
            )
        })
        .collect();
    format!(
        "{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>",
        xml::DECLARATION
    )
}

fn package_relationships() -> String {
    let all = [
        (
            "rDocument",
            format!("{RELATIONSHIPS}/officeDocument"),
            "word/document.xml",
        ),
        (
            "rCore",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                .to_owned(),
            "docProps/core.xml",
        ),
        (
            "rApp",
            format!("{RELATIONSHIPS}/extended-properties"),
            "docProps/app.xml",
        ),
    ];
    relationships_part(
        all.into_iter()
            .map(|(id, kind, target)| (id.to_owned(), kind, target.to_owned())),
    )
}

fn relationships(addresses: &[String]) -> String {
    let parts = [
        ("rStyles", "styles", "styles.xml"),
        ("rNumbering", "numbering", "numbering.xml"),
        ("rSettings", "settings", "settings.xml"),
        ("rHeader", "header", "header1.xml"),
        ("rFooter", "footer", "footer1.xml"),
    ];
    let parts = parts.into_iter().map(|(id, kind, target)| {
        (
            id.to_owned(),
            format!("{RELATIONSHIPS}/{kind}"),
            target.to_owned(),
        )
    });
    let links = addresses.iter().enumerate().map(|(nr, address)| {
        (
            format!("rLink{nr}"),
            format!("{RELATIONSHIPS}/hyperlink"),
            address.clone(),
        )
    });
    relationships_part(parts.chain(links))
}

fn core(about: &About) -> String {
    let About {
        title,
        authors,
        language,
        day,
        ..
    } = about;
    let (title, authors) = (xml::text(title), xml::text(authors));
    format!(
        "{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:creator>{authors}</dc:creator><dc:language>{language}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        xml::DECLARATION
    )
}

fn app(about: &About) -> String {
    format!(
        "{}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>planmaker</Application><Company>{}</Company></Properties>",
        xml::DECLARATION,
        xml::text(&about.organisations)
    )
}

fn settings(about: &About) -> String {
    format!(
        "{}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:autoHyphenation/><w:hyphenationZone w:val=\"425\"/><w:doNotHyphenateCaps/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{}\"/></w:settings>",
        xml::DECLARATION,
        about.language
    )
}

fn header(about: &About, width: usize) -> String {
    format!(
        "{}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/><w:t>{}</w:t></w:r></w:p></w:hdr>",
        xml::DECLARATION,
        xml::text(&about.running_title),
        xml::text(&about.status)
    )
}

fn footer(about: &About) -> String {
    let text = |text: &str| {
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            xml::text(text)
        )
    };
    let field = |field: &str| {
        format!("<w:fldSimple w:instr=\" {field} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    let [before, between, after] = &about.page_of;
    format!(
        "{}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}{}{}{}{}</w:p></w:ftr>",
        xml::DECLARATION,
        text(before),
        field("PAGE"),
        text(between),
        field("NUMPAGES"),
        text(after)
    )
}

/// The signs of lists: bullets, numbers, boxes, and the numbers of each list that has its own.
fn numbering(starts: &[u32]) -> String {
    let level = |nr: usize, format: &str, sign: &str| {
        let (left, hanging) = (397 * (nr + 1), 397);
        format!(
            "<w:lvl w:ilvl=\"{nr}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{sign}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/></w:pPr></w:lvl>"
        )
    };
    let levels = |sign: &dyn Fn(usize) -> (&'static str, String)| -> String {
        let levels = (0..9).map(|nr| {
            let (format, sign) = sign(nr);
            level(nr, format, &sign)
        });
        levels.collect()
    };
    let bullets = levels(&|nr| ("bullet", if nr % 2 == 0 { "•" } else { "–" }.to_owned()));
    let boxes = levels(&|_| ("bullet", "☐".to_owned()));
    let numbers = levels(&|nr| {
        let format = ["decimal", "lowerLetter", "lowerRoman"].get(nr % 3);
        (
            format.copied().unwrap_or("decimal"),
            format!("%{}.", nr + 1),
        )
    });
    let kinds: String = [bullets, boxes, numbers]
        .iter()
        .enumerate()
        .map(|(nr, levels)| {
            format!("<w:abstractNum w:abstractNumId=\"{nr}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>")
        })
        .collect();
    let lists: String = starts
        .iter()
        .enumerate()
        .map(|(nr, start)| {
            let restarts: String = (0..9)
                .map(|level| {
                    let start = if level == 0 { *start } else { 1 };
                    format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>")
                })
                .collect();
            format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"2\"/>{restarts}</w:num>", nr + body::OWN_LISTS)
        })
        .collect();
    format!(
        "{}<w:numbering {NAMESPACES}>{kinds}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>{lists}</w:numbering>",
        xml::DECLARATION
    )
}
