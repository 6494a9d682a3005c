//! The styles of an OpenDocument text, by the names that LibreOffice has for them.

use super::NAMESPACES;
use crate::office::{About, xml};

/// Paragraph styles: the name, the one it builds on, and the properties of paragraphs and of texts.
const PARAGRAPHS: [(&str, &str, &str, &str); 28] = [
    (
        "Standard",
        "",
        "fo:margin-bottom=\"0.21cm\" fo:line-height=\"120%\"",
        "",
    ),
    (
        "Title",
        "Standard",
        "fo:margin-bottom=\"0.4cm\" fo:line-height=\"100%\" fo:keep-with-next=\"always\"",
        "fo:font-size=\"22pt\" fo:font-weight=\"bold\" fo:color=\"#123f63\"",
    ),
    (
        "Subtitle",
        "Standard",
        "fo:margin-bottom=\"0.1cm\" fo:keep-with-next=\"always\"",
        "fo:font-size=\"12pt\" fo:font-weight=\"bold\" fo:color=\"#4a5565\"",
    ),
    (
        "Heading_20_1",
        "Standard",
        "fo:margin-top=\"0.85cm\" fo:margin-bottom=\"0.21cm\" fo:line-height=\"100%\" fo:keep-with-next=\"always\"",
        "fo:font-size=\"16pt\" fo:font-weight=\"bold\" fo:color=\"#123f63\"",
    ),
    (
        "Heading_20_2",
        "Standard",
        "fo:margin-top=\"0.55cm\" fo:margin-bottom=\"0.14cm\" fo:line-height=\"100%\" fo:keep-with-next=\"always\"",
        "fo:font-size=\"13pt\" fo:font-weight=\"bold\" fo:color=\"#123f63\"",
    ),
    (
        "Heading_20_3",
        "Standard",
        "fo:margin-top=\"0.42cm\" fo:margin-bottom=\"0.11cm\" fo:line-height=\"100%\" fo:keep-with-next=\"always\"",
        "fo:font-size=\"11.5pt\" fo:font-weight=\"bold\" fo:color=\"#123f63\"",
    ),
    (
        "Heading_20_4",
        "Heading_20_3",
        "",
        "fo:font-size=\"10.5pt\"",
    ),
    ("Heading_20_5", "Heading_20_4", "", ""),
    ("Contents_20_Heading", "Heading_20_1", "", ""),
    (
        "Contents_20_1",
        "Standard",
        "fo:margin-bottom=\"0.07cm\"",
        "",
    ),
    (
        "Caption",
        "Standard",
        "fo:margin-top=\"0.5cm\" fo:margin-bottom=\"0.14cm\" fo:line-height=\"100%\" fo:keep-with-next=\"always\"",
        "fo:font-size=\"10pt\" fo:font-weight=\"bold\"",
    ),
    (
        "List_20_Bullet",
        "Standard",
        "fo:margin-bottom=\"0.1cm\"",
        "",
    ),
    (
        "List_20_Number",
        "Standard",
        "fo:margin-bottom=\"0.1cm\"",
        "",
    ),
    (
        "Bibliography",
        "Standard",
        "fo:margin-left=\"0.7cm\" fo:text-indent=\"-0.7cm\"",
        "",
    ),
    (
        "Quotations",
        "Standard",
        "fo:margin-left=\"0.7cm\" fo:margin-right=\"0.7cm\"",
        "fo:font-style=\"italic\"",
    ),
    (
        "Header",
        "Standard",
        "fo:margin-bottom=\"0cm\"",
        "fo:font-size=\"9pt\" fo:color=\"#4a5565\"",
    ),
    (
        "Footer",
        "Standard",
        "fo:margin-bottom=\"0cm\" fo:text-align=\"end\"",
        "fo:font-size=\"9pt\" fo:color=\"#4a5565\"",
    ),
    (
        "Plan_20_Question",
        "Standard",
        "fo:margin-bottom=\"0.28cm\" fo:keep-with-next=\"always\"",
        "fo:font-style=\"italic\" fo:color=\"#4a5565\"",
    ),
    (
        "Plan_20_Fact",
        "Standard",
        "fo:margin-bottom=\"0.07cm\"",
        "",
    ),
    (
        "Plan_20_Note",
        "Standard",
        "fo:background-color=\"#f2f5f8\" fo:border-left=\"3pt solid #123f63\" fo:padding=\"0.15cm\"",
        "",
    ),
    (
        "Plan_20_Warning",
        "Standard",
        "fo:background-color=\"#fff1c7\" fo:border-left=\"3pt solid #4a3500\" fo:padding=\"0.15cm\"",
        "fo:font-weight=\"bold\" fo:color=\"#4a3500\"",
    ),
    (
        "Plan_20_Small",
        "Standard",
        "",
        "fo:font-size=\"9pt\" fo:color=\"#4a5565\"",
    ),
    (
        "Plan_20_Line",
        "Standard",
        "fo:margin-top=\"0.3cm\" fo:margin-bottom=\"0cm\" fo:border-bottom=\"0.5pt solid #4a5565\"",
        "",
    ),
    (
        "Preformatted_20_Text",
        "Standard",
        "fo:background-color=\"#f2f5f8\" fo:line-height=\"100%\"",
        "style:font-name=\"Liberation Mono\" fo:font-size=\"9pt\" fo:hyphenate=\"false\"",
    ),
    (
        "Table_20_Contents",
        "Standard",
        "fo:margin-top=\"0.035cm\" fo:margin-bottom=\"0.035cm\" fo:line-height=\"100%\"",
        "fo:font-size=\"9pt\"",
    ),
    (
        "Table_20_Heading",
        "Table_20_Contents",
        "",
        "fo:font-weight=\"bold\" fo:color=\"#123f63\"",
    ),
    (
        "Plan_20_Number",
        "Table_20_Contents",
        "fo:text-align=\"end\"",
        "",
    ),
    (
        "Plan_20_Number_20_Heading",
        "Table_20_Heading",
        "fo:text-align=\"end\"",
        "",
    ),
];

