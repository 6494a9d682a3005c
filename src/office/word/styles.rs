//! The styles of a Word document, by the names of Word's own styles wherever it has one.

use super::reference::Reference;

/// A style: its id, its name, its kind, and what it says.
pub(super) struct Style {
    pub id: &'static str,
    /// The name by which Word knows it in every language.
    pub name: &'static str,
    kind: &'static str,
    says: &'static str,
}

impl Style {
    const fn of(
        kind: &'static str,
        id: &'static str,
        name: &'static str,
        says: &'static str,
    ) -> Self {
        Self {
            id,
            name,
            kind,
            says,
        }
    }

    /// The style in XML.
    pub fn xml(&self) -> String {
        let Self {
            id,
            name,
            kind,
            says,
        } = self;
        let is_default = ["Normal", "DefaultParagraphFont", "TableNormal", "NoList"].contains(id);
        let default = if is_default { " w:default=\"1\"" } else { "" };
        format!(
            "<w:style w:type=\"{kind}\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{says}</w:style>"
        )
    }
}

/// All styles that documents use.
pub(super) const STYLES: [Style; 37] = [
    Style::of(
        "paragraph",
        "Normal",
        "Normal",
        "<w:qFormat/><w:pPr><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:color w:val=\"1A2230\"/></w:rPr>",
    ),
    Style::of(
        "character",
        "DefaultParagraphFont",
        "Default Paragraph Font",
        "<w:uiPriority w:val=\"1\"/><w:semiHidden/>",
    ),
    Style::of(
        "table",
        "TableNormal",
        "Normal Table",
        "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>",
    ),
    Style::of(
        "numbering",
        "NoList",
        "No List",
        "<w:uiPriority w:val=\"99\"/><w:semiHidden/>",
    ),
    Style::of(
        "paragraph",
        "Title",
        "Title",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"0\" w:after=\"240\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"123F63\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Subtitle",
        "Subtitle",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"0\" w:after=\"60\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"4A5565\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Heading1",
        "heading 1",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"480\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"123F63\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Heading2",
        "heading 2",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"123F63\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Heading3",
        "heading 3",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"123F63\"/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Heading4",
        "heading 4",
        "<w:basedOn w:val=\"Heading3\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr><w:rPr><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Heading5",
        "heading 5",
        "<w:basedOn w:val=\"Heading4\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:outlineLvl w:val=\"4\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "TOCHeading",
        "TOC Heading",
        "<w:basedOn w:val=\"Heading1\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "TOC1",
        "toc 1",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"40\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "Caption",
        "caption",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "ListBullet",
        "List Bullet",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "ListNumber",
        "List Number",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "ListContinue",
        "List Continue",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "Bibliography",
        "Bibliography",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"80\"/><w:ind w:left=\"397\" w:hanging=\"397\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "Quote",
        "Quote",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:ind w:left=\"397\" w:right=\"397\"/></w:pPr><w:rPr><w:i/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Header",
        "header",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:color w:val=\"4A5565\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "Footer",
        "footer",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"right\"/></w:pPr><w:rPr><w:color w:val=\"4A5565\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "PlanQuestion",
        "Plan Question",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after=\"160\"/></w:pPr><w:rPr><w:i/><w:color w:val=\"4A5565\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "PlanFact",
        "Plan Fact",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:after=\"40\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "PlanNote",
        "Plan Note",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"123F63\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F5F8\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "PlanWarning",
        "Plan Warning",
        "<w:basedOn w:val=\"PlanNote\"/><w:qFormat/><w:pPr><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"4A3500\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF1C7\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"4A3500\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "PlanSmall",
        "Plan Small",
        "<w:basedOn w:val=\"Normal\"/><w:rPr><w:color w:val=\"4A5565\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "PlanBlank",
        "Plan Blank",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"underscore\" w:pos=\"9638\"/></w:tabs><w:spacing w:before=\"120\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "PlanLine",
        "Plan Line",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"4A5565\"/><w:between w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"4A5565\"/></w:pBdr><w:spacing w:before=\"120\" w:after=\"0\"/></w:pPr>",
    ),
    Style::of(
        "paragraph",
        "PlanCode",
        "Plan Code",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F5F8\"/><w:suppressAutoHyphens/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "PlanCell",
        "Plan Cell",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>",
    ),
    Style::of(
        "paragraph",
        "PlanColumn",
        "Plan Column",
        "<w:basedOn w:val=\"PlanCell\"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:color w:val=\"123F63\"/></w:rPr>",
    ),
    Style::of(
        "character",
        "Hyperlink",
        "Hyperlink",
        "<w:rPr><w:color w:val=\"0F5499\"/><w:u w:val=\"single\"/></w:rPr>",
    ),
    Style::of(
        "character",
        "Strong",
        "Strong",
        "<w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    Style::of(
        "character",
        "Emphasis",
        "Emphasis",
        "<w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr>",
    ),
    Style::of(
        "character",
        "PlanOpen",
        "Plan Open",
        "<w:qFormat/><w:rPr><w:b/><w:color w:val=\"4A3500\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF1C7\"/></w:rPr>",
    ),
    Style::of(
        "character",
        "PlanQuiet",
        "Plan Quiet",
        "<w:rPr><w:color w:val=\"4A5565\"/></w:rPr>",
    ),
    Style::of(
        "table",
        "PlanTable",
        "Plan Table",
        "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"123F63\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"CCD4DD\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"CCD4DD\"/></w:tblBorders><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F5F8\"/></w:tcPr></w:tblStylePr>",
    ),
];

/// The part with all styles: those of a house style, and ours that it does not have, without our colours.
pub(super) fn part(language: &str, reference: Option<&Reference>) -> String {
    let house = reference.filter(|it| !it.styles.is_empty());
    let ours = STYLES
        .iter()
        .filter(|it| house.is_none_or(|house| !house.ids.contains(it.id)));
    let mut styles: String = ours.map(Style::xml).collect();
    if let Some(house) = house {
        styles = styles.replace("123F63", "auto") + &house.styles.concat();
    }
    let defaults = house.and_then(|it| it.defaults.as_deref()).unwrap_or(
        "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/>\
         <w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>",
    );
    let paragraphs = house.map_or("", |it| &it.paragraphs);
    format!(
        "{}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}<w:lang w:val=\"{language}\" w:eastAsia=\"{language}\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault>{paragraphs}</w:pPrDefault></w:docDefaults>{styles}</w:styles>",
        crate::office::xml::DECLARATION,
        super::NAMESPACES,
    )
}
