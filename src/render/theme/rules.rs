//! Where design tokens stand in a stylesheet, and which tokens a stylesheet asks for.

use std::collections::BTreeSet;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
};

use super::value::{self, TokenValue};
use super::{Layers, Tokens};

/// How deep brackets may stand in each other; what lies deeper is passed over.
const DEEPEST: u8 = 32;

/// Reads the tokens of a stylesheet. What is no token, or cannot be read, is left out: a browser does the same.
pub(super) fn read(text: &str) -> Layers {
    let mut layers = Layers::default();
    let mut dark_variant = Tokens::default();
    let mut input = Parser::new(text);
    input.set_nested_block_limit(DEEPEST);
    let mut reader = Rules {
        layers: &mut layers,
        dark_variant: &mut dark_variant,
        in_the_dark: false,
    };
    StyleSheetParser::new(&mut input, &mut reader).for_each(drop);
    if layers.light.is_empty() && layers.dark.is_empty() {
        layers.dark = dark_variant;
    }
    layers
}

/// The names of the tokens that a stylesheet asks for.
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

/// Which sort of page a rule is for.
#[derive(Clone, Copy)]
enum Layer {
    Light,
    Dark,
    /// A variant that a page has to choose: it is one if the file has no other.
    DarkVariant,
}

/// Reads the rules of a stylesheet, and those for the dark within them.
struct Rules<'t> {
    layers: &'t mut Layers,
    dark_variant: &'t mut Tokens,
    in_the_dark: bool,
}

impl<'i> QualifiedRuleParser<'i> for Rules<'_> {
    type Prelude = Layer;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Layer, ParseError<()>> {
        let in_the_dark = self.in_the_dark;
        let layers =
            input.parse_comma_separated_ignoring_errors(|input| selector(input, in_the_dark));
        layers
            .first()
            .copied()
            .ok_or_else(|| ParseError::custom(()))
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
            Layer::DarkVariant => self.dark_variant,
        };
        RuleBodyParser::new(input, &mut Declarations { tokens }).for_each(drop);
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Rules<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = ();

    /// `@media (prefers-color-scheme: dark)` alone: what else a theme makes depend on the screen is not for a document.
    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        if self.in_the_dark || !name.eq_ignore_ascii_case("media") {
            return Err(ParseError::custom(()));
        }
        input.expect_parenthesis_block()?;
        input.parse_nested_block(|input| {
            input.expect_ident_matching("prefers-color-scheme")?;
            input.expect_colon()?;
            input
                .expect_ident_matching("dark")
                .map_err(ParseError::from)
        })
    }

    fn parse_block(
        &mut self,
        (): (),
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        self.in_the_dark = true;
        StyleSheetParser::new(input, self).for_each(drop);
        self.in_the_dark = false;
        Ok(())
    }
}

/// The page as a whole (`:root`, `:host`), or a theme as they are published: `.utrecht-theme`, `.utrecht-theme--dark`.
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
        Token::Delim('.') => {
            let class = input.expect_ident()?;
            let (theme, variant) = class.split_once("--").unwrap_or((class.as_ref(), ""));
            if theme != "theme" && !theme.ends_with("-theme") {
                return refused();
            }
            match variant {
                "" => light,
                dark if dark.ends_with("dark") => Layer::DarkVariant,
                _ => return refused(),
            }
        }
        _ => return refused(),
    };
    input.expect_exhausted()?;
    Ok(layer)
}

/// Reads the declarations of a rule.
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
        match TokenValue::read(input) {
            Some(value) => self.tokens.insert(name, value),
            // What stood there before does not hold any more.
            None => self.tokens.remove(&name),
        };
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
