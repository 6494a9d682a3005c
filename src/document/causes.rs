//! The codes for why a file is not a readable plan.

/// Declares an enum whose variants have codes, so that the list of codes always matches the variants.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every code, in the order of the variants.
            #[cfg(test)]
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code of this variant in the words files.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    };
}

codes! {
    /// The reason that a file is not valid YAML, or not the subset that a plan uses: `oorzaak` of `yaml-ongeldig`.
    Cause {
        /// Bytes that are not UTF-8, which are read as `�`; `teken` is the first as `0xE9`, `aantal` their number.
        NotUtf8 = "geen-utf8",
        /// The whole file is UTF-16. It is read all the same.
        Utf16 = "utf16",
        /// A Word, Excel, PDF or web page file. Nothing of it is read.
        OtherFile = "ander-bestand",
        /// Control characters, also by an escape such as `"\e"`, which are read as spaces; `teken` is the first as `U+0000`,
        /// `aantal` their number.
        ControlCharacter = "stuurteken",
        /// Only white space and comments.
        Empty = "leeg",
        /// A text or a list instead of keys with values.
        NotAMapping = "geen-mapping",
        /// A list of mappings, which are read as one.
        DashBeforeKey = "streepje-voor-sleutels",
        /// A second document after `---` or `...`. It is read unless it repeats a key of the first.
        SecondDocument = "tweede-document",
        /// A line such as `%YAML 1.2`.
        Directive = "richtlijn",
        /// A value after `!name`, which is read; `tekst` is the tag.
        Tag = "tag",
        /// A value after `&name`, which is read; `tekst` is the anchor.
        Anchor = "anker",
        /// `*name`, which is not resolved; `tekst` is the alias.
        Alias = "alias",
        /// A list, a mapping or no text at all as a key.
        KeyNotText = "sleutel-geen-tekst",
        /// A key that is too long, whose value is not read; `tekst` is its beginning.
        KeyTooLong = "sleutel-te-lang",
        /// A tab as indentation.
        Tab = "tab",
        /// A non-breaking or other special space where YAML needs a plain one, as copied from a web page or Word.
        HardSpace = "harde-spatie",
        /// A space at the beginning or end of a quoted key.
        KeyPadding = "spatie-om-sleutel",
        /// A plan in which no line is indented. Nothing of it is read.
        NothingIndented = "niets-springt-in",
        /// A line that is indented more or less than the lines it belongs to.
        Indentation = "inspringing",
        /// A colon and a space inside a text: the text needs quotes, or there are two keys on one line.
        ColonInText = "dubbele-punt",
        /// A key without a colon; `zo` is the line with one.
        ColonMissing = "dubbele-punt-ontbreekt",
        /// A colon without a space behind it; `zo` is the line with one.
        SpaceMissing = "spatie-ontbreekt",
        /// Running text where a key was expected; `onder` is the key above it, which the text may belong to.
        LooseText = "losse-tekst",
        /// A line that git writes between two versions of a text.
        Conflict = "conflict",
        /// A block text that is not indented.
        TextNotIndented = "tekst-springt-niet-in",
        /// Text without a colon directly below a block text: more of that text, or a key.
        TextBelowBlock = "regel-onder-tekst",
        /// Text on the line of the `|` or `>` that should begin a block text.
        TextBehindBlock = "tekst-achter-blokteken",
        /// A quote that is not closed, such as that of 's middags; the place is the opening quote.
        Quote = "aanhalingsteken",
        /// A text between curly quotes, which mean nothing in YAML, with a sign in it that does; `teken` is the first quote.
        CurlyQuote = "krul",
        /// Text after a closing quote: the whole text needs quotes, or a quote in it needs doubling.
        TextAfterQuote = "tekst-na-aanhalingsteken",
        /// An invalid escape between double quotes; `tekst` is the escape.
        Backslash = "backslash",
        /// A bracket or brace that is not closed or not opened, or a missing comma in between.
        Bracket = "haakje",
        /// Text after a closing bracket or brace: the whole text needs quotes.
        TextAfterBracket = "tekst-na-haakje",
        /// A dash outside a list, or a line without a dash in a list.
        Dash = "opsomming",
        /// A list below the text of a key; `onder` is that key.
        ListInText = "lijst-in-tekst",
        /// The fence of a code block around a plan, or in it.
        CodeFence = "codeblok",
        /// A text whose first character is special in YAML; `teken` is that character.
        FirstCharacter = "teken-aan-begin",
        /// A `#` without a space before it, or a comment in the middle of a text.
        Comment = "hekje",
        /// Anything else; `melding` is the YAML parser's message, in English.
        Other = "anders",
    }
}

codes! {
    /// The limits that keep a hostile file from costing time or memory: `grens` of `bestand-te-groot`.
    Limit {
        /// The size of the file, in bytes. Nothing of it is read.
        Bytes = "bytes",
        /// The nesting of lists and mappings.
        Depth = "diepte",
        /// The number of aliases.
        Aliases = "aliassen",
        /// The number of keys, values, lists and mappings.
        Nodes = "knopen",
    }
}
