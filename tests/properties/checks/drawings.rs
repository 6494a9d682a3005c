//! Properties of the SVG drawings in a page.

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::page::is_class;

/// The elements of drawings, with their attributes. None of them links, fetches, animates or runs scripts.
const PARTS: &[(&str, &[&str])] = &[
    (
        "svg",
        &[
            "aria-hidden",
            "aria-label",
            "class",
            "preserveAspectRatio",
            "role",
            "viewBox",
        ],
    ),
    ("circle", &["class", "cx", "cy", "r"]),
    ("path", &["class", "d", "stroke-width"]),
    ("polygon", &["class", "points"]),
    ("rect", &["class", "height", "rx", "width", "x", "y"]),
    ("text", &["class", "x", "y"]),
    ("title", &[]),
];

/// Whether an element is a drawing or part of one.
pub fn is_part(element: &Element) -> bool {
    &*element.name.ns == "http://www.w3.org/2000/svg"
}

/// The attributes are measurements, classes and labels only. A drawing has a label, or is hidden because it is decorative.
pub fn check_part(part: ElementRef<'_>) {
    let element = part.value();
    let known = PARTS.iter().find(|(name, _)| *name == element.name());
    let (name, attributes) = known.unwrap_or_else(|| panic!("{element:?}"));
    for (attribute, value) in element.attrs() {
        let holds = attributes.contains(&attribute)
            && match attribute {
                "aria-hidden" => value == "true",
                "aria-label" => !value.trim().is_empty(),
                "class" => is_class(value),
                "preserveAspectRatio" => value == "none",
                "role" => value == "img",
                "d" => is_path(value),
                "points" => numbers(value).is_some_and(|points| points.len().is_multiple_of(2)),
                "viewBox" => {
                    matches!(numbers(value).as_deref(), Some([0.0, 0.0, w, h]) if *w > 0.0 && *h > 0.0)
                }
                "height" | "width" | "r" | "rx" | "stroke-width" => {
                    matches!(numbers(value).as_deref(), Some([length]) if *length >= 0.0)
                }
                _ => matches!(numbers(value).as_deref(), Some([_])),
            };
        assert!(holds, "{attribute} of {element:?}");
    }
    match *name {
        "svg" => {
            let is_labelled = element.attr("class") == Some("drawing")
                && element.attr("role").is_some()
                && element.attr("aria-label").is_some();
            assert!(
                is_labelled != element.attr("aria-hidden").is_some(),
                "{element:?}"
            );
            assert!(element.attr("viewBox").is_some(), "{element:?}");
        }
        // These contain texts of the plan, so they may contain nothing but text.
        "text" | "title" => {
            let mut inside = part.descendants().skip(1);
            assert!(
                inside.all(|node| matches!(node.value(), Node::Text(_))),
                "{element:?}"
            );
        }
        _ => {}
    }
}

/// Parses numbers separated by spaces or commas.
fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split([' ', ',']).map(number).collect()
}

/// Parses a plain decimal number: not `inf`, `NaN` or `1e300`.
fn number(text: &str) -> Option<f64> {
    let is_plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    text.parse().ok().filter(|_| is_plain)
}

/// Whether a text is a path: commands, each followed by numbers.
fn is_path(text: &str) -> bool {
    text.starts_with('M')
        && text
            .split(|c: char| c.is_ascii_alphabetic())
            .all(|after| after.trim().is_empty() || numbers(after.trim()).is_some())
        && text
            .chars()
            .all(|c| !c.is_alphabetic() || "MLHVCQAZmlhvcqaz".contains(c))
}
