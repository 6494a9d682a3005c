//! The house style of a Word file: its styles, theme, headers and footers with their pictures, and its paper.
//!
//! Nothing else of it reaches a document: what is taken is written anew, and only known elements are taken.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::styles::STYLES;
use super::tree::{Piece, Tag};

/// Limit on a part of a file once it is unpacked, and on all parts that are read, in bytes.
const LARGEST_PART: u64 = 8 << 20;
const MOST_UNPACKED: u64 = 24 << 20;

/// The pictures that a header or footer may have, by their extensions.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "gif"];

/// The fields that a header or footer may have.
const FIELDS: [&str; 4] = ["PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF"];

/// Sizes of paper and margins that make sense, in twentieths of a point.
const SIZES: std::ops::RangeInclusive<usize> = 5_000..=31_680;
const LARGEST_MARGIN: usize = 5_000;

/// The house style of a Word file.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// What holds where no style says otherwise, without its language.
    pub(super) defaults: Option<String>,
    /// What holds for paragraphs.
    pub(super) paragraphs: String,
    /// The styles, by the ids that ours have.
    pub(super) styles: Vec<String>,
    pub(super) ids: HashSet<String>,
    pub(super) theme: Option<String>,
    /// The shorter and the longer side of the paper, and its margins: top, right, bottom, left, header and footer.
    pub(super) paper: Option<[usize; 2]>,
    pub(super) margins: Option<[usize; 6]>,
    pub(super) has_title_page: bool,
    pub(super) edges: Vec<Edge>,
    /// The pictures by their names.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    left_out: BTreeSet<LeftOut>,
}

/// A header or footer.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub is_header: bool,
    /// On which pages: `default`, `first` or `even`.
    pub pages: String,
    pub inside: String,
    /// The relations of its pictures: their ids and names.
    pub pictures: Vec<(String, String)>,
}

/// Why a file is no house style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It is no Word file (docx).
    #[error("is no Word file (docx)")]
    NotWord,
    /// It has a password.
    #[error("has a password")]
    Encrypted,
    /// It is too large, or becomes so when it is unpacked.
    #[error("is too large")]
    TooLarge,
}

/// What of a house style is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Macros.
    Macros,
    /// What is outside the file.
    Outside,
    /// Parts of a header or footer that are no text, table, page number or picture.
    Parts,
}

impl Reference {
    /// Limit on the size of the file, in bytes.
    pub const MAX_BYTES: usize = 20 << 20;

