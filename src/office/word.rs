//! Word documents (docx): WordprocessingML in the styles that Word itself has.

mod body;
mod reference;
mod styles;
mod tree;

use indexmap::IndexSet;

use super::content::Contents;
use super::package::package;
use super::{About, xml};
use body::Body;
use reference::Edge;
pub use reference::{LeftOut, Reference, ReferenceError};
use zip::result::ZipResult;

/// The names of the languages of elements.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Those of pictures in headers and footers.
const DRAWING_NAMESPACES: &str = "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Sizes in twentieths of a point.
struct Paper {
    width: usize,
    height: usize,
    /// Top, right, bottom, left, header and footer.
    margins: [usize; 6],
}

impl Paper {
    fn of(is_wide: bool, reference: Option<&Reference>) -> Self {
        let paper = reference.and_then(|it| it.paper);
        let [shorter, longer] = paper.unwrap_or([11_906, 16_838]);
        let (width, height) = if is_wide {
            (longer, shorter)
        } else {
            (shorter, longer)
        };
        let margins = reference.and_then(|it| it.margins);
        Self {
            width,
            height,
            margins: margins.unwrap_or([1_134, 1_134, 1_134, 1_134, 567, 567]),
        }
    }

    /// The width that texts have.
    const fn inside(&self) -> usize {
        let [_, right, _, left, ..] = self.margins;
        self.width - left - right
    }

    fn section(&self, edges: &[Edge], has_title_page: bool) -> String {
        let (width, height) = (self.width, self.height);
        let [top, right, bottom, left, header, footer] = self.margins;
        let side = if width > height {
            " w:orient=\"landscape\""
        } else {
            ""
        };
        let edges = edges.iter().enumerate().map(|(nr, edge)| {
            let kind = if edge.is_header { "header" } else { "footer" };
            format!(
                "<w:{kind}Reference w:type=\"{}\" r:id=\"rEdge{nr}\"/>",
                edge.pages
            )
        });
        let title_page = if has_title_page { "<w:titlePg/>" } else { "" };
        format!(
            "<w:sectPr>{}<w:pgSz w:w=\"{width}\" w:h=\"{height}\"{side}/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{header}\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
             {title_page}</w:sectPr>",
            edges.collect::<Vec<_>>().concat()
        )
    }
}

/// Writes a document, in a house style or in ours.
pub(super) fn document(
    contents: &Contents,
    about: &About,
    reference: Option<&Reference>,
) -> ZipResult<Vec<u8>> {
    let paper = Paper::of(contents.is_wide, reference);
    let body = Body::of(contents, paper.inside());
    let own = reference.filter(|it| !it.edges.is_empty());
    let (edges, has_title_page) = match own {
        Some(reference) => (reference.edges.clone(), reference.has_title_page),
        None => (edges(about, paper.inside()), true),
    };
    let pictures = reference.map_or(&[][..], |it| &it.pictures);
    let theme = reference.and_then(|it| it.theme.as_ref());
    let document = format!(
        "{}<w:document {NAMESPACES}><w:body>{}{}</w:body></w:document>",
        xml::DECLARATION,
        body.text,
        paper.section(&edges, has_title_page)
    );
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes(), true);
    let mut parts = vec![
        part(
            "[Content_Types].xml",
            content_types(&edges, theme.is_some()),
        ),
        part("_rels/.rels", package_relationships()),
        part("docProps/core.xml", core(about)),
        part("docProps/app.xml", app(about)),
        part("word/document.xml", document),
        part(
            "word/_rels/document.xml.rels",
            relationships(&body.addresses, &edges, theme.is_some()),
        ),
        part("word/styles.xml", styles::part(about.language, reference)),
        part("word/numbering.xml", numbering(&body.starts)),
        part("word/settings.xml", settings(about, &edges)),
    ];
    if let Some(theme) = theme {
        let drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
        let text = format!(
            "{}<a:theme xmlns:a=\"{drawing}\" name=\"House\">{theme}</a:theme>",
            xml::DECLARATION
        );
        parts.push(part("word/theme/theme1.xml", text));
    }
    parts.extend(edge_parts(&edges, pictures));
    package(&parts)
}

/// The parts of headers and footers, with their pictures.
fn edge_parts(edges: &[Edge], pictures: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>, bool)> {
    let mut parts = Vec::new();
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes(), true);
    for (nr, edge) in edges.iter().enumerate() {
        let (kind, name) = if edge.is_header {
            ("header", "hdr")
        } else {
            ("footer", "ftr")
        };
        let text = format!(
            "{}<w:{name} {NAMESPACES} {DRAWING_NAMESPACES}>{}</w:{name}>",
            xml::DECLARATION,
            edge.inside
        );
        parts.push(part(&format!("word/{kind}{nr}.xml"), text));
        if !edge.pictures.is_empty() {
            let relations = edge.pictures.iter().map(|(id, picture)| {
                (
                    id.clone(),
                    format!("{RELATIONSHIPS}/image"),
                    format!("media/{picture}"),
                )
            });
            let name = format!("word/_rels/{kind}{nr}.xml.rels");
            parts.push(part(&name, relationships_part(relations)));
        }
    }
    for (name, bytes) in pictures {
        let is_used = |edge: &Edge| edge.pictures.iter().any(|(_, picture)| picture == name);
        if edges.iter().any(is_used) {
            parts.push((format!("word/media/{name}"), bytes.clone(), true));
        }
    }
    parts
}

