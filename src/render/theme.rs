//! House styles: stylesheets of design tokens, as municipalities publish them for NL Design System.
//!
//! Only values of custom properties are kept, and only of those that the page's own styles use. The values are rebuilt from
//! CSS tokens that are known to be harmless ([`value`]), so a file can neither fetch anything nor change anything else. The
//! page's styles decide what the tokens mean.

mod rules;
mod value;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::document::Document;
use value::{Resolver, TokenValue};

/// The design tokens of a house style.
#[derive(Debug, Clone)]
pub struct Theme {
    layers: Arc<Layers>,
    refused: Arc<Mutex<BTreeMap<String, Refusal>>>,
}

#[derive(Debug, Default)]
struct Layers {
    /// The values for light pages, and the fallback for dark ones.
    light: Tokens,
    /// The values that a dark variant overrides.
    dark: Tokens,
}

/// Values by token name; `None` for a value that is not known to be harmless.
type Tokens = HashMap<String, Option<TokenValue>>;

/// Values as CSS text, without references to other tokens, by token name.
type Resolved = BTreeMap<String, String>;

/// The reason that a file is rejected as a house style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is larger than [`Theme::MAX_BYTES`].
    #[error("larger than {} bytes", Theme::MAX_BYTES)]
    TooLarge,
    /// It is not UTF-8.
    #[error("not UTF-8")]
    NotText,
    /// It has no design tokens.
    #[error("no design token that the document uses")]
    NoTokens,
}

/// The reason that a page does not get a token of a house style that it uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The value is not one that is known to be harmless.
    Value,
    /// The value refers to a token without a value.
    Reference,
    /// The other half of a pair of colours is missing: the token with this name.
    Alone(String),
}

impl Theme {
    /// The maximum size of a stylesheet; the largest published one is a tenth of it.
    pub const MAX_BYTES: usize = Document::MAX_BYTES;

    /// Reads a stylesheet of design tokens.
    pub fn read(bytes: &[u8]) -> Result<Self, ThemeError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(ThemeError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ThemeError::NotText)?;
        let layers = rules::read(text.trim_start_matches('\u{feff}'));
        if layers.light.is_empty() && layers.dark.is_empty() {
            return Err(ThemeError::NoTokens);
        }
        Ok(Self {
            layers: Arc::new(layers),
            refused: Arc::default(),
        })
    }

    /// The tokens that the documents rendered so far use and did not get, by name.
    #[must_use]
    pub fn refused(&self) -> BTreeMap<String, Refusal> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.clone()
    }

    /// Writes the CSS rules that set the tokens a stylesheet uses. A theme with colours also fixes the colour scheme, so that
    /// its colours are never combined with our own for the other scheme.
    pub(super) fn rules_for(&self, stylesheet: &str) -> Result<String, ThemeError> {
        let Layers { light, dark } = &*self.layers;
        let used = rules::references(stylesheet);
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let in_the_dark = if dark.values().flatten().next().is_none() {
            Resolved::new()
        } else {
            resolved(&used, &[dark, light], &mut refused)
        };
        let light = resolved(&used, &[light], &mut refused);
        match (light.is_empty(), in_the_dark.is_empty()) {
            (true, true) => Err(ThemeError::NoTokens),
            (false, true) => Ok(rule("light", &light, &Resolved::new())),
            (true, false) => Ok(rule("dark", &in_the_dark, &Resolved::new())),
            (false, false) => Ok(format!(
                "{}@media screen and (prefers-color-scheme: dark) {{\n{}}}\n",
                rule("light", &light, &Resolved::new()),
                rule("dark", &in_the_dark, &light)
            )),
        }
    }
}

/// Resolves the used tokens; the first layer with a value for a token wins. Half of a colour pair is left out: combined with
/// the other half of our own it may be unreadable.
fn resolved(
    used: &BTreeSet<String>,
    layers: &[&Tokens],
    refused: &mut BTreeMap<String, Refusal>,
) -> Resolved {
    let mut resolver = Resolver::new(layers);
    let mut all = Resolved::new();
    for name in used {
        if let Some(value) = resolver.resolve(name) {
            all.insert(name.clone(), value);
        } else if let Some(value) = layers.iter().find_map(|layer| layer.get(name)) {
            let why = value
                .as_ref()
                .map_or(Refusal::Value, |_| Refusal::Reference);
            refused.insert(name.clone(), why);
        }
    }
    let mut whole = all.clone();
    whole.retain(|name, _| {
        let twin = other_half(name);
        let is_whole = !used.contains(&twin) || all.contains_key(&twin);
        if !is_whole {
            refused.insert(name.clone(), Refusal::Alone(twin));
        }
        is_whole
    });
    whole
}

/// The background colour that belongs to a text colour, and the other way round; empty for other tokens.
fn other_half(name: &str) -> String {
    if let Some(pair) = name.strip_suffix("-background-color") {
        return format!("{pair}-color");
    }
    name.strip_suffix("-color")
        .map(|pair| format!("{pair}-background-color"))
        .unwrap_or_default()
}

/// Writes a CSS rule that sets tokens and resets the other tokens that an earlier rule has set.
fn rule(scheme: &str, tokens: &Resolved, earlier: &Resolved) -> String {
    let mut rule = ":root {\n".to_owned();
    if tokens.keys().any(|name| name.ends_with("color")) {
        rule.push_str(&format!("color-scheme: {scheme};\n"));
    }
    for (name, text) in tokens {
        rule.push_str(&format!("{name}: {text};\n"));
    }
    for name in earlier.keys().filter(|name| !tokens.contains_key(*name)) {
        rule.push_str(&format!("{name}: initial;\n"));
    }
    rule.push_str("}\n");
    rule
}