    /// Reads the house style of a Word file.
    ///
    /// # Errors
    ///
    /// If it is no Word file, has a password or is too large.
    pub fn read(bytes: &[u8]) -> Result<Self, ReferenceError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(ReferenceError::TooLarge);
        }
        // The container of old Word files, and of those with a password.
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
            let has_password = bytes.windows(name.len()).any(|it| it == name);
            return Err(if has_password {
                ReferenceError::Encrypted
            } else {
                ReferenceError::NotWord
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReferenceError::NotWord)?;
        let mut file = File {
            archive,
            left: MOST_UNPACKED,
        };
        Self::of(&mut file)
    }

    /// What is left out.
    pub fn left_out(&self) -> impl Iterator<Item = LeftOut> + '_ {
        self.left_out.iter().copied()
    }

    fn of(file: &mut File<'_>) -> Result<Self, ReferenceError> {
        let mut reference = Self::default();
        let document = file.text("word/document.xml")?;
        let document = document.ok_or(ReferenceError::NotWord)?;
        if file.has("word/vbaProject.bin") {
            reference.left_out.insert(LeftOut::Macros);
        }
        let relations = file.relations("word/_rels/document.xml.rels")?;
        if let Some(styles) = file.text("word/styles.xml")? {
            let styles = Tag::read(&styles).ok_or(ReferenceError::NotWord)?;
            reference.take_styles(&styles);
        }
        if let Some(theme) = file.text("word/theme/theme1.xml")? {
            let theme = Tag::read(&theme).filter(|it| it.name == "a:theme");
            let has_link = |tag: &Tag| tag.attributes.iter().any(|(key, _)| key.starts_with("r:"));
            let theme = theme.map(|theme| cleaned_theme(&theme));
            reference.theme = theme.filter(|it| !it.any(&has_link)).map(|it| it.inside());
        }
        let section = document.rfind("<w:sectPr").and_then(|at| {
            let section = document.get(at..)?;
            let end = section.find("</w:sectPr>")?;
            Tag::read(&section[..end + "</w:sectPr>".len()])
        });
        if let Some(section) = section {
            reference.take_paper(&section);
            for tag in section.tags() {
                let is_header = tag.name == "w:headerReference";
                if !is_header && tag.name != "w:footerReference" {
                    continue;
                }
                let relation = tag.attribute("r:id").and_then(|id| relations.get(id));
                let pages = tag.attribute("w:type").unwrap_or("default");
                if let Some(Relation {
                    target,
                    is_outside: false,
                }) = relation
                    && ["default", "first", "even"].contains(&pages)
                {
                    reference.take_edge(file, target, is_header, pages)?;
                }
            }
        }
        Ok(reference)
    }

    /// Takes styles under the ids of ours that have the same name.
    fn take_styles(&mut self, styles: &Tag) {
        let ours: HashMap<String, &str> = STYLES
            .iter()
            .map(|it| (it.name.to_lowercase(), it.id))
            .collect();
        let mut ids: HashMap<String, String> = HashMap::new();
        for style in styles.tags().filter(|it| it.name == "w:style") {
            let (Some(id), Some(name)) = (style.attribute("w:styleId"), name_of(style)) else {
                continue;
            };
            let own = ours.get(&name.to_lowercase()).map(|id| (*id).to_owned());
            // Another style may have an id of ours.
            let taken = STYLES.iter().any(|it| it.id == id);
            let other = || {
                if taken {
                    format!("House{id}")
                } else {
                    id.to_owned()
                }
            };
            ids.insert(id.to_owned(), own.unwrap_or_else(other));
        }
        if let Some(defaults) = styles.tag("w:docDefaults") {
            let run = defaults.tag("w:rPrDefault").and_then(|it| it.tag("w:rPr"));
            self.defaults = run.map(|run| properties(run, &ids).inside());
            let paragraphs = defaults.tag("w:pPrDefault").map(|it| properties(it, &ids));
            self.paragraphs = paragraphs.map(|it| it.inside()).unwrap_or_default();
        }
        for style in styles.tags().filter(|it| it.name == "w:style") {
            let Some(id) = style.attribute("w:styleId").and_then(|id| ids.get(id)) else {
                continue;
            };
            if self.ids.insert(id.clone()) {
                self.styles.push(properties(style, &ids).xml());
            }
        }
    }

    fn take_paper(&mut self, section: &Tag) {
        let number =
            |tag: Option<&Tag>, name: &str| -> Option<usize> { tag?.attribute(name)?.parse().ok() };
        let paper = section.tag("w:pgSz");
        if let (Some(width), Some(height)) = (number(paper, "w:w"), number(paper, "w:h"))
            && SIZES.contains(&width)
            && SIZES.contains(&height)
        {
            self.paper = Some([width.min(height), width.max(height)]);
        }
        let margins = section.tag("w:pgMar");
        let sides = ["top", "right", "bottom", "left", "header", "footer"];
        let sides = sides.map(|side| number(margins, &format!("w:{side}")));
        if let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] = sides {
            let sides = [a, b, c, d, e, f];
            let shortest = self.paper.map_or(11_906, |[width, _]| width);
            if sides.iter().all(|it| *it <= LARGEST_MARGIN) && b + d + 4_000 <= shortest {
                self.margins = Some(sides);
            }
        }
        self.has_title_page = section.tag("w:titlePg").is_some();
    }

    fn take_edge(
        &mut self,
        file: &mut File<'_>,
        target: &str,
        is_header: bool,
        pages: &str,
    ) -> Result<(), ReferenceError> {
        let part = format!("word/{target}");
        let Some(root) = file.text(&part)?.as_deref().and_then(Tag::read) else {
            return Ok(());
        };
        let relations = file.relations(&format!("word/_rels/{target}.rels"))?;
        let mut pictures = Vec::new();
        for (id, relation) in relations {
            let extension = relation
                .target
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_lowercase();
            if relation.is_outside {
                self.left_out.insert(LeftOut::Outside);
            } else if PICTURES.contains(&extension.as_str())
                && let Some(bytes) = file.bytes(&format!("word/{}", relation.target))?
            {
                let name = format!("picture{}.{extension}", self.pictures.len() + 1);
                self.pictures.push((name.clone(), bytes));
                pictures.push((id, name));
            }
        }
        let has_other_fields = root.any(&|tag| tag.name == "w:instrText" && !is_field(&tag.text()));
        let mut cleaner = Cleaner {
            pictures: &pictures,
            keeps_fields: !has_other_fields,
            lost: has_other_fields,
        };
        let inside = cleaner.pieces(&root);
        if cleaner.lost {
            self.left_out.insert(LeftOut::Parts);
        }
        let mut root = Tag {
            children: inside,
            ..Tag::default()
        };
        if root.children.is_empty() {
            let name = "w:p".to_owned();
            root.children.push(Piece::Tag(Tag {
                name,
                ..Tag::default()
            }));
        }
        let used =
            |(id, _): &(String, String)| root.any(&|tag| tag.attribute("r:embed") == Some(id));
        pictures.retain(used);
        self.edges.push(Edge {
            is_header,
            pages: pages.to_owned(),
            inside: root.inside(),
            pictures,
        });
        Ok(())
    }
}

