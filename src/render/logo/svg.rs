//! SVG: written anew from the elements and attributes that draw.
//!
//! What drawing programs add for themselves is left out. A drawing with something that may run or fetch is refused, because its
//! maker should know that a part of it would be missing. Styles become attributes, so no CSS is left.

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::LogoError;
use crate::render::escape;

/// Elements that draw, or that others refer to for that.
const ELEMENTS: &str = " svg g defs symbol use path rect circle ellipse line polyline polygon text tspan \
    linearGradient radialGradient stop clipPath mask ";

/// Elements that are left out with their contents: words about the drawing, and the page of a drawing program.
const LEFT_OUT: &str = " metadata title desc namedview style ";

/// Attributes about shapes and places.
const GEOMETRY: &str = " x y x1 y1 x2 y2 cx cy r rx ry fx fy d points width height viewBox transform offset dx dy \
    gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits preserveAspectRatio ";

/// Attributes that are also properties of CSS.
const PROPERTIES: &str = " fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin \
    stroke-miterlimit stroke-dasharray stroke-dashoffset opacity clip-path clip-rule mask stop-color stop-opacity color \
    display visibility font-family font-size font-weight font-style text-anchor letter-spacing ";

/// Limit on the number of elements.
const MOST_ELEMENTS: usize = 10_000;

/// Limit on the number of attributes of an element.
const MOST_ATTRIBUTES: usize = 100;

/// Limit on the depth of elements.
const DEEPEST: usize = 64;

/// Limit on the number of repetitions of a part, each of which may have all elements.
const MOST_REPEATS: usize = 100;

/// Limit on the number of rules of CSS: each is tried on every element.
const MOST_RULES: usize = 500;

/// The maximum width and height of the canvas, in its own units.
const LARGEST: f64 = 100_000.0;

