//! Small trees of XML, to take only known elements from a file of somebody else.

use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::{BytesStart, Event};

use crate::office::xml;

/// Limit on the nesting of elements.
const MAX_DEPTH: usize = 100;

/// An element.
#[derive(Debug, Default, Clone)]
pub(super) struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Piece>,
}

/// What is in an element.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Tag(Tag),
    Text(String),
}

impl Tag {
    /// Reads a part. Returns nothing for what is no XML.
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) if open.len() < MAX_DEPTH => open.push(Self::of(&tag)?),
                Event::Start(_) => return None,
                Event::Empty(tag) => open.last_mut()?.children.push(Piece::Tag(Self::of(&tag)?)),
                Event::End(_) => {
                    let tag = open.pop()?;
                    open.last_mut()?.children.push(Piece::Tag(tag));
                }
                Event::Text(text) => open.last_mut()?.add(&text),
                Event::GeneralRef(name) => {
                    let text = escape::unescape(&format!("&{};", &*name))
                        .ok()?
                        .into_owned();
                    open.last_mut()?.add(&text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let root = open.pop().filter(|_| open.is_empty())?;
        root.tags().next().cloned()
    }

    fn of(tag: &BytesStart<'_>) -> Option<Self> {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.ok()?;
            let value = escape::unescape(&attribute.value).ok()?.into_owned();
            Some((attribute.key.as_ref().to_owned(), value))
        });
        Some(Self {
            name: tag.name().as_ref().to_owned(),
            attributes: attributes.collect::<Option<_>>()?,
            children: Vec::new(),
        })
    }

    fn add(&mut self, text: &str) {
        self.children.push(Piece::Text(text.to_owned()));
    }

    pub fn tags(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|piece| match piece {
            Piece::Tag(tag) => Some(tag),
            Piece::Text(_) => None,
        })
    }

    pub fn tag(&self, name: &str) -> Option<&Self> {
        self.tags().find(|tag| tag.name == name)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// All text in the element.
    pub fn text(&self) -> String {
        let pieces = self.children.iter().map(|piece| match piece {
            Piece::Tag(tag) => tag.text(),
            Piece::Text(text) => text.clone(),
        });
        pieces.collect()
    }

    /// Whether this element or one in it is so.
    pub fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self) || self.tags().any(|tag| tag.any(is))
    }

    /// The element in XML.
    pub fn xml(&self) -> String {
        let name = &self.name;
        let attributes = self.attributes.iter();
        let attributes: Vec<String> = attributes
            .map(|(key, value)| format!(" {key}=\"{}\"", xml::text(value)))
            .collect();
        let attributes = attributes.concat();
        if self.children.is_empty() {
            return format!("<{name}{attributes}/>");
        }
        format!("<{name}{attributes}>{}</{name}>", self.inside())
    }

    /// What is in the element, in XML.
    pub fn inside(&self) -> String {
        let pieces = self.children.iter().map(|piece| match piece {
            Piece::Tag(tag) => tag.xml(),
            Piece::Text(text) => xml::text(text),
        });
        pieces.collect()
    }
}