/// Our own header and footer: the title and the status, and the number of the page. The first page has no header.
fn edges(about: &About, width: usize) -> Vec<Edge> {
    let edge = |is_header, pages: &str, inside| Edge {
        is_header,
        pages: pages.to_owned(),
        inside,
        pictures: Vec::new(),
    };
    vec![
        edge(true, "default", header(about, width)),
        edge(false, "default", footer(about)),
        edge(false, "first", footer(about)),
    ]
}

fn content_types(edges: &[Edge], has_theme: bool) -> String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut parts = String::new();
    for (name, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
    ] {
        parts +=
            &format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{main}.{kind}+xml\"/>");
    }
    for (nr, edge) in edges.iter().enumerate() {
        let kind = if edge.is_header { "header" } else { "footer" };
        parts += &format!(
            "<Override PartName=\"/word/{kind}{nr}.xml\" ContentType=\"{main}.{kind}+xml\"/>"
        );
    }
    if has_theme {
        parts += "<Override PartName=\"/word/theme/theme1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.theme+xml\"/>";
    }
    let pictures: Vec<String> = [
        ("png", "png"),
        ("jpg", "jpeg"),
        ("jpeg", "jpeg"),
        ("gif", "gif"),
    ]
    .iter()
    .filter(|(extension, _)| {
        let mut pictures = edges.iter().flat_map(|edge| &edge.pictures);
        pictures.any(|(_, name)| name.ends_with(&format!(".{extension}")))
    })
    .map(|(extension, kind)| {
        format!("<Default Extension=\"{extension}\" ContentType=\"image/{kind}\"/>")
    })
    .collect();
    let pictures = pictures.concat();
    format!(
        "{}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{pictures}{parts}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
        xml::DECLARATION
    )
}

/// A part with relationships: their ids, kinds and targets.
fn relationships_part(all: impl Iterator<Item = (String, String, String)>) -> String {
    let all: Vec<String> = all
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
    let all = all.concat();
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

fn relationships(addresses: &IndexSet<String>, edges: &[Edge], has_theme: bool) -> String {
    let kind = |kind: &str| format!("{RELATIONSHIPS}/{kind}");
    let parts = ["styles", "numbering", "settings"]
        .map(|name| (format!("r{name}"), kind(name), format!("{name}.xml")));
    let theme = has_theme.then(|| {
        (
            "rtheme".to_owned(),
            kind("theme"),
            "theme/theme1.xml".to_owned(),
        )
    });
    let edges = edges.iter().enumerate().map(|(nr, edge)| {
        let name = if edge.is_header { "header" } else { "footer" };
        (format!("rEdge{nr}"), kind(name), format!("{name}{nr}.xml"))
    });
    let links = addresses
        .iter()
        .enumerate()
        .map(|(nr, address)| (format!("rLink{nr}"), kind("hyperlink"), address.clone()));
    relationships_part(parts.into_iter().chain(theme).chain(edges).chain(links))
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

fn settings(about: &About, edges: &[Edge]) -> String {
    let has_even = edges.iter().any(|edge| edge.pages == "even");
    let even = if has_even {
        "<w:evenAndOddHeaders/>"
    } else {
        ""
    };
    format!(
        "{}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:autoHyphenation/><w:hyphenationZone w:val=\"425\"/><w:doNotHyphenateCaps/>{even}\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{}\"/></w:settings>",
        xml::DECLARATION,
        about.language
    )
}

fn header(about: &About, width: usize) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/><w:t>{}</w:t></w:r></w:p>",
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
    let [before, between, after] = about.page_of.each_ref().map(|it| text(it));
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{before}{}{between}{}{after}</w:p>",
        field("PAGE"),
        field("NUMPAGES")
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
    let kinds: Vec<String> = [bullets, boxes, numbers]
        .iter()
        .enumerate()
        .map(|(nr, levels)| {
            format!("<w:abstractNum w:abstractNumId=\"{nr}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>")
        })
        .collect();
    let kinds = kinds.concat();
    let lists: Vec<String> = starts
        .iter()
        .enumerate()
        .map(|(nr, start)| {
            let restarts: Vec<String> = (0..9)
                .map(|level| {
                    let start = if level == 0 { *start } else { 1 };
                    format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>")
                })
                .collect();
            let restarts = restarts.concat();
            format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"2\"/>{restarts}</w:num>", nr + body::OWN_LISTS)
        })
        .collect();
    let lists = lists.concat();
    format!(
        "{}<w:numbering {NAMESPACES}>{kinds}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>{lists}</w:numbering>",
        xml::DECLARATION
    )
}