/// Writes a drawing anew.
pub(super) fn rebuild(text: &str) -> Result<String, LogoError> {
    let rules = rules(&styles(text)?)?;
    let mut drawing = Drawing {
        out: String::with_capacity(text.len()),
        rules,
        open: Vec::new(),
        elements: 0,
        repeated: HashSet::new(),
        repeats: 0,
        repeaters: HashSet::new(),
    };
    let mut reader = Reader::from_str(text);
    // The number of open elements around the first that is left out.
    let mut skipped: usize = 0;
    loop {
        match next(&mut reader)? {
            Event::Start(start) if skipped > 0 || is_left_out(&start)? => {
                skipped += 1;
                if skipped > MOST_ELEMENTS {
                    return Err(LogoError::TooComplex);
                }
            }
            Event::Empty(empty) if skipped > 0 || is_left_out(&empty)? => {}
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::Start(start) => drawing.start(&start)?,
            Event::Empty(empty) => {
                drawing.start(&empty)?;
                drawing.end();
            }
            Event::End(_) => drawing.end(),
            Event::Text(text) if skipped == 0 => drawing.text(&text.xml10_content()),
            Event::CData(text) if skipped == 0 => drawing.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let c = character(&reference)?;
                if skipped == 0 {
                    drawing.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(LogoError::Unsafe("<!DOCTYPE […]>".into()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    drawing.finish()
}

fn next<'t>(reader: &mut Reader<&'t [u8]>) -> Result<Event<'t>, LogoError> {
    reader.read_event().map_err(|_| LogoError::Damaged)
}

/// The character that a reference stands for. Those that a document type defines are refused.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, LogoError> {
    if reference.is_char_ref() {
        let c = reference.resolve_char_ref();
        return c.ok().flatten().ok_or(LogoError::Damaged);
    }
    match &*reference.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        name => Err(LogoError::Unsafe(shown(&format!("&{name};")))),
    }
}

/// A piece of the file for a message.
fn shown(text: &str) -> String {
    escape::clean(text).chars().take(40).collect()
}

fn is_in(list: &str, name: &str) -> bool {
    !name.contains(' ') && list.contains(&format!(" {name} "))
}

/// The name of an element of SVG. Those of other vocabularies have none.
fn name<'s>(start: &'s BytesStart<'_>) -> Option<&'s str> {
    match start.name().0.split_once(':') {
        None => Some(start.name().0),
        Some(("svg", name)) => Some(name),
        Some(_) => None,
    }
}

/// Whether an element is left out. One that may do more than draw is an error.
fn is_left_out(start: &BytesStart<'_>) -> Result<bool, LogoError> {
    match name(start) {
        None => Ok(true),
        Some(name) if is_in(LEFT_OUT, name) => Ok(true),
        Some(name) if is_in(ELEMENTS, name) => Ok(false),
        Some(name) => Err(LogoError::Unsafe(shown(&format!("<{name}>")))),
    }
}

struct Drawing {
    out: String,
    rules: Vec<Rule>,
    /// The open elements: their names and ids.
    open: Vec<(&'static str, Option<String>)>,
    elements: usize,
    /// The ids of parts that are repeated.
    repeated: HashSet<String>,
    repeats: usize,
    /// The ids of parts that repeat others. These must not be repeated themselves, or ten lines draw a billion shapes.
    repeaters: HashSet<String>,
}

impl Drawing {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), LogoError> {
        let found = name(start).unwrap_or_default();
        let name = ELEMENTS.split(' ').find(|known| *known == found);
        let name = name.unwrap_or("g");
        let is_root = self.open.is_empty();
        if is_root && (name != "svg" || self.elements > 0) {
            return Err(LogoError::NoPicture);
        }
        self.elements += 1;
        if self.elements > MOST_ELEMENTS || self.open.len() >= DEEPEST {
            return Err(LogoError::TooComplex);
        }
        let found = Attributes::of(start)?;
        self.out.push_str(&format!("<{name}"));
        if is_root {
            let [x, y, width, height] = found.canvas()?;
            self.out.push_str(&format!(
                " xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {width} {height}\" width=\"{width}\" height=\"{height}\""
            ));
        }
        let id = found.get("id").filter(|id| is_name(id));
        if let Some(id) = id {
            self.attribute("id", id);
        }
        if let Some(target) = found.target(name)? {
            self.attribute("href", &format!("#{target}"));
            if name == "use" {
                self.repeats += 1;
                if self.repeats > MOST_REPEATS {
                    return Err(LogoError::TooComplex);
                }
                self.repeated.insert(target.to_owned());
                let around = self.open.iter().filter_map(|(_, id)| id.as_ref());
                self.repeaters
                    .extend(around.cloned().chain(id.map(str::to_owned)));
            }
        }
        for (attribute, value) in &found.0 {
            let is_size = is_root && ["viewBox", "width", "height"].contains(&attribute.as_ref());
            if is_in(GEOMETRY, attribute) && !is_size && is_harmless(value)? {
                self.attribute(attribute, value);
            }
        }
        for (property, value) in self.properties(name, &found)? {
            self.attribute(&property, &value);
        }
        self.out.push('>');
        self.open.push((name, id.map(str::to_owned)));
        Ok(())
    }

    /// The properties of an element. A style goes before a rule, and a rule before an attribute, as in a browser.
    fn properties(
        &self,
        name: &str,
        found: &Attributes<'_>,
    ) -> Result<Vec<(String, String)>, LogoError> {
        let mut all: Vec<(String, String)> = Vec::new();
        let mut set = |property: &str, value: &str| {
            all.retain(|(known, _)| known != property);
            all.push((property.to_owned(), value.to_owned()));
        };
        for (attribute, value) in &found.0 {
            if is_in(PROPERTIES, attribute) && is_harmless(value)? {
                set(attribute, value);
            }
        }
        let classes = found.get("class").unwrap_or_default();
        let id = found.get("id").unwrap_or_default();
        for rule in &self.rules {
            if rule.is_for(name, classes, id) {
                for (property, value) in &rule.properties {
                    set(property, value);
                }
            }
        }
        for (property, value) in declarations(found.get("style").unwrap_or_default())? {
            set(&property, &value);
        }
        Ok(all)
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value = escape::html(value);
        self.out.push_str(&format!(" {name}=\"{value}\""));
    }

    fn text(&mut self, text: &str) {
        let last = self.open.last().map(|(name, _)| *name);
        if matches!(last, Some("text" | "tspan")) {
            self.out.push_str(&escape::html(text));
        }
    }

    fn end(&mut self) {
        if let Some((name, _)) = self.open.pop() {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    fn finish(self) -> Result<String, LogoError> {
        if self.elements == 0 {
            return Err(LogoError::NoPicture);
        }
        if !self.open.is_empty() {
            return Err(LogoError::Damaged);
        }
        if !self.repeated.is_disjoint(&self.repeaters) {
            return Err(LogoError::TooComplex);
        }
        Ok(self.out)
    }
}

/// The attributes of an element, without those that are not SVG's.
struct Attributes<'s>(Vec<(Cow<'s, str>, Cow<'s, str>)>);

impl<'s> Attributes<'s> {
    fn of(start: &'s BytesStart<'_>) -> Result<Self, LogoError> {
        let mut all: Vec<(Cow<'s, str>, Cow<'s, str>)> = Vec::new();
        // The reader's own check compares each name with all others.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| LogoError::Damaged)?;
            let name = attribute.key.0;
            let bare = name.rsplit(':').next().unwrap_or(name);
            if bare.len() > 2 && bare.is_char_boundary(2) && bare[..2].eq_ignore_ascii_case("on") {
                return Err(LogoError::Unsafe(shown(name)));
            }
            let name = match name.split_once(':') {
                None => name,
                Some((_, "href")) => "href",
                Some(_) => continue,
            };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| LogoError::Damaged)?;
            if all.iter().any(|(known, _)| known == name) {
                continue;
            }
            if all.len() == MOST_ATTRIBUTES {
                return Err(LogoError::TooComplex);
            }
            all.push((name.to_owned().into(), value.into_owned().into()));
        }
        Ok(Self(all))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find_map(|(known, value)| (known == name).then_some(value.trim()))
    }

    /// The id that an element refers to, which must be one of the drawing itself.
    fn target(&self, name: &str) -> Result<Option<&str>, LogoError> {
        let Some(target) = self.get("href") else {
            return Ok(None);
        };
        let id = target.strip_prefix('#').filter(|id| is_name(id));
        let id = id.ok_or_else(|| LogoError::Unsafe(shown(&format!("href=\"{target}\""))))?;
        let refers = ["use", "linearGradient", "radialGradient"].contains(&name);
        Ok(refers.then_some(id))
    }

    /// The canvas of a drawing: that of its view box, else its width and height.
    fn canvas(&self) -> Result<[f64; 4], LogoError> {
        let numbers: Option<Vec<f64>> = self.get("viewBox").and_then(|text| {
            let parts = text.split(|c: char| c == ',' || c.is_ascii_whitespace());
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(|part| part.parse().ok()).collect()
        });
        let canvas = match numbers.as_deref() {
            Some(&[x, y, width, height]) => [x, y, width, height],
            Some(_) => return Err(LogoError::Size),
            None => {
                let length = |name| self.get(name).and_then(pixels).unwrap_or_default();
                [0.0, 0.0, length("width"), length("height")]
            }
        };
        let [x, y, width, height] = canvas;
        let is_size = |length: f64| length > 0.0 && length <= LARGEST;
        let is_place = |place: f64| place.abs() <= LARGEST;
        if is_size(width) && is_size(height) && is_place(x) && is_place(y) {
            Ok(canvas)
        } else {
            Err(LogoError::Size)
        }
    }
}

/// A length without its unit: only the proportion of width and height matters.
fn pixels(length: &str) -> Option<f64> {
    let number = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    number.trim().parse().ok()
}

/// Whether a text can be an id.
fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !text.is_empty() && text.chars().all(is_part)
}

