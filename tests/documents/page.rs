//! The shell of an HTML page cannot be escaped from.

use planmaker::{Checked, Format, RenderError, View, render};

fn page(title: &str) -> Result<String, RenderError> {
    let title = serde_json::to_string(title).unwrap_or_default();
    let checked = Checked::read(format!("versie: 1\nplan: {{titel: {title}}}"));
    render(&View::of(&checked), Format::Html)
}

#[test]
fn running_title_is_escaped_as_css_string() -> Result<(), RenderError> {
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
fn page_fetches_nothing() -> Result<(), RenderError> {
    let page = page("Plan")?;
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline';"));
    for call in ["url(", "@import", "src=", "<script", "<link"] {
        assert!(!page.contains(call), "{call}");
    }
    Ok(())
}
