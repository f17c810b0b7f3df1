//! The shape of a passage: whether it is text, or a list that names much and says little.

/// What a passage looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Sentences.
    Text = 0,
    /// Names, contents, or figures side by side.
    List = 1,
    /// A few words that are no sentence.
    Scrap = 2,
}

/// What is left of the score of a list, and of a scrap.
const LIST: f32 = 0.5;
const SCRAP: f32 = 0.75;

impl Shape {
    /// As it is kept.
    pub fn from_number(n: u64) -> Shape {
        match n {
            1 => Shape::List,
            2 => Shape::Scrap,
            _ => Shape::Text,
        }
    }

    /// What is left of the score of a passage of this shape.
    pub fn factor(self) -> f32 {
        match self {
            Shape::Text => 1.0,
            Shape::List => LIST,
            Shape::Scrap => SCRAP,
        }
    }

    /// The shape of a text: a list when its words are mostly names or figures and hardly one of them holds a sentence
    /// together.
    pub fn of(text: &str) -> Shape {
        let (mut words, mut capitals, mut figures, mut glue) = (0_u32, 0_u32, 0_u32, 0_u32);
        for word in text.split_whitespace() {
            words += 1;
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if bare.chars().any(|c| c.is_ascii_digit()) || bare.is_empty() {
                figures += 1;
            } else if bare.starts_with(char::is_uppercase) {
                capitals += 1;
            } else if crate::lang::is_function_word(bare) {
                glue += 1;
            }
        }
        let list = words >= 8 && (capitals + figures) * 2 > words && glue * 8 < words;
        match (list, words) {
            (true, _) => Shape::List,
            (_, ..9) => Shape::Scrap,
            _ => Shape::Text,
        }
    }
}
