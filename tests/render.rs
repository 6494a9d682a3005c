//! Documents of plans.

// A test may stop at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use planmaker::facts::Facts;
use planmaker::plan::Plan;
use planmaker::render::{Format, render};
use planmaker::view::View;

#[test]
fn examples_render() {
    for name in ["minimaal", "psycho-educatie"] {
        let text = std::fs::read_to_string(format!("examples/{name}.yaml")).unwrap();
        let plan: Plan = serde_yaml::from_str(&text).unwrap();
        let facts = Facts::of(&plan);
        let view = View::of(&plan, &facts, &[], &[]);
        for (format, extension) in [(Format::Html, "html"), (Format::Markdown, "md")] {
            match render(&view, format, None) {
                Ok(document) => {
                    std::fs::write(format!("/tmp/rt/{name}.{extension}"), document).unwrap()
                }
                Err(error) => panic!("{name}.{extension}: {error}"),
            }
        }
    }
}
