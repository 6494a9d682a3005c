//! The data of `render --to json` and `--to yaml`.

use planmaker::{Argument, Checked, Data, Findings, Path, RenderError, View, render_data};

/// The data of a plan with `count` findings, each with texts of 1 MiB.
fn with_findings(count: usize, form: Data) -> Result<Vec<u8>, RenderError> {
    let mut checked = Checked::read("versie: 1");
    let rule = checked.findings.iter().next().unwrap().rule;
    checked.findings = Findings::default();
    for _ in 0..count {
        let finding = checked.findings.add(rule, Path::root());
        for name in rule.arguments {
            finding.with(name, Argument::Whole("x".repeat(1 << 20)));
        }
    }
    render_data(&View::of(&checked), form)
}

#[test]
fn json_and_yaml_have_the_same_data() {
    let json: serde_json::Value =
        serde_json::from_slice(&with_findings(2, Data::Json).unwrap()).unwrap();
    let yaml: serde_json::Value =
        serde_yaml::from_slice(&with_findings(2, Data::Yaml).unwrap()).unwrap();
    assert_eq!(json, yaml);
    assert_eq!(json["bevindingen"].as_array().unwrap().len(), 2);
}

#[test]
fn data_has_the_size_limit_of_documents() {
    for form in [Data::Json, Data::Yaml] {
        let error = with_findings(70, form).unwrap_err();
        assert!(matches!(error, RenderError::TooLarge), "{error}");
        assert!(error.to_string().contains("64 MiB"), "{error}");
    }
}