/// Whether a value is kept. One that may fetch something is an error; one with other signs than values need is left out.
fn is_harmless(value: &str) -> Result<bool, LogoError> {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let refused = || Err(LogoError::Unsafe(shown(value)));
    if let Some((_, inside)) = lower.split_once("url(") {
        let inside = inside.trim_start().trim_start_matches(['\'', '"']);
        let id = inside
            .strip_prefix('#')
            .and_then(|id| id.split(['\'', '"', ')']).next());
        return match id.filter(|id| is_name(id.trim())) {
            Some(_) if lower.matches("url(").count() == 1 => Ok(value.chars().all(is_plain)),
            _ => refused(),
        };
    }
    let fetches = ["javascript:", "image(", "image-set(", "src("];
    if fetches.iter().any(|what| lower.contains(what)) {
        return refused();
    }
    Ok(value.chars().all(is_plain))
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || c.is_ascii_whitespace() || "-+.,%#()_'\":".contains(c)
}

/// A rule of the drawing's own styles.
struct Rule {
    /// `.class`, `#id`, or the name of an element.
    selector: String,
    properties: Vec<(String, String)>,
}

impl Rule {
    fn is_for(&self, name: &str, classes: &str, id: &str) -> bool {
        match (
            self.selector.strip_prefix('.'),
            self.selector.strip_prefix('#'),
        ) {
            (Some(class), _) => classes.split_ascii_whitespace().any(|it| it == class),
            (_, Some(wanted)) => wanted == id,
            _ => self.selector == name,
        }
    }
}

