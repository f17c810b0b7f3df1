//! Dutch spelling at the end of a syllable: an open syllable writes its long vowel once (*zaken*, *zaak*), a closed one
//! doubles the consonant before an ending (*plannen*, *plan*), v and z are f and s at the end (*brieven*, *brief*).

/// A word that has lost its ending, spelled closed: `zak` of *zaken* is `zaak`, `plann` is `plan`, `huiz` is `huis`.
pub fn closed(base: &str) -> String {
    let mut out = undoubled(base).to_owned();
    if out.len() == base.len()
        && let Some(vowel) = single_vowel(base).filter(|&v| v != b'i' && (v != b'e' || syllables(base) == 1))
    {
        out.insert(base.len() - 1, vowel as char);
    }
    devoiced(out)
}

/// The same with the vowel kept short: `bedrag` of *bedragen*, `motor` of *motoren*.
pub fn closed_short(base: &str) -> String {
    devoiced(undoubled(base).to_owned())
}

/// The same with the vowel made long: `beoordeel` of *beoordelen*.
pub fn closed_long(base: &str) -> String {
    let mut out = base.to_owned();
    if let Some(vowel) = single_vowel(base) {
        out.insert(base.len() - 1, vowel as char);
    }
    devoiced(out)
}

fn undoubled(base: &str) -> &str {
    let b = base.as_bytes();
    let n = b.len();
    let doubled = n >= 3 && b[n - 1] == b[n - 2] && !is_vowel(b[n - 1]);
    if doubled { &base[..n - 1] } else { base }
}

fn devoiced(mut out: String) -> String {
    match out.pop() {
        Some('v') => out.push('f'),
        Some('z') => out.push('s'),
        Some(c) => out.push(c),
        None => {}
    }
    out
}

/// The single vowel before the one consonant that the text ends in.
fn single_vowel(base: &str) -> Option<u8> {
    let b = base.as_bytes();
    let n = b.len();
    if n < 2 || is_vowel(b[n - 1]) || matches!(b[n - 1], b'x' | b'j' | b'w') || !is_vowel(b[n - 2]) || b[n - 2] == b'y'
    {
        return None;
    }
    let single = n < 3
        || !is_vowel(b[n - 3])
        || b[n - 3] == b'i' && matches!(b[n - 2], b'a' | b'o' | b'u')
        || b[n - 3] == b'u' && matches!(b[n - 2], b'a' | b'e')
        || b[n - 3] == b'e' && b[n - 2] == b'a';
    single.then_some(b[n - 2])
}

/// How a closed word may be spelled before an ending that begins with a vowel, the likeliest first: `handhaaf` is
/// `handhav`, `plan` is `plann` or `plan`, `eis` is `eiz` or `eis`.
pub fn opened(word: &str) -> impl Iterator<Item = String> {
    let b = word.as_bytes();
    let n = b.len();
    let mut base = word.to_owned();
    let mut doubled = None;
    if n > 2 && !is_vowel(b[n - 1]) {
        if b[n - 2] == b[n - 3] && is_vowel(b[n - 2]) {
            base.remove(n - 2);
        } else if single_vowel(word).is_some() {
            doubled = Some(format!("{word}{}", b[n - 1] as char));
        }
    }
    let voiced = match base.as_bytes().last() {
        Some(b'f') => Some(format!("{}v", &base[..base.len() - 1])),
        Some(b's') => Some(format!("{}z", &base[..base.len() - 1])),
        _ => None,
    };
    [doubled, voiced, Some(base)].into_iter().flatten()
}

/// ee in the last syllable of a longer word is written once, and oo before r: whether it is long cannot be seen in the
/// forms where it stands open (*systemen* and *regelen*, *kantoren* and *motoren*).
pub fn level(mut word: String) -> String {
    let b = word.as_bytes();
    let n = b.len();
    let long = n > 4
        && !is_vowel(b[n - 1])
        && (b[n - 3] == b'e' && b[n - 2] == b'e' || b[n - 3] == b'o' && b[n - 2] == b'o' && b[n - 1] == b'r');
    if long && has_vowel(&word[..n - 3]) {
        word.remove(n - 2);
    }
    word
}

/// Whether a weak verb with this stem has its past in -te: after the letters of *'t kofschip*, unless they stand for v
/// or z.
pub fn past_in_t(stem: &str, infinitive: &str) -> bool {
    stem.ends_with(['t', 'k', 'f', 's', 'p', 'x', 'c', 'h'])
        && !stem.ends_with("gh")
        && !infinitive.ends_with("ven")
        && !infinitive.ends_with("zen")
}

/// Groups of vowels: about as many as syllables.
pub fn syllables(word: &str) -> usize {
    let mut before = false;
    word.bytes()
        .filter(|&b| {
            let now = is_vowel(b);
            let begins = now && !before;
            before = now;
            begins
        })
        .count()
}

pub fn has_vowel(word: &str) -> bool {
    word.bytes().any(is_vowel)
}

pub fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
