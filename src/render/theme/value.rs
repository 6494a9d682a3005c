//! Values of design tokens: accepted only if every CSS token in them is harmless, and rebuilt from those tokens.

use std::collections::HashMap;

use cssparser::{ParseError, Parser, ToCss, Token};

use super::Tokens;

/// The functions that a value may use besides `var`. Functions that could fetch (`url`, `src`, `image-set`) and unknown ones
/// are rejected.
const FUNCTIONS: &str =
    "calc clamp color color-mix hsl hsla hwb lab lch light-dark max min oklab oklch rgb rgba";

/// The maximum nesting depth of functions.
const MAX_DEPTH: u8 = 16;

/// The maximum length of a value in bytes; a font family with all its fallbacks is a tenth of it.
const MAX_BYTES: usize = 1000;

/// The maximum length of a chain of tokens that refer to each other.
const MAX_CHAIN: usize = 64;

/// The value of a token, which may refer to other tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TokenValue(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Token {
        name: String,
        fallback: Option<Vec<Piece>>,
    },
}

impl TokenValue {
    /// Reads a value, or returns `None` if any part of it is not known to be harmless.
    pub(super) fn read(input: &mut Parser<'_>) -> Option<Self> {
        let mut pieces = Vec::new();
        read(input, &mut pieces, 0)?;
        Some(Self(pieces))
    }
}

fn read(input: &mut Parser<'_>, pieces: &mut Vec<Piece>, depth: u8) -> Option<()> {
    if depth > MAX_DEPTH {
        return None;
    }
    // A comment counts as a space: without one, the tokens around it could merge.
    while let Ok(token) = input.next_including_whitespace_and_comments() {
        let token = token.clone();
        match &token {
            Token::WhiteSpace(_) | Token::Comment(_) => push(pieces, " "),
            Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                pieces.push(in_block(input, |input| reference(input, depth))?);
            }
            Token::Function(name) => {
                let mut known = FUNCTIONS.split(' ');
                push(
                    pieces,
                    known.find(|known| name.eq_ignore_ascii_case(known))?,
                );
                bracketed(input, pieces, depth)?;
            }
            Token::ParenthesisBlock => bracketed(input, pieces, depth)?,
            _ if is_harmless(&token) => push(pieces, &token.to_css_string()),
            _ => return None,
        }
    }
    Some(())
}

fn bracketed(input: &mut Parser<'_>, pieces: &mut Vec<Piece>, depth: u8) -> Option<()> {
    push(pieces, "(");
    in_block(input, |input| read(input, pieces, depth + 1))?;
    push(pieces, ")");
    Some(())
}

/// Reads the contents of the block that was just opened, which must be used up.
fn in_block<T>(
    input: &mut Parser<'_>,
    read: impl FnOnce(&mut Parser<'_>) -> Option<T>,
) -> Option<T> {
    let read = |input: &mut Parser<'_>| read(input).ok_or_else(|| ParseError::<()>::custom(()));
    input.parse_nested_block(read).ok()
}

/// Reads the arguments of `var()`: a token name and an optional fallback.
fn reference(input: &mut Parser<'_>, depth: u8) -> Option<Piece> {
    let name = token_name(&input.expect_ident_cloned().ok()?)?;
    let mut fallback = None;
    if !input.is_exhausted() {
        input.expect_comma().ok()?;
        read(input, fallback.insert(Vec::new()), depth + 1)?;
    }
    Some(Piece::Token { name, fallback })
}

/// Returns the name if it is a valid token name: `--` and ASCII letters, digits, `-` and `_`.
pub(super) fn token_name(name: &str) -> Option<String> {
    let is_valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let rest = name.strip_prefix("--")?;
    (!rest.is_empty() && rest.chars().all(is_valid)).then(|| name.to_owned())
}

/// Whether a CSS token is a name, colour, number, length or string without characters that are special in CSS or HTML.
fn is_harmless(token: &Token<'_>) -> bool {
    let is_in = |text: &str, others: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || others.contains(c))
    };
    let is_word = |word| is_in(word, "-_");
    match token {
        Token::Ident(word) | Token::Hash(word) | Token::IDHash(word) => is_word(word),
        Token::Dimension { unit, .. } => is_word(unit),
        Token::QuotedString(text) => is_in(text, " -_.,'&"),
        Token::Number { .. } | Token::Percentage { .. } | Token::Comma => true,
        Token::Delim(sign) => matches!(sign, '+' | '-' | '*' | '/'),
        _ => false,
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Text(before)) = pieces.last_mut() {
        if text != " " || !before.ends_with(' ') {
            before.push_str(text);
        }
    } else {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Replaces references between tokens by their values.
pub(super) struct Resolver<'t> {
    /// The values of tokens; the first layer with a value wins.
    layers: &'t [&'t Tokens],
    /// The resolved tokens. One that is being resolved has no value, so that none can refer to itself.
    known: HashMap<String, Option<String>>,
    chain: usize,
}

impl<'t> Resolver<'t> {
    pub(super) fn new(layers: &'t [&'t Tokens]) -> Self {
        Self {
            layers,
            known: HashMap::new(),
            chain: 0,
        }
    }

    /// The value of a token as CSS text, or `None` if a token that it needs is missing. The text is parsed once more, because
    /// harmless pieces may combine into something that is not.
    pub(super) fn resolve(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if self.chain == MAX_CHAIN {
            return None;
        }
        self.known.insert(name.to_owned(), None);
        let value = self
            .layers
            .iter()
            .find_map(|layer| layer.get(name)?.as_ref())?;
        self.chain += 1;
        let text = self.fill(&value.0).filter(|text| is_plain(text));
        self.chain -= 1;
        self.known.insert(name.to_owned(), text.clone());
        text
    }

    fn fill(&mut self, pieces: &[Piece]) -> Option<String> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(piece) if text.ends_with(' ') => text.push_str(piece.trim_start()),
                Piece::Text(piece) => text.push_str(piece),
                Piece::Token { name, fallback } => {
                    let value = self.resolve(name);
                    let value = value.or_else(|| self.fill(fallback.as_deref()?))?;
                    // A space keeps the value from merging with its neighbours.
                    if !text.is_empty() && !text.ends_with([' ', '(']) {
                        text.push(' ');
                    }
                    text.push_str(&value);
                    text.push(' ');
                }
            }
            if text.len() > MAX_BYTES {
                return None;
            }
        }
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    }
}

fn is_plain(text: &str) -> bool {
    let value = TokenValue::read(&mut Parser::new(text));
    value.is_some_and(|value| matches!(&value.0[..], [Piece::Text(_)]))
}