/// The text of all styles.
fn styles(text: &str) -> Result<String, LogoError> {
    let mut reader = Reader::from_str(text);
    let mut styles = String::new();
    let mut is_style = false;
    loop {
        match next(&mut reader)? {
            Event::Start(start) => is_style = name(&start) == Some("style"),
            Event::End(_) => is_style = false,
            Event::Text(text) if is_style => styles.push_str(&text.xml10_content()),
            Event::CData(text) if is_style => styles.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if is_style => styles.push(character(&reference)?),
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// The rules of a stylesheet with one simple selector each. Others are left out.
fn rules(css: &str) -> Result<Vec<Rule>, LogoError> {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut rules = Vec::new();
    if let Some((_, rule)) = plain.split_once('@') {
        let name: String = rule.chars().take_while(char::is_ascii_alphabetic).collect();
        if !["namespace", "charset"].contains(&name.as_str()) {
            return Err(LogoError::Unsafe(shown(&format!("@{name}"))));
        }
    }
    for rule in plain.split('}') {
        let Some((selectors, body)) = rule.split_once('{') else {
            continue;
        };
        let properties = declarations(body)?;
        for selector in selectors.split(',').map(str::trim) {
            let bare = selector.trim_start_matches(['.', '#']);
            if is_name(bare) && !bare.contains([':', '.']) {
                let (selector, properties) = (selector.to_owned(), properties.clone());
                rules.push(Rule {
                    selector,
                    properties,
                });
            }
        }
        if rules.len() > MOST_RULES {
            return Err(LogoError::TooComplex);
        }
    }
    Ok(rules)
}

/// The declarations of properties that draw.
fn declarations(css: &str) -> Result<Vec<(String, String)>, LogoError> {
    let mut found = Vec::new();
    for declaration in css.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let (property, value) = (property.trim(), value.trim());
        let value = value.strip_suffix("!important").unwrap_or(value).trim();
        if is_harmless(value)? && is_in(PROPERTIES, property) {
            found.push((property.to_owned(), value.to_owned()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 10 5\">{inside}</svg>"
        )
    }

    const ROOT: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 5\" width=\"10\" height=\"5\">";

    fn rebuilt(inside: &str) -> String {
        let rebuilt = rebuild(&svg(inside)).unwrap_or_else(|why| panic!("{inside}: {why}"));
        let inside = rebuilt.strip_prefix(ROOT).unwrap();
        inside.strip_suffix("</svg>").unwrap().to_owned()
    }

    #[test]
    fn a_drawing_keeps_what_draws() {
        for (given, kept) in [
            (
                "<path d='M0 0L1,1z' fill=\"#c00\" data-name='a' inkscape:label='b'/>",
                "<path d=\"M0 0L1,1z\" fill=\"#c00\"></path>",
            ),
            (
                "<style>.a,.b{fill:#111;stroke:none} /* x */ path { opacity: .5 } p > q { fill: red }</style><path class='x b' style='stroke-width:2;-inkscape-stroke:none'/>",
                "<path fill=\"#111\" stroke=\"none\" opacity=\".5\" stroke-width=\"2\"></path>",
            ),
            (
                "<defs><linearGradient id='g' xlink:href='#h'><stop offset='0' stop-color='red'/></linearGradient><rect id='r' width='3'/></defs><use xlink:href='#r'/><circle r='1' fill='url(#g)'/>",
                "<defs><linearGradient id=\"g\" href=\"#h\"><stop offset=\"0\" stop-color=\"red\"></stop></linearGradient><rect id=\"r\" width=\"3\"></rect></defs><use href=\"#r\"></use><circle r=\"1\" fill=\"url(#g)\"></circle>",
            ),
            (
                "<metadata><rdf:RDF><x onload='a'/></rdf:RDF></metadata><title>Naam</title><sodipodi:namedview><script/></sodipodi:namedview><!-- <script> --><?php x ?><g> los <text x='1'>a &amp; <![CDATA[<b>]]></text></g>",
                "<g><text x=\"1\">a &amp; &lt;b&gt;</text></g>",
            ),
        ] {
            assert_eq!(rebuilt(given), kept);
            assert_eq!(rebuilt(kept), kept, "it is the same when it is read again");
        }
        let plain = "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg:svg width='20mm' height='10mm'><svg:g/></svg:svg>";
        assert_eq!(
            rebuild(plain).unwrap(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\" width=\"20\" height=\"10\"><g></g></svg>"
        );
    }

    #[test]
    fn what_runs_or_fetches_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<svg:script/>",
            "<foreignObject><body/></foreignObject>",
            "<image href='https://example.org/a.png'/>",
            "<image href='data:image/png;base64,AAAA'/>",
            "<a href='https://example.org'><g/></a>",
            "<animate attributeName='href'/>",
            "<set/>",
            "<filter/>",
            "<g onclick='alert(1)'/>",
            "<g ONLOAD='alert(1)'/>",
            "<g x:onload='alert(1)'/>",
            "<use href='other.svg#a'/>",
            "<use xlink:href='&#104;ttps://example.org/a#b'/>",
            "<g href='javascript:alert(1)'/>",
            "<path fill='url(https://example.org)'/>",
            "<path fill='URL( \"https://example.org#a\" )'/>",
            "<path fill='url(#a) url(//x)'/>",
            "<path style='fill:url(https://example.org)'/>",
            "<path style='background:image-set(\"a.png\" 1x)'/>",
            "<style>@import 'https://example.org';</style>",
            "<style>@font-face{src:url(a.woff)}</style>",
            "<style>path{fill:url(//example.org)}</style>",
            "&lol;",
        ] {
            let outcome = rebuild(&svg(inside));
            assert!(
                matches!(outcome, Err(LogoError::Unsafe(_) | LogoError::Damaged)),
                "{inside}: {outcome:?}"
            );
        }
    }

    #[test]
    fn drawings_are_limited() {
        let entities = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><svg viewBox='0 0 1 1'><text>&b;</text></svg>";
        assert!(matches!(rebuild(entities), Err(LogoError::Unsafe(_))));
        let external = "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg viewBox='0 0 1 1'><text>&a;</text></svg>";
        assert!(matches!(rebuild(external), Err(LogoError::Unsafe(_))));
        let mut uses = "<g id='a0'><rect/></g>".to_owned();
        for nr in 1..9 {
            let before = format!("<use href='#a{}'/>", nr - 1);
            uses += &format!("<g id='a{nr}'>{}</g>", before.repeat(10));
        }
        for inside in [
            uses,
            "<g id='a'><use href='#a'/></g>".to_owned(),
            "<use id='a' href='#b'/><use id='b' href='#a'/>".to_owned(),
            "<g>".repeat(100) + &"</g>".repeat(100),
            "<g/>".repeat(20_000),
            format!("<style>{}</style>", "a{}b{fill:red}".repeat(1000)),
            format!(
                "<g {}/>",
                (0..200)
                    .map(|nr| format!("a{nr}=''"))
                    .collect::<Vec<_>>()
                    .join(" ")
            ),
        ] {
            assert_eq!(rebuild(&svg(&inside)), Err(LogoError::TooComplex));
        }
    }

    #[test]
    fn whatever_a_file_has_only_drawing_is_left() {
        let parts = "<g> </g> <use href='#a'/> <path style=\" fill: url( #a) \"/> <style> </style> .a{ } ;&lol; &#x3c; <script \
            onload='x' ]]> <![CDATA[ <!-- --> <!DOCTYPE <? ?> <text> </text> xlink:href='data:,x' \" ' > / id='a' class='a' <svg:a \u{ad}é";
        let parts: Vec<&str> = parts.split_whitespace().collect();
        let mut random = 1_u64;
        let mut next = |count: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % count as u64).unwrap()
        };
        let mut drawn = 0;
        for _ in 0..20_000 {
            let length = 1 + next(12);
            let inside: String = (0..length).map(|_| parts[next(parts.len())]).collect();
            let Ok(drawing) = rebuild(&svg(&inside)) else {
                continue;
            };
            drawn += 1;
            for part in drawing.split('<').skip(1) {
                let name = part
                    .trim_start_matches('/')
                    .split([' ', '>'])
                    .next()
                    .unwrap();
                assert!(is_in(ELEMENTS, name), "{inside}: {drawing}");
            }
            assert!(
                !drawing.contains(" on") && !drawing.contains("=\"data:"),
                "{inside}: {drawing}"
            );
            assert_eq!(rebuild(&drawing).as_ref(), Ok(&drawing), "{inside}");
        }
        assert!(drawn > 500, "{drawn}");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for (text, why) in [
            ("<html></html>", LogoError::Unsafe("<html>".into())),
            ("<g></g>", LogoError::NoPicture),
            ("<!-- -->", LogoError::NoPicture),
            ("<svg viewBox='0 0 1 1'>", LogoError::Damaged),
            ("<svg viewBox='0 0 1 1'></g>", LogoError::Damaged),
            (
                "<svg viewBox='0 0 1 1'/><svg viewBox='0 0 1 1'/>",
                LogoError::NoPicture,
            ),
            ("<svg/>", LogoError::Size),
            ("<svg viewBox='0 0 0 1'/>", LogoError::Size),
            ("<svg viewBox='0 0 NaN 1'/>", LogoError::Size),
            ("<svg viewBox='0 0 1e99 1'/>", LogoError::Size),
            ("<svg viewBox='a'/>", LogoError::Size),
            ("<svg width='100%'/>", LogoError::Size),
        ] {
            assert_eq!(rebuild(text), Err(why), "{text}");
        }
    }
}
