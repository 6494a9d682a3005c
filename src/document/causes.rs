//! Why a file is not a readable plan: the codes that the words explain.

/// Declares an enum whose variants have a code, so that the list of codes cannot differ from the variants.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every code, in the order of the variants.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code that the words know it by.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    };
}

codes! {
    /// Why a file is not valid YAML, or not the plain YAML that a plan is: `oorzaak` of `yaml-ongeldig`.
    Cause {
        /// Bytes that are not UTF-8; `teken` is the first as `0xE9`, `aantal` how many. They are read as `�`.
        NotUtf8 = "geen-utf8",
        /// The whole file is UTF-16. Nothing of it is read.
        Utf16 = "utf16",
        /// Control characters, also by an escape such as `"\e"`; `teken` is the first as `U+0000`, `aantal` how many.
        /// They are read as spaces.
        ControlCharacter = "stuurteken",
        /// Nothing but white space and comments.
        Empty = "leeg",
        /// The file holds a text or a list instead of keys with values.
        NotAMapping = "geen-mapping",
        /// A second document behind `---` or `...`. It is not read.
        SecondDocument = "tweede-document",
        /// A line such as `%YAML 1.2`.
        Directive = "richtlijn",
        /// A value behind `!name`; `tekst` is the tag. The value is read.
        Tag = "tag",
        /// A value behind `&name`; `tekst` is the anchor. The value is read.
        Anchor = "anker",
        /// `*name`; `tekst` is the alias. It is not looked up.
        Alias = "alias",
        /// A list, a mapping or nothing at all where a key should stand.
        KeyNotText = "sleutel-geen-tekst",
        /// A tab as indentation.
        Tab = "tab",
        /// A non-breaking or other special space where YAML needs a plain one, as copied from a web page or Word.
        HardSpace = "harde-spatie",
        /// A space at the beginning or end of a key between quotes.
        KeyPadding = "spatie-om-sleutel",
        /// A line that is indented more or less than the lines it belongs to.
        Indentation = "inspringing",
        /// A colon with a space behind it inside a text: the text needs quotes, or two keys stand on one line.
        ColonInText = "dubbele-punt",
        /// Text where a key was expected: no colon, or no space behind it.
        ColonMissing = "dubbele-punt-ontbreekt",
        /// Text without a colon right below a block text: more of that text, or a key.
        TextBelowBlock = "regel-onder-tekst",
        /// Text on the line of the `|` or `>` that should begin a block text.
        TextBehindBlock = "tekst-achter-blokteken",
        /// A quote that is not closed, such as the one of 's middags; the place is the opening quote.
        Quote = "aanhalingsteken",
        /// Text behind a closing quote: the whole text needs quotes, or a quote in it needs doubling.
        TextAfterQuote = "tekst-na-aanhalingsteken",
        /// A backslash between double quotes that means nothing; `tekst` is what stands there.
        Backslash = "backslash",
        /// A bracket or brace that is not closed or not opened, or a missing comma between them.
        Bracket = "haakje",
        /// Text behind a closing bracket or brace: the whole text needs quotes.
        TextAfterBracket = "tekst-na-haakje",
        /// A dash where no list is, or something without a dash in a list.
        Dash = "opsomming",
        /// A text that begins with a character that has a meaning in YAML; `teken` is that character.
        FirstCharacter = "teken-aan-begin",
        /// A `#` without a space before it, or a comment in the middle of a text.
        Comment = "hekje",
        /// Anything else; `melding` is what the YAML parser says, in English.
        Other = "anders",
    }
}

codes! {
    /// The limits that keep a hostile file from costing time or memory: `grens` of `bestand-te-groot`.
    Limit {
        /// The size of the file, in bytes. Nothing of it is read.
        Bytes = "bytes",
        /// How deep lists and mappings lie in each other.
        Depth = "diepte",
        /// How many aliases there are.
        Aliases = "aliassen",
        /// How many keys, values, lists and mappings there are.
        Nodes = "knopen",
    }
}
