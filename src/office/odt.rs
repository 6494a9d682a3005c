//! OpenDocument texts (odt), version 1.3.

mod body;
mod styles;

use zip::result::ZipResult;

use super::content::Contents;
use super::package::package;
use super::{About, xml};
use body::Body;

/// What programs recognise the format by.
const MIME_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// The names of the languages of elements, with the version of the format.
const NAMESPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
     xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" \
     xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
     xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\"";

/// Writes a document.
pub(super) fn document(contents: &Contents, about: &About) -> ZipResult<Vec<u8>> {
    let body = Body::of(contents);
    let content = format!(
        "{}<office:document-content {NAMESPACES}><office:automatic-styles>{}</office:automatic-styles>\
         <office:body><office:text>{}</office:text></office:body></office:document-content>",
        xml::DECLARATION,
        body.styles,
        body.text
    );
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes(), true);
    package(&[
        ("mimetype".to_owned(), MIME_TYPE.as_bytes().to_vec(), false),
        part("META-INF/manifest.xml", manifest()),
        part("meta.xml", meta(about)),
        part("styles.xml", styles::part(about, contents.is_wide)),
        part("content.xml", content),
    ])
}

fn manifest() -> String {
    let entries: Vec<String> = ["content.xml", "styles.xml", "meta.xml"]
        .iter()
        .map(|name| format!("<manifest:file-entry manifest:full-path=\"{name}\" manifest:media-type=\"text/xml\"/>"))
        .collect();
    format!(
        "{}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{MIME_TYPE}\"/>{entries}</manifest:manifest>",
        xml::DECLARATION,
        entries = entries.concat()
    )
}

fn meta(about: &About) -> String {
    let About {
        title,
        authors,
        language,
        day,
        ..
    } = about;
    let (title, authors) = (xml::text(title), xml::text(authors));
    format!(
        "{}<office:document-meta {NAMESPACES}><office:meta><meta:generator>planmaker</meta:generator><dc:title>{title}</dc:title>\
         <meta:initial-creator>{authors}</meta:initial-creator><dc:creator>{authors}</dc:creator><meta:creation-date>{day}T00:00:00</meta:creation-date>\
         <dc:date>{day}T00:00:00</dc:date><dc:language>{language}</dc:language></office:meta></office:document-meta>",
        xml::DECLARATION
    )
}