fn name_of(style: &Tag) -> Option<&str> {
    style.tag("w:name")?.attribute("w:val")
}

fn is_field(instruction: &str) -> bool {
    let first = instruction.split_whitespace().next().unwrap_or_default();
    FIELDS.contains(&first.to_uppercase().as_str())
}

/// The theme: colours and fonts, without what leads elsewhere.
fn cleaned_theme(theme: &Tag) -> Tag {
    let children = theme.tags().filter(|tag| tag.name == "a:themeElements");
    Tag {
        name: "a:theme".to_owned(),
        attributes: Vec::new(),
        children: children.map(|tag| Piece::Tag(only("a:", tag))).collect(),
    }
}

/// An element with those inside it of that prefix, and their own attributes.
fn only(prefix: &str, tag: &Tag) -> Tag {
    let is_own =
        |key: &String| !key.contains(':') || key.starts_with(prefix) || key.starts_with("r:");
    let children = tag.children.iter().filter_map(|piece| match piece {
        Piece::Tag(tag) if tag.name == "a:extLst" || !tag.name.starts_with(prefix) => None,
        Piece::Tag(tag) => Some(Piece::Tag(only(prefix, tag))),
        Piece::Text(text) => Some(Piece::Text(text.clone())),
    });
    Tag {
        name: tag.name.clone(),
        attributes: tag
            .attributes
            .iter()
            .filter(|(key, _)| is_own(key) && key != "xmlns")
            .cloned()
            .collect(),
        children: children.collect(),
    }
}

/// Properties of styles and texts, without lists, languages and changes, and with the ids of styles as ours are.
fn properties(tag: &Tag, ids: &HashMap<String, String>) -> Tag {
    let names_style = [
        "w:basedOn",
        "w:next",
        "w:link",
        "w:pStyle",
        "w:rStyle",
        "w:tblStyle",
    ];
    let is_left_out = |name: &str| {
        ["w:numPr", "w:lang", "w:sectPr", "w:rsid"].contains(&name)
            || name.ends_with("Change")
            || !name.starts_with("w:")
    };
    let attributes = tag
        .attributes
        .iter()
        .filter(|(key, _)| key.starts_with("w:"));
    let attributes = attributes.map(|(key, value)| {
        let is_id =
            key == "w:styleId" || (key == "w:val" && names_style.contains(&tag.name.as_str()));
        let value = ids.get(value).filter(|_| is_id).unwrap_or(value);
        (key.clone(), value.clone())
    });
    let children = tag.tags().filter(|tag| !is_left_out(&tag.name));
    Tag {
        name: tag.name.clone(),
        attributes: attributes.collect(),
        children: children
            .map(|tag| Piece::Tag(properties(tag, ids)))
            .collect(),
    }
}

/// Takes texts, tables, page numbers and pictures out of a header or footer.
struct Cleaner<'p> {
    pictures: &'p [(String, String)],
    keeps_fields: bool,
    lost: bool,
}

