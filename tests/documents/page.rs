//! The shell of an HTML page: what no plan may get out of it.

use planmaker::facts::Facts;
use planmaker::plan::Plan;
use planmaker::render::{Format, RenderError, render};
use planmaker::view::View;

fn page(title: &str) -> Result<String, RenderError> {
    let title = serde_json::to_string(title).unwrap_or_default();
    let plan: Plan =
        serde_yaml::from_str(&format!("versie: 1\nplan: {{titel: {title}}}")).unwrap_or_default();
    let facts = Facts::of(&plan);
    render(&View::of(&plan, &facts, &[], &[]), Format::Html)
}

#[test]
fn a_running_title_stays_a_string_in_the_style() -> Result<(), RenderError> {
    let page = page(r#"R&D: "a\" } </style><script>'b'"#)?;
    let running = page.lines().find(|line| line.starts_with("@top-left"));
    assert_eq!(
        running,
        Some(
            r#"@top-left { content: "R\26 D: \22 a\5c \22 } \3c /style\3e \3c script\3e \27 b\27 " }"#
        )
    );
    assert_eq!(page.matches("</style").count(), 1);
    Ok(())
}

#[test]
fn a_page_fetches_nothing() -> Result<(), RenderError> {
    let page = page("Plan")?;
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline';"));
    for call in ["url(", "@import", "src=", "<script", "<link"] {
        assert!(!page.contains(call), "{call}");
    }
    Ok(())
}
