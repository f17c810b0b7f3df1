//! Words that a hyphen breaks at the end of a line: whether it belongs to them is told by how the document writes them
//! elsewhere.

use rustc_hash::FxHashMap;

/// How often words occur that a line end may have broken.
pub(super) struct Words(FxHashMap<String, u32>);

/// What becomes of a hyphen at the end of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// It only broke the word.
    Gone,
    /// It belongs to the word.
    Kept,
    /// It goes, but the word may also be this.
    Doubtful(String),
}

impl Words {
    /// Counts the words of a document that matter, from its lines.
    pub(super) fn of<'a, L: Iterator<Item = &'a str>>(lines: impl Fn() -> L) -> Self {
        let mut words: FxHashMap<String, u32> = FxHashMap::default();
        for (line, next) in lines().zip(lines().skip(1)) {
            let Some((left, right)) = broken(line, next) else { continue };
            words.insert(format!("{left}{right}"), 0);
            words.insert(format!("{left}-{right}"), 0);
            words.insert(left, 0);
            words.insert(right, 0);
        }
        if !words.is_empty() {
            for line in lines() {
                count(line, &mut words);
            }
        }
        Words(words)
    }

    /// Whether no line ends in a hyphen that has to be judged.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Judges the hyphen at the end of `text` before a line that begins with `next`.
    pub(super) fn judge(&self, text: &str, next: &str) -> Hyphen {
        let Some((left, right)) = broken(text, next) else { return Hyphen::Kept };
        let times = |word: &str| self.0.get(word).copied().unwrap_or(0);
        let hyphened = format!("{left}-{right}");
        let (one, two) = (times(&format!("{left}{right}")), times(&hyphened));
        let before: Vec<char> = text.trim_end_matches('-').chars().rev().take(2).collect();
        let lower = before.len() == 2 && before.iter().all(|c| c.is_lowercase());
        match one.cmp(&two) {
            std::cmp::Ordering::Greater => Hyphen::Gone,
            std::cmp::Ordering::Less => Hyphen::Kept,
            std::cmp::Ordering::Equal if !lower => Hyphen::Kept,
            std::cmp::Ordering::Equal if one == 0 && times(&left) > 1 && times(&right) > 1 && right.len() > 2 => {
                Hyphen::Doubtful(hyphened)
            }
            std::cmp::Ordering::Equal => Hyphen::Gone,
        }
    }
}

/// The two halves of a word that a hyphen at the end of a line may have broken, in small letters.
fn broken(text: &str, next: &str) -> Option<(String, String)> {
    let head = text.strip_suffix('-')?;
    let left = head.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().filter(|w| !w.is_empty())?;
    let right =
        next.trim_start().split(|c: char| !(c.is_alphanumeric() || c == '-')).next().filter(|w| !w.is_empty())?;
    (next.trim_start().starts_with(char::is_lowercase) && left.len() + right.len() < 80)
        .then(|| (left.to_lowercase(), right.to_lowercase()))
}

/// Counts the words of a line, but for a half at its end.
fn count(line: &str, words: &mut FxHashMap<String, u32>) {
    for word in line.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        let word = word.trim_start_matches('-');
        if word.len() < 2 || word.len() > 80 || word.ends_with('-') {
            continue;
        }
        let known = if word.contains(char::is_uppercase) {
            words.get_mut(word.to_lowercase().as_str())
        } else {
            words.get_mut(word)
        };
        if let Some(known) = known {
            *known += 1;
        }
    }
}
