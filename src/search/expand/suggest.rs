//! "Did you mean": the query with its misspelled words put right, everything else as it was typed.

use super::{Ending, Similar, similar};
use crate::doc::Lang;
use crate::lang::typos::{LIKELY, reach, wide_reach};
use crate::lang::{Analyser, Reading, compounds, is_function_word, is_word, tokens};
use crate::search::query::Query;
use std::io;
use tantivy::termdict::TermDictionary;

/// A word that is there is doubted only when another, hardly different, is so many times as frequent …
const RARER: u32 = 40;
/// … and it stands in no more entries than this: what is written often is no slip.
const SELDOM: u32 = 3;
/// … and the other is at least so like it.
const SURE: f32 = 0.7;
/// Words looked at in one query.
const WORDS: usize = 12;

/// The query with words that stand nowhere (or hardly) replaced by the likeliest that do; `None` when there is nothing
/// to put right. `frequency` tells for a folded word in how many entries it stands, in all its forms, as a compound of
/// known parts too: what counts there need not be corrected. While `typing`, the word the query ends in is left alone as
/// long as any word begins so.
///
/// # Errors
/// When a dictionary cannot be read.
pub(in crate::search) fn did_you_mean(
    dictionaries: &[&TermDictionary],
    query: &Query,
    typing: bool,
    frequency: &mut dyn FnMut(&str) -> io::Result<u32>,
) -> io::Result<Option<String>> {
    let typed = query.typed.as_str();
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    for spot in &query.spots {
        let text = &typed[spot.as_usize()];
        let from = spot.start as usize;
        tokens(text, |t| {
            let place = (from + t.range.start as usize, from + t.range.end as usize);
            if t.reading == Reading::Main && t.span == 1 && words.last().is_none_or(|w| w.1 <= place.0) {
                words.push((place.0, place.1, t.text.to_owned()));
            }
        });
    }
    let mut stems = Analyser::default();
    let (mut out, mut done, mut any) = (String::with_capacity(typed.len()), 0, false);
    for (start, end, word) in words.into_iter().take(WORDS) {
        if wide_reach(&word) == 0 || is_function_word(&word) {
            continue;
        }
        if typing && query.open && end == typed.len() && begins(dictionaries, &word)? {
            continue;
        }
        let own = frequency(&word)?;
        let known = |part: &str| dictionaries.iter().any(|d| d.get(part).is_ok_and(|info| info.is_some()));
        // what is spelled as it should be is not corrected, least of all into its opposite
        let sound = own == 0 && (is_word(&word) || compounds::split(&word, &known).is_some());
        if own > SELDOM || sound {
            continue;
        }
        let steps = if own == 0 { wide_reach(&word) } else { reach(&word) };
        let stem = stems.stem(Lang::Nl, &word).to_owned();
        let mut near = similar(dictionaries, &word, steps, Ending::Whole)?;
        if own == 0 && near.iter().all(|s| s.likeness < LIKELY) {
            // an inflection that stands nowhere itself is put right by its stem
            near = similar(dictionaries, &stem, wide_reach(&stem), Ending::Whole)?;
        }
        let other = near.into_iter().filter(|s| match own {
            0 => s.likeness >= LIKELY,
            n => s.likeness >= SURE && s.df / RARER >= n && stems.stem(Lang::Nl, &s.form) != stem,
        });
        let Some(best) = other.max_by(|a, b| worth(a).total_cmp(&worth(b))) else { continue };
        out.push_str(&typed[done..start]);
        out.push_str(&written(&typed[start..end], &best.form));
        done = end;
        any = true;
    }
    out.push_str(&typed[done..]);
    Ok(any.then(|| out.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Whether any word of the library begins so.
pub(in crate::search) fn begins(dictionaries: &[&TermDictionary], beginning: &str) -> io::Result<bool> {
    for d in dictionaries {
        let mut words = d.range().ge(beginning).into_stream()?;
        if words.advance() && words.key().starts_with(beginning.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Likeness above all; among words about equally like, the one that is written more: what stands once is often a slip
/// itself. Beyond some hundreds it makes no difference any more.
fn worth(s: &Similar) -> f32 {
    s.likeness + 0.03 * (1.0 + s.df.min(255) as f32).log2()
}

/// A folded word in the letters of the one it replaces: all capitals, the first one, or none.
fn written(typed: &str, form: &str) -> String {
    let mut letters = typed.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next().is_some_and(char::is_uppercase);
    match (first, second) {
        (true, true) => form.to_uppercase(),
        (true, false) => form.chars().take(1).flat_map(char::to_uppercase).chain(form.chars().skip(1)).collect(),
        _ => form.to_owned(),
    }
}
