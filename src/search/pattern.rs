//! Regular expressions as a reader types them: small, in bounded time, and what is wrong with one said in a few words.

use crate::doc::Lang;
use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ErrorKind};

/// A compiled pattern at most, in bytes: what is larger would be slow over a long report.
pub(super) const LARGEST: usize = 1 << 20;
/// Parentheses within one another at most.
pub(super) const DEEPEST: u32 = 50;

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternFault {
    /// A parenthesis without its second.
    OpenGroup,
    /// A closing parenthesis too many.
    ExtraParen,
    /// A bracket without its second.
    OpenClass,
    /// A bracket that holds something it can't.
    BadClass,
    /// `*`, `+`, `?` or `{…}` with nothing before it.
    NothingToRepeat,
    /// A number of times that is none.
    BadCount,
    /// A backslash with nothing, or with something unknown, after it.
    BadEscape,
    /// Something that looks around or back, which no pattern here can.
    NotKnown,
    /// It would take too long.
    TooLarge,
    /// Anything else.
    Other,
}

impl PatternFault {
    /// The same in the words of the screens.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        let (nl, en) = match self {
            PatternFault::OpenGroup => ("een haakje is nog niet gesloten", "a parenthesis is not closed yet"),
            PatternFault::ExtraParen => ("een sluithaakje te veel", "a closing parenthesis too many"),
            PatternFault::OpenClass => ("een [ is nog niet gesloten", "a [ is not closed yet"),
            PatternFault::BadClass => {
                ("tussen [ en ] staat iets dat niet kan", "what stands between [ and ] cannot be")
            }
            PatternFault::NothingToRepeat => ("hier is niets om te herhalen", "there is nothing to repeat"),
            PatternFault::BadCount => ("dat aantal keren kan niet", "that number of times cannot be"),
            PatternFault::BadEscape => {
                ("na \\ ontbreekt een teken of staat een onbekend", "after \\ a sign is missing or unknown")
            }
            PatternFault::NotKnown => ("vooruit- of terugkijken kan niet", "looking around or back is not possible"),
            PatternFault::TooLarge => ("dit patroon is te groot", "this pattern is too large"),
            PatternFault::Other => ("dit is geen patroon", "this is not a pattern"),
        };
        if lang == Lang::En { en } else { nl }
    }
}

/// Reads a pattern. Case makes a difference only when there is a capital in it, as in less and vim; `^` and `$` are the
/// ends of lines.
///
/// # Errors
/// What is wrong with it.
pub(super) fn compile(text: &str) -> Result<Regex, PatternFault> {
    let tree = ast::parse::ParserBuilder::new().nest_limit(DEEPEST).build().parse(text).map_err(|e| fault(e.kind()))?;
    let mut builder = RegexBuilder::new(text);
    builder.case_insensitive(!has_capital(&tree)).multi_line(true).size_limit(LARGEST).nest_limit(DEEPEST);
    builder.build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => PatternFault::TooLarge,
        _ => PatternFault::Other,
    })
}

/// What the parser found, as a fault.
pub(super) fn fault(kind: &ErrorKind) -> PatternFault {
    match kind {
        ErrorKind::GroupUnclosed | ErrorKind::GroupNameUnexpectedEof | ErrorKind::FlagUnexpectedEof => {
            PatternFault::OpenGroup
        }
        ErrorKind::GroupUnopened => PatternFault::ExtraParen,
        ErrorKind::ClassUnclosed => PatternFault::OpenClass,
        ErrorKind::ClassEscapeInvalid
        | ErrorKind::ClassRangeInvalid
        | ErrorKind::ClassRangeLiteral
        | ErrorKind::UnicodeClassInvalid => PatternFault::BadClass,
        ErrorKind::RepetitionMissing => PatternFault::NothingToRepeat,
        ErrorKind::RepetitionCountInvalid
        | ErrorKind::RepetitionCountDecimalEmpty
        | ErrorKind::RepetitionCountUnclosed
        | ErrorKind::DecimalEmpty
        | ErrorKind::DecimalInvalid => PatternFault::BadCount,
        ErrorKind::EscapeHexEmpty
        | ErrorKind::EscapeHexInvalid
        | ErrorKind::EscapeHexInvalidDigit
        | ErrorKind::EscapeUnexpectedEof
        | ErrorKind::EscapeUnrecognized => PatternFault::BadEscape,
        ErrorKind::UnsupportedBackreference | ErrorKind::UnsupportedLookAround => PatternFault::NotKnown,
        ErrorKind::NestLimitExceeded(_) | ErrorKind::CaptureLimitExceeded => PatternFault::TooLarge,
        _ => PatternFault::Other,
    }
}

/// Whether a capital is meant as itself, or a kind of letter is asked for: `\S` is neither.
fn has_capital(tree: &Ast) -> bool {
    struct Looking(bool);
    impl ast::Visitor for Looking {
        type Output = bool;
        type Err = ();
        fn finish(self) -> Result<bool, ()> {
            Ok(self.0)
        }
        fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
            self.0 |= match ast {
                Ast::Literal(letter) => letter.c.is_uppercase(),
                Ast::ClassUnicode(_) => true,
                _ => false,
            };
            Ok(())
        }
        fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), ()> {
            self.0 |= match item {
                ast::ClassSetItem::Literal(letter) => letter.c.is_uppercase(),
                ast::ClassSetItem::Range(range) => range.start.c.is_uppercase() || range.end.c.is_uppercase(),
                ast::ClassSetItem::Ascii(class) => {
                    matches!(class.kind, ast::ClassAsciiKind::Upper | ast::ClassAsciiKind::Lower)
                }
                ast::ClassSetItem::Unicode(_) => true,
                _ => false,
            };
            Ok(())
        }
    }
    ast::visit(tree, Looking(false)).unwrap_or(false)
}