impl Cleaner<'_> {
    fn pieces(&mut self, parent: &Tag) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for tag in parent.tags() {
            self.add(tag, &mut pieces);
        }
        pieces
    }

    fn add(&mut self, tag: &Tag, pieces: &mut Vec<Piece>) {
        match tag.name.as_str() {
            "w:p" | "w:r" | "w:tbl" | "w:tr" | "w:tc" => {
                let mut taken = Tag {
                    name: tag.name.clone(),
                    attributes: Vec::new(),
                    children: self.pieces(tag),
                };
                // A cell ends with a paragraph.
                if taken.name == "w:tc" && taken.tag("w:p").is_none() {
                    let name = "w:p".to_owned();
                    taken.children.push(Piece::Tag(Tag {
                        name,
                        ..Tag::default()
                    }));
                }
                pieces.push(Piece::Tag(taken));
            }
            "w:pPr" | "w:rPr" | "w:tblPr" | "w:trPr" | "w:tcPr" | "w:tblGrid" | "w:tab"
            | "w:br" | "w:ptab" | "w:noBreakHyphen" | "w:softHyphen" | "w:cr" => {
                pieces.push(Piece::Tag(properties(tag, &HashMap::new())));
            }
            "w:t" => pieces.push(Piece::Tag(Tag {
                name: "w:t".to_owned(),
                attributes: vec![("xml:space".to_owned(), "preserve".to_owned())],
                children: vec![Piece::Text(tag.text())],
            })),
            "w:fldChar" if self.keeps_fields => {
                pieces.push(Piece::Tag(properties(tag, &HashMap::new())));
            }
            "w:instrText" if self.keeps_fields => pieces.push(Piece::Tag(Tag {
                children: vec![Piece::Text(tag.text())],
                ..properties(tag, &HashMap::new())
            })),
            "w:fldSimple" if tag.attribute("w:instr").is_some_and(is_field) => {
                let instruction = tag.attribute("w:instr").unwrap_or_default().to_owned();
                pieces.push(Piece::Tag(Tag {
                    name: "w:fldSimple".to_owned(),
                    attributes: vec![("w:instr".to_owned(), instruction)],
                    children: self.pieces(tag),
                }));
            }
            "w:drawing" => match self.drawing(tag) {
                Some(drawing) => pieces.push(Piece::Tag(drawing)),
                None => self.lost = true,
            },
            // What is around texts.
            "w:hyperlink" | "w:fldSimple" | "w:smartTag" | "w:sdt" | "w:sdtContent" | "w:ins" => {
                pieces.extend(self.pieces(tag));
            }
            "mc:AlternateContent" | "w:pict" | "w:object" => self.lost = true,
            _ => {}
        }
    }

    /// A drawing that is a picture of the file.
    fn drawing(&self, tag: &Tag) -> Option<Tag> {
        fn taken(tag: &Tag, is_known: &dyn Fn(&str) -> bool) -> Option<Tag> {
            let prefix = tag.name.split(':').next()?;
            if !["w", "wp", "a", "pic"].contains(&prefix)
                || tag.name.starts_with("a:hlink")
                || tag.name == "a:extLst"
            {
                return None;
            }
            let attributes = tag
                .attributes
                .iter()
                .filter(|(key, value)| !key.contains(':') || (key == "r:embed" && is_known(value)));
            let children = tag.children.iter().filter_map(|piece| match piece {
                Piece::Tag(tag) => taken(tag, is_known).map(Piece::Tag),
                Piece::Text(text) => Some(Piece::Text(text.clone())),
            });
            Some(Tag {
                name: tag.name.clone(),
                attributes: attributes
                    .filter(|(key, _)| key != "xmlns")
                    .cloned()
                    .collect(),
                children: children.collect(),
            })
        }
        let is_known = |id: &str| self.pictures.iter().any(|(known, _)| known == id);
        let is_picture = |tag: &Tag| tag.name == "a:blip" && tag.attribute("r:embed").is_some();
        taken(tag, &is_known).filter(|drawing| drawing.any(&is_picture))
    }
}

/// A relation of a part.
#[derive(Debug)]
struct Relation {
    /// The path inside `word/`.
    target: String,
    is_outside: bool,
}

/// A file of which only some parts are unpacked.
struct File<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl File<'_> {
    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReferenceError> {
        let most = LARGEST_PART.min(self.left);
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReferenceError::Encrypted);
            }
            Err(_) => return Err(ReferenceError::NotWord),
        };
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| ReferenceError::NotWord)?;
        let size = bytes.len() as u64;
        self.left = self
            .left
            .checked_sub(size)
            .ok_or(ReferenceError::TooLarge)?;
        if size > most {
            return Err(ReferenceError::TooLarge);
        }
        Ok(Some(bytes))
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, ReferenceError> {
        let bytes = self.bytes(name)?;
        let text = bytes.map(String::from_utf8).transpose();
        let text = text.map_err(|_| ReferenceError::NotWord)?;
        Ok(text.map(|text| text.trim_start_matches('\u{feff}').to_owned()))
    }

    /// The relations of a part by their ids.
    fn relations(&mut self, name: &str) -> Result<BTreeMap<String, Relation>, ReferenceError> {
        let Some(root) = self.text(name)?.as_deref().and_then(Tag::read) else {
            return Ok(BTreeMap::new());
        };
        let relation = |tag: &Tag| {
            let target = tag.attribute("Target")?;
            let target = target.strip_prefix("/word/").unwrap_or(target);
            let relation = Relation {
                target: target.to_owned(),
                is_outside: tag.attribute("TargetMode") == Some("External"),
            };
            Some((tag.attribute("Id")?.to_owned(), relation))
        };
        Ok(root.tags().filter_map(relation).collect())
    }
}