/// Styles of texts.
const TEXTS: [(&str, &str); 7] = [
    ("Strong_20_Emphasis", "fo:font-weight=\"bold\""),
    ("Emphasis", "fo:font-style=\"italic\""),
    (
        "Plan_20_Deleted",
        "style:text-line-through-style=\"solid\" style:text-line-through-type=\"single\"",
    ),
    ("Source_20_Text", "style:font-name=\"Liberation Mono\""),
    (
        "Internet_20_link",
        "fo:color=\"#0f5499\" style:text-underline-style=\"solid\" style:text-underline-width=\"auto\" style:text-underline-color=\"font-color\"",
    ),
    (
        "Plan_20_Open",
        "fo:font-weight=\"bold\" fo:color=\"#4a3500\" fo:background-color=\"#fff1c7\"",
    ),
    ("Plan_20_Quiet", "fo:color=\"#4a5565\""),
];

/// The part with all styles, and with what is on every page.
pub(super) fn part(about: &About, is_wide: bool) -> String {
    let paragraphs: String = PARAGRAPHS.iter().map(paragraph).collect();
    let texts: Vec<String> = TEXTS
        .iter()
        .map(|(name, says)| {
            format!("<style:style style:name=\"{name}\" style:display-name=\"{}\" style:family=\"text\"><style:text-properties {says}/></style:style>", shown(name))
        })
        .collect();
    let texts = texts.concat();
    let (language, country) = about
        .language
        .split_once('-')
        .unwrap_or((about.language, ""));
    let (width, height, side) = if is_wide {
        ("29.7cm", "21cm", "landscape")
    } else {
        ("21cm", "29.7cm", "portrait")
    };
    let [before, between, after] = about.page_of.each_ref().map(|text| spaced(text));
    let footer = format!(
        "<text:p text:style-name=\"Footer\">{before}<text:page-number text:select-page=\"current\">1</text:page-number>{between}<text:page-count>1</text:page-count>{after}</text:p>"
    );
    format!(
        "{}<office:document-styles {NAMESPACES}><office:font-face-decls>\
         <style:font-face style:name=\"Calibri\" svg:font-family=\"Calibri, Carlito\" style:font-family-generic=\"swiss\" style:font-pitch=\"variable\"/>\
         <style:font-face style:name=\"Liberation Mono\" svg:font-family=\"'Liberation Mono'\" style:font-family-generic=\"modern\" style:font-pitch=\"fixed\"/>\
         </office:font-face-decls><office:styles><style:default-style style:family=\"paragraph\">\
         <style:paragraph-properties fo:orphans=\"2\" fo:widows=\"2\" fo:hyphenation-ladder-count=\"2\"/>\
         <style:text-properties style:font-name=\"Calibri\" fo:font-size=\"10.5pt\" fo:color=\"#1a2230\" fo:language=\"{language}\" fo:country=\"{country}\" \
         fo:hyphenate=\"true\" fo:hyphenation-remain-char-count=\"3\" fo:hyphenation-push-char-count=\"3\"/></style:default-style>\
         {paragraphs}{texts}{}{}{}{}</office:styles><office:automatic-styles><style:page-layout style:name=\"Paper\">\
         <style:page-layout-properties fo:page-width=\"{width}\" fo:page-height=\"{height}\" style:print-orientation=\"{side}\" fo:margin-top=\"1.2cm\" fo:margin-bottom=\"1.2cm\" fo:margin-left=\"2cm\" fo:margin-right=\"2cm\"/>\
         <style:header-style><style:header-footer-properties fo:min-height=\"0.6cm\" fo:margin-bottom=\"0.4cm\"/></style:header-style>\
         <style:footer-style><style:header-footer-properties fo:min-height=\"0.6cm\" fo:margin-top=\"0.4cm\"/></style:footer-style></style:page-layout>\
         <style:style style:name=\"HeaderTabs\" style:family=\"paragraph\" style:parent-style-name=\"Header\"><style:paragraph-properties>\
         <style:tab-stops><style:tab-stop style:position=\"{}\" style:type=\"right\"/></style:tab-stops></style:paragraph-properties></style:style>\
         </office:automatic-styles><office:master-styles><style:master-page style:name=\"Standard\" style:page-layout-name=\"Paper\">\
         <style:header><text:p text:style-name=\"HeaderTabs\">{}<text:tab/>{}</text:p></style:header>\
         <style:header-first><text:p text:style-name=\"Header\"/></style:header-first><style:footer>{footer}</style:footer>\
         <style:footer-first>{footer}</style:footer-first></style:master-page></office:master-styles></office:document-styles>",
        xml::DECLARATION,
        list("Plan_20_Bullets", 7, &|nr| sign(if nr % 2 == 0 {
            "•"
        } else {
            "–"
        })),
        list("Plan_20_Cell_20_Bullets", 4, &|_| sign("•")),
        list("Plan_20_Boxes", 7, &|_| sign("☐")),
        list("Plan_20_Numbers", 7, &|nr| {
            let format = ["1", "a", "i"].get(nr % 3).copied().unwrap_or("1");
            (
                "number",
                format!("style:num-format=\"{format}\" style:num-suffix=\".\""),
            )
        }),
        if is_wide { "25.7cm" } else { "17cm" },
        spaced(&about.running_title),
        spaced(&about.status),
    )
}

