//! Addresses: of the web, of mail, and DOIs.

use super::{Kind, Read};

/// Endings of names of sites that are read without "www." before them.
const TOP: [&str; 9] = ["nl", "eu", "com", "org", "net", "be", "info", "gov", "int"];
/// Longer words without a blank are no addresses of mail or bare names of sites.
const LONGEST: usize = 300;

/// The addresses of a text, in order.
pub(super) fn read(text: &str) -> Vec<Read> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        if word.contains(['.', '@']) || word.contains("://") {
            of_word(word, at, &mut out);
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    out
}

/// An absolute address that a system's opener can be given: without blanks or control characters.
pub(super) fn absolute(target: &str) -> Option<String> {
    let target = target.trim();
    let known = ["https://", "http://", "ftp://", "mailto:"].iter().any(|s| starts(target, s));
    let clean = !target.chars().any(|c| c.is_control() || c.is_whitespace());
    (known && clean).then(|| target.to_owned())
}

/// An address as it is shown: without its scheme.
pub(super) fn shown(url: &str) -> String {
    let bare = ["https://", "http://", "mailto:"].iter().find_map(|s| url.strip_prefix(s)).unwrap_or(url);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}

fn starts(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with))
}

fn of_word(word: &str, at: usize, out: &mut Vec<Read>) {
    let mut done = 0;
    for (start, _) in word.char_indices() {
        if start < done || word[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        let rest = &word[start..];
        // a name follows, or it is the scheme that is spoken of; looked at before anything longer is
        let begins = |s: &&str| starts(rest, s) && rest[s.len()..].starts_with(char::is_alphanumeric);
        let scheme = ["https://", "http://", "ftp://", "www.", "mailto:"].into_iter().find(begins);
        let (len, url) = if let Some(scheme) = scheme {
            let len = length(rest);
            (len, if scheme == "www." { format!("https://{}", &rest[..len]) } else { rest[..len].to_owned() })
        } else if let Some(head) = doi(rest) {
            let len = head + length(&rest[head..]);
            (len, format!("https://doi.org/{}", &rest[head..len]))
        } else {
            continue;
        };
        out.push(link(at + start, at + start + len, &url));
        done = start + len;
    }
    if done == 0 && word.len() <= LONGEST {
        out.extend(mail(word, at).or_else(|| site(word, at)));
    }
}

fn link(start: usize, end: usize, url: &str) -> Read {
    let label = match url.strip_prefix("https://doi.org/") {
        Some(doi) => format!("doi:{doi}"),
        None => shown(url),
    };
    Read { start, end, kind: Kind::Link, label, url: Some(url.to_owned()) }
}

/// Where a Digital Object Identifier begins, when the text does with one: "10.", four digits or more, a slash and
/// something behind it; perhaps "doi:" before it.
fn doi(text: &str) -> Option<usize> {
    let head = if starts(text, "doi:") { 4 } else { 0 };
    let rest = text[head..].strip_prefix("10.")?;
    let digits = rest.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].strip_prefix('/')?;
    ((4..=9).contains(&digits) && behind.starts_with(char::is_alphanumeric)).then_some(head)
}

/// How many bytes of a text belong to an address that begins it: without what no address has, without signs that end a
/// sentence, and without a bracket that was opened before it.
fn length(text: &str) -> usize {
    let never = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '|' | '\\' | '^' | '{' | '}' | '`')
    };
    let text = &text[..text.find(never).unwrap_or(text.len())];
    let count = |sign: char| text.matches(sign).count();
    let mut open = [count(')') as isize - count('(') as isize, count(']') as isize - count('[') as isize];
    let mut end = text.len();
    for (at, c) in text.char_indices().rev() {
        let drop = match c {
            ')' if open[0] > 0 => {
                open[0] -= 1;
                true
            }
            ']' if open[1] > 0 => {
                open[1] -= 1;
                true
            }
            // one opened at the end has nothing in it
            '(' => {
                open[0] += 1;
                true
            }
            '[' => {
                open[1] += 1;
                true
            }
            _ => matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '*' | '_' | '…' | '·'),
        };
        if !drop {
            break;
        }
        end = at;
    }
    end
}

/// The word without the brackets and signs around it, and how many bytes stand before it.
fn bare(word: &str) -> (usize, &str) {
    let inner = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    (word.len() - inner.len(), inner.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/'))
}

fn mail(word: &str, at: usize) -> Option<Read> {
    let (skip, word) = bare(word);
    let (name, host) = word.split_once('@')?;
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let last = host.rsplit('.').next()?;
    let is_host = host.contains('.') && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
    let fine = !name.is_empty() && name.chars().all(good) && host.chars().all(|c| good(c) && c != '_' && c != '+');
    let empty = host.split('.').any(str::is_empty);
    (fine && is_host && !empty).then(|| link(at + skip, at + skip + word.len(), &format!("mailto:{word}")))
}

/// A site without "www.": "rijksdienst.nl/rapport".
fn site(word: &str, at: usize) -> Option<Read> {
    let (skip, word) = bare(word);
    let len = length(word);
    let word = &word[..len];
    let host = word.split(['/', '?', '#', ':']).next()?;
    let mut labels = host.split('.');
    let all = labels.clone().all(|l| {
        l.len() > 1
            && l.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !l.starts_with('-')
    });
    let top = labels.next_back()?;
    let named = labels.any(|l| l.bytes().any(|b| b.is_ascii_alphabetic()));
    (all && named && TOP.contains(&top)).then(|| link(at + skip, at + skip + word.len(), &format!("https://{word}")))
}
