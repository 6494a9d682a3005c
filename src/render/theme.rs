//! A house style: the design tokens of a stylesheet, as municipalities publish them for NL Design System.
//!
//! Of the stylesheet nothing but values of custom properties is kept, and of those only what a page's own styles ask for. The
//! values are laid out anew from tokens that are known to be harmless ([`value`]), so that a file can neither fetch anything
//! nor change anything else. What the tokens mean is for the page's styles.

mod rules;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::document::Document;
use value::{Settling, TokenValue};

/// The design tokens of a house style.
#[derive(Debug, Clone)]
pub struct Theme(Arc<Layers>);

#[derive(Debug, Default)]
struct Layers {
    /// What holds in the light, and in the dark too when there is no other.
    light: Tokens,
    /// What a dark variant says otherwise.
    dark: Tokens,
}

/// Values by the names of tokens.
type Tokens = HashMap<String, TokenValue>;

/// Why a file is no house style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is larger than [`Theme::MAX_BYTES`].
    #[error("larger than {} bytes", Theme::MAX_BYTES)]
    TooLarge,
    /// It is not UTF-8.
    #[error("not UTF-8")]
    NotText,
    /// It sets no token that the document uses.
    #[error("no design token that the document uses")]
    NoTokens,
}

impl Theme {
    /// No house style is larger than this: the largest that is published has a tenth of it.
    pub const MAX_BYTES: usize = Document::MAX_BYTES;

    /// Reads a stylesheet of design tokens.
    ///
    /// # Errors
    ///
    /// When it is too large, is no text, or has no tokens.
    pub fn read(bytes: &[u8]) -> Result<Self, ThemeError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(ThemeError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ThemeError::NotText)?;
        let layers = rules::read(text.trim_start_matches('\u{feff}'));
        if layers.light.is_empty() && layers.dark.is_empty() {
            return Err(ThemeError::NoTokens);
        }
        Ok(Self(Arc::new(layers)))
    }

    /// The rules that give the tokens that a stylesheet uses. A theme with colours decides whether the page is light or dark,
    /// so that its colours never stand beside ours of the other sort.
    ///
    /// # Errors
    ///
    /// When the stylesheet uses none of the theme's tokens.
    pub(super) fn rules_for(&self, stylesheet: &str) -> Result<String, ThemeError> {
        let Layers { light, dark } = &*self.0;
        let used = rules::references(stylesheet);
        let in_the_dark = if dark.is_empty() {
            Settled::default()
        } else {
            settled(&used, &[dark, light])
        };
        let light = settled(&used, &[light]);
        match (light.0.is_empty(), in_the_dark.0.is_empty()) {
            (true, true) => Err(ThemeError::NoTokens),
            (false, true) => Ok(rule("light", &light, &[])),
            (true, false) => Ok(rule("dark", &in_the_dark, &[])),
            (false, false) => Ok(format!(
                "{}@media screen and (prefers-color-scheme: dark) {{\n{}}}\n",
                rule("light", &light, &[]),
                rule("dark", &in_the_dark, &light.names_not_in(&in_the_dark))
            )),
        }
    }
}

/// Tokens with values in which no token is left, by name.
#[derive(Debug, Default)]
struct Settled(Vec<(String, String)>);

impl Settled {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    fn names_not_in(&self, other: &Self) -> Vec<&str> {
        let names = self.0.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !other.has(name)).collect()
    }
}

/// The values of the tokens that are used, of the first layer that has them.
fn settled(used: &BTreeSet<String>, layers: &[&Tokens]) -> Settled {
    let mut settling = Settling::new(layers);
    let values = used
        .iter()
        .filter_map(|name| Some((name.clone(), settling.settle(name)?)));
    let all = Settled(values.collect());
    let halves = |name: &str| {
        let twin = other_half(name);
        used.contains(&twin) && !all.has(&twin)
    };
    let whole = all.0.iter().filter(|(name, _)| !halves(name));
    Settled(whole.cloned().collect())
}

/// The ground for an ink, the ink for a ground. Half of such a pair beside the other half of ours may be unreadable.
fn other_half(name: &str) -> String {
    if let Some(pair) = name.strip_suffix("-background-color") {
        return format!("{pair}-color");
    }
    name.strip_suffix("-color")
        .map(|pair| format!("{pair}-background-color"))
        .unwrap_or_default()
}

/// A rule that sets tokens, and takes back those that another rule has set.
fn rule(scheme: &str, tokens: &Settled, gone: &[&str]) -> String {
    let mut rule = ":root {\n".to_owned();
    if tokens.0.iter().any(|(name, _)| name.ends_with("color")) {
        rule.push_str(&format!("color-scheme: {scheme};\n"));
    }
    for (name, text) in &tokens.0 {
        rule.push_str(&format!("{name}: {text};\n"));
    }
    for name in gone {
        rule.push_str(&format!("{name}: initial;\n"));
    }
    rule.push_str("}\n");
    rule
}