/// A text that keeps its first and last space.
fn spaced(text: &str) -> String {
    let bare = xml::text(text.trim_matches(' '));
    let space = |is: bool| if is { "<text:s/>" } else { "" };
    if bare.is_empty() {
        return bare;
    }
    format!(
        "{}{bare}{}",
        space(text.starts_with(' ')),
        space(text.ends_with(' '))
    )
}

fn paragraph((name, parent, paragraph, text): &(&str, &str, &str, &str)) -> String {
    let level = name.strip_prefix("Heading_20_");
    let level = level.map(|level| format!(" style:default-outline-level=\"{level}\""));
    let parent = if parent.is_empty() {
        String::new()
    } else {
        format!(" style:parent-style-name=\"{parent}\"")
    };
    format!(
        "<style:style style:name=\"{name}\" style:display-name=\"{}\" style:family=\"paragraph\"{parent}{}>\
         <style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>",
        shown(name),
        level.unwrap_or_default()
    )
}

fn shown(name: &str) -> String {
    name.replace("_20_", " ")
}

fn sign(sign: &str) -> (&'static str, String) {
    ("bullet", format!("text:bullet-char=\"{sign}\""))
}

/// A style of lists, of which each level has a sign, and stands so many millimetres further in.
fn list(name: &str, step: usize, level: &dyn Fn(usize) -> (&'static str, String)) -> String {
    let levels: Vec<String> = (0..9)
        .map(|nr| {
            let (kind, says) = level(nr);
            let left = step * (nr + 1);
            format!(
                "<text:list-level-style-{kind} text:level=\"{}\" {says}><style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">\
                 <style:list-level-label-alignment text:label-followed-by=\"listtab\" text:list-tab-stop-position=\"{left}mm\" fo:text-indent=\"-{step}mm\" fo:margin-left=\"{left}mm\"/>\
                 </style:list-level-properties></text:list-level-style-{kind}>",
                nr + 1
            )
        })
        .collect();
    let levels = levels.concat();
    format!(
        "<text:list-style style:name=\"{name}\" style:display-name=\"{}\">{levels}</text:list-style>",
        shown(name)
    )
}
