//! The value of a design token: kept when it is made of nothing but harmless pieces, and laid out anew from them.

use std::collections::HashMap;

use cssparser::{Parser, ToCss, Token};

use super::Tokens;

/// Functions that a value may use. Anything that could fetch (`url`, `src`, `image-set`) or that we do not know is not among
/// them.
const FUNCTIONS: [&str; 17] = [
    "calc",
    "clamp",
    "color",
    "color-mix",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "light-dark",
    "max",
    "min",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
    "var",
];

/// How deep functions may stand in each other.
const DEEPEST: u8 = 16;

/// How long a value may be, in bytes: a family of fonts with all its fallbacks is a tenth of it.
const LONGEST: usize = 1000;

/// The value of a token, in which other tokens may be named.
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
    /// The value that stands here, if all of it is harmless.
    pub(super) fn read(input: &mut Parser<'_>) -> Option<Self> {
        let mut pieces = Vec::new();
        read(input, &mut pieces, 0)?;
        Some(Self(pieces))
    }
}

/// A value was met that is not to be kept.
type Harm = ();

fn read(input: &mut Parser<'_>, pieces: &mut Vec<Piece>, depth: u8) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    // A comment is a space: without it, what stands around it could become something else.
    while let Ok(token) = input.next_including_whitespace_and_comments() {
        let token = token.clone();
        match &token {
            Token::WhiteSpace(_) | Token::Comment(_) => push(pieces, " "),
            Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                pieces.push(inside(input, |input| reference(input, depth))?);
            }
            Token::Function(name) => {
                let name = FUNCTIONS
                    .iter()
                    .find(|known| name.eq_ignore_ascii_case(known))?;
                push(pieces, name);
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
    inside(input, |input| read(input, pieces, depth + 1))?;
    push(pieces, ")");
    Some(())
}

/// What stands in the brackets that were just opened, to the last of it.
fn inside<T>(input: &mut Parser<'_>, read: impl FnOnce(&mut Parser<'_>) -> Option<T>) -> Option<T> {
    let read = |input: &mut Parser<'_>| {
        read(input).ok_or_else(|| cssparser::ParseError::<Harm>::custom(()))
    };
    input.parse_nested_block(read).ok()
}

/// A token's name, and what holds if it is not there.
fn reference(input: &mut Parser<'_>, depth: u8) -> Option<Piece> {
    let name = input.expect_ident_cloned().ok()?;
    let name = token_name(&name)?;
    if input.is_exhausted() {
        return Some(Piece::Token {
            name,
            fallback: None,
        });
    }
    input.expect_comma().ok()?;
    let mut fallback = Vec::new();
    read(input, &mut fallback, depth + 1)?;
    Some(Piece::Token {
        name,
        fallback: Some(fallback),
    })
}

/// A name as tokens have them.
pub(super) fn token_name(name: &str) -> Option<String> {
    let is_name = name.strip_prefix("--").is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    });
    is_name.then(|| name.to_owned())
}

/// Names, colours, numbers, lengths and texts without anything in them that means something in CSS or HTML.
fn is_harmless(token: &Token<'_>) -> bool {
    let is_word = |word: &str| {
        word.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    match token {
        Token::Ident(word) | Token::Hash(word) | Token::IDHash(word) => is_word(word),
        Token::Dimension { unit, .. } => is_word(unit),
        Token::QuotedString(text) => text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '\'' | '&')),
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

/// How long a row of tokens may be of which each names the next.
const LONGEST_ROW: usize = 64;

/// What tokens come to: the values that they have, with the tokens that those name filled in.
pub(super) struct Settling<'t> {
    /// Where values are looked up; the first that has one counts.
    layers: &'t [&'t Tokens],
    /// What is known by now. A token that is being settled is nothing, so that none can name itself.
    known: HashMap<String, Option<String>>,
    row: usize,
}

impl<'t> Settling<'t> {
    pub(super) fn new(layers: &'t [&'t Tokens]) -> Self {
        Self {
            layers,
            known: HashMap::new(),
            row: 0,
        }
    }

    /// What a token comes to; nothing if a token that it needs is not there. The outcome is read once more, so that nothing
    /// can have come together that was not there before.
    pub(super) fn settle(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if self.row == LONGEST_ROW {
            return None;
        }
        self.known.insert(name.to_owned(), None);
        let value = self.layers.iter().find_map(|layer| layer.get(name))?;
        self.row += 1;
        let text = self.fill(&value.0).filter(|text| is_plain(text));
        self.row -= 1;
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
                    let value = self
                        .settle(name)
                        .or_else(|| self.fill(fallback.as_deref()?))?;
                    // What stood apart stays apart.
                    if !text.is_empty() && !text.ends_with([' ', '(']) {
                        text.push(' ');
                    }
                    text.push_str(&value);
                    text.push(' ');
                }
            }
            if text.len() > LONGEST {
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
