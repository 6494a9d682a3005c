//! Extraction of design tokens, and of references to them, from stylesheets.

use std::collections::BTreeSet;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
};

use super::value::{self, TokenValue};
use super::{Layers, Tokens};

/// The maximum nesting depth of blocks; deeper ones are skipped.
const MAX_DEPTH: u8 = 32;

/// Reads the tokens of a stylesheet. Invalid parts are skipped, as in a browser.
pub(super) fn read(text: &str) -> Layers {
    let mut input = Parser::new(text);
    input.set_nested_block_limit(MAX_DEPTH);
    let mut rules = Rules::default();
    StyleSheetParser::new(&mut input, &mut rules).for_each(drop);
    let mut layers = rules.layers;
    // A stylesheet that has themes may also set tokens for the parts of a page.
    for (tokens, others) in [
        (&mut layers.light, rules.class.light),
        (&mut layers.dark, rules.class.dark),
    ] {
        for (name, value) in others {
            tokens.entry(name).or_insert(value);
        }
    }
    if layers.light.is_empty() && layers.dark.is_empty() {
        layers.dark = rules.dark_variant;
    }
    if layers.light.is_empty() && layers.dark.is_empty() {
        layers.light = rules.other_variant;
    }
    layers
}

/// The names of the tokens that a stylesheet uses.
pub(super) fn references(stylesheet: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(&mut Parser::new(stylesheet), &mut names);
    names
}

fn collect(input: &mut Parser<'_>, names: &mut BTreeSet<String>) {
    while let Ok(token) = input.next() {
        let is_reference =
            matches!(token, Token::Function(name) if name.eq_ignore_ascii_case("var"));
        let opens = matches!(
            token,
            Token::Function(_)
                | Token::ParenthesisBlock
                | Token::SquareBracketBlock
                | Token::CurlyBracketBlock
        );
        if opens {
            let _: Result<(), ParseError<()>> = input.parse_nested_block(|input| {
                if is_reference && let Ok(name) = input.expect_ident_cloned() {
                    names.extend(value::token_name(&name));
                }
                collect(input, names);
                Ok(())
            });
        }
    }
}

/// The kind of page that a rule applies to.
#[derive(Clone, Copy)]
enum Layer {
    Light,
    Dark,
    /// Any other class, for light and dark pages. Its tokens are used if no rule for the whole page sets them.
    LightClass,
    DarkClass,
    /// A dark variant that a page has to select. It is used only if the file has nothing else.
    DarkVariant,
    /// Another variant, used likewise.
    OtherVariant,
}

/// Reads the rules of a stylesheet, including those nested in a media query for dark pages.
#[derive(Default)]
struct Rules {
    layers: Layers,
    class: Layers,
    dark_variant: Tokens,
    other_variant: Tokens,
    in_the_dark: bool,
}

impl<'i> QualifiedRuleParser<'i> for Rules {
    type Prelude = Layer;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Layer, ParseError<()>> {
        let in_the_dark = self.in_the_dark;
        let layers =
            input.parse_comma_separated_ignoring_errors(|input| selector(input, in_the_dark));
        let first = layers.first().copied();
        first.ok_or_else(|| ParseError::custom(()))
    }

    fn parse_block(
        &mut self,
        layer: Layer,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let tokens = match layer {
            Layer::Light => &mut self.layers.light,
            Layer::Dark => &mut self.layers.dark,
            Layer::LightClass => &mut self.class.light,
            Layer::DarkClass => &mut self.class.dark,
            Layer::DarkVariant => &mut self.dark_variant,
            Layer::OtherVariant => &mut self.other_variant,
        };
        RuleBodyParser::new(input, &mut Declarations { tokens }).for_each(drop);
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Rules {
    /// Whether the rules inside are for dark pages.
    type Prelude = bool;
    type AtRule = ();
    type Error = ();

    /// Accepts layers, and media queries for the screen, light pages or dark ones: others do not concern a document.
    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<bool, ParseError<()>> {
        if name.eq_ignore_ascii_case("layer") {
            while input.next().is_ok() {}
            return Ok(self.in_the_dark);
        }
        if self.in_the_dark || !name.eq_ignore_ascii_case("media") {
            return Err(ParseError::custom(()));
        }
        if input
            .try_parse(|input| input.expect_ident_matching("screen"))
            .is_ok()
        {
            input.expect_exhausted()?;
            return Ok(false);
        }
        input.expect_parenthesis_block()?;
        input.parse_nested_block(|input| {
            input.expect_ident_matching("prefers-color-scheme")?;
            input.expect_colon()?;
            match input.expect_ident()?.as_ref() {
                "dark" => Ok(true),
                "light" => Ok(false),
                _ => Err(ParseError::custom(())),
            }
        })
    }

    fn parse_block(
        &mut self,
        in_the_dark: bool,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let before = std::mem::replace(&mut self.in_the_dark, in_the_dark);
        StyleSheetParser::new(input, self).for_each(drop);
        self.in_the_dark = before;
        Ok(())
    }
}

/// Accepts selectors for the whole page (`:root`, `:host`, `html`) and single classes, of which those of published themes go first:
/// `.utrecht-theme`, `.utrecht-theme--dark`.
fn selector(input: &mut Parser<'_>, in_the_dark: bool) -> Result<Layer, ParseError<()>> {
    let light = if in_the_dark {
        Layer::Dark
    } else {
        Layer::Light
    };
    let refused = || Err(ParseError::custom(()));
    let layer = match input.next()? {
        Token::Colon => match input.expect_ident()?.as_ref() {
            "root" | "host" => light,
            _ => return refused(),
        },
        Token::Ident(element) if element.eq_ignore_ascii_case("html") => light,
        Token::Delim('.') => {
            let class = input.expect_ident()?;
            let (theme, variant) = class.split_once("--").unwrap_or((class.as_ref(), ""));
            match variant {
                "" if theme == "theme" || theme.ends_with("-theme") => light,
                "" if in_the_dark => Layer::DarkClass,
                "" => Layer::LightClass,
                dark if dark.ends_with("dark") => Layer::DarkVariant,
                _ => Layer::OtherVariant,
            }
        }
        _ => return refused(),
    };
    input.expect_exhausted()?;
    Ok(layer)
}

struct Declarations<'t> {
    tokens: &'t mut Tokens,
}

impl<'i> DeclarationParser<'i> for Declarations<'_> {
    type Declaration = ();
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _: &ParserState,
    ) -> Result<(), ParseError<()>> {
        let name = value::token_name(&name).ok_or_else(|| ParseError::custom(()))?;
        // An invalid value still overrides an earlier one.
        self.tokens.insert(name, TokenValue::read(input));
        Ok(())
    }
}

impl AtRuleParser<'_> for Declarations<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = ();
}

impl QualifiedRuleParser<'_> for Declarations<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl RuleBodyItemParser<'_, (), ()> for Declarations<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
