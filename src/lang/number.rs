//! Numbers as Dutch writes them: `12.830`, `149,55`, `€ 1.250,-`, `35 234`, and the one form they are searched by.

/// A number read at the start of a text.
pub(super) struct Number {
    /// Bytes it takes.
    pub len: usize,
    /// The form it is searched by: digits without separators, a comma before decimals.
    pub form: String,
    /// A second way to read it (`12,830` may be twelve thousand in English).
    pub also: Option<String>,
    /// Groups that were written apart (`35 234`), found by themselves too.
    pub groups: Vec<(usize, usize)>,
}

/// Reads a number at the start of `text`; `None` when its digits go on as a word (`2e`, `5G`).
pub(super) fn number(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let first = digits(bytes, 0);
    if first == 0 || continues_as_word(text, first) {
        return None;
    }
    dotted(text, first)
        .or_else(|| spaced(text, first))
        .or_else(|| Some(Number { len: first, form: text[..first].to_owned(), also: None, groups: Vec::new() }))
}

/// How many ASCII digits stand at `at`.
pub(super) fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Whether a letter follows directly.
pub(super) fn continues_as_word(text: &str, at: usize) -> bool {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| super::fold::is_word_char(c) && !c.is_ascii_digit())
}

/// Groups parted by points or commas without blanks: thousands, decimals, or a dotted number of a section.
fn dotted(text: &str, first: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    let (mut groups, mut seps, mut end) = (vec![&text[..first]], Vec::new(), first);
    while let Some(&sep @ (b'.' | b',')) = bytes.get(end) {
        let n = digits(bytes, end + 1);
        if n == 0 || continues_as_word(text, end + 1 + n) {
            break;
        }
        seps.push(sep);
        groups.push(&text[end + 1..end + 1 + n]);
        end += 1 + n;
    }
    let last = *seps.last()?;
    let plain = |form: String, also: Option<String>| Some(Number { len: end, form, also, groups: Vec::new() });
    let thousands = |g: &[&str]| g[0].len() <= 3 && !g[0].starts_with('0') && g[1..].iter().all(|p| p.len() == 3);
    let whole = &groups[..groups.len() - 1];
    let decimals = groups[groups.len() - 1];
    if seps.iter().all(|&s| s == last) && thousands(&groups) {
        // one comma before three digits: thousands in English, decimals in Dutch
        let also = (last == b',' && seps.len() == 1).then(|| groups.join(","));
        return plain(groups.concat(), also);
    }
    let same_before = seps[..seps.len() - 1].iter().all(|&s| s != last);
    if same_before && (whole.len() == 1 || thousands(whole)) {
        let form = format!("{},{decimals}", whole.concat());
        // 1.250,00 is 1250
        let also = decimals.bytes().all(|b| b == b'0').then(|| whole.concat());
        return plain(form, also);
    }
    plain(groups.join("."), None)
}

/// Groups of three parted by one blank: `35 234`, `1 250 000`.
fn spaced(text: &str, first: usize) -> Option<Number> {
    if first > 3 || text.starts_with('0') {
        return None;
    }
    let bytes = text.as_bytes();
    let (mut groups, mut end) = (vec![(0, first)], first);
    while let Some(blank) = text[end..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
    {
        let at = end + blank.len_utf8();
        let after = at + digits(bytes, at);
        // 12 juni 2026 and 30 500,5 are something else
        let more = matches!(bytes.get(after), Some(b',' | b'.')) && digits(bytes, after + 1) > 0;
        if after - at != 3 || more || continues_as_word(text, after) {
            break;
        }
        groups.push((at, after));
        end = after;
    }
    let form = groups.iter().map(|&(a, b)| &text[a..b]).collect();
    (groups.len() > 1).then_some(Number { len: end, form, also: None, groups })
}
