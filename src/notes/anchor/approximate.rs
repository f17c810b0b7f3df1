//! Passages that are like a quote, with errors.

use super::fold::Folded;
use super::myers::{Like, best, distance};
use super::seeds::{Seeds, Spot};

/// A longer quote is compared piece by piece, so that the work grows with its length and not with the square of it.
const PIECE: usize = 2048;
/// Stretches of the text looked at closely for a short quote.
const SPOTS: usize = 16;
/// Bytes times bytes that may be compared for a quote: bounds the stretches looked at for a long one.
const WORK: usize = 24 << 20;
/// Of what is more unlike than this nothing is said.
const WORST: f32 = 0.5;
/// Longest texts that are also compared with their white space.
const COMPARED: usize = 8192;

/// Stretches of the folded text that are like `quote`, the likest first, none overlapping another.
pub(super) fn alike(quote: &[u8], folded: &Folded, seeds: &Seeds) -> Vec<Like> {
    let piece = quote.len().min(PIECE);
    let most = (WORK / (quote.len() * piece * 3).max(1)).clamp(3, SPOTS);
    let mut found: Vec<Like> = Vec::new();
    for spot in seeds.spots(quote, most) {
        let Some(like) = look(quote, &folded.text, spot) else { continue };
        if share(like.errors, quote.len()) > WORST {
            continue;
        }
        match found.iter_mut().find(|f| f.start < like.end && like.start < f.end) {
            Some(same) if (same.errors, same.start) > (like.errors, like.start) => *same = like,
            Some(_) => {}
            None => found.push(like),
        }
    }
    found.sort_by_key(|l| (l.errors, l.start));
    // what was put in the place of another may overlap a third
    let mut kept: Vec<Like> = Vec::new();
    for like in found {
        if kept.iter().all(|k| like.end <= k.start || k.end <= like.start) {
            kept.push(like);
        }
    }
    kept
}

/// Errors as a share of a length.
pub(super) fn share(errors: usize, len: usize) -> f32 {
    errors as f32 / len.max(1) as f32
}

/// The share of letters that differ between a quote and a passage, at most 1: in the folded texts or in the texts as they
/// are but for white space and capitals, whichever is less.
pub(super) fn difference(like: &Like, quote: &str, letters: usize, passage: &str) -> f32 {
    let folded = share(like.errors, letters);
    if quote.len().max(passage.len()) > COMPARED {
        return folded.min(1.0);
    }
    let plain = |t: &str| t.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let (a, b) = (plain(quote), plain(passage));
    folded.min(share(distance(a.as_bytes(), b.as_bytes()), a.len())).min(1.0)
}

/// The best stretch near a spot.
fn look(quote: &[u8], text: &[u8], spot: Spot) -> Option<Like> {
    let inside = |at: i64| at.clamp(0, text.len() as i64) as usize;
    let slack = (quote.len() / 4) as i64 + 4;
    let from = inside(spot.from - slack);
    if quote.len() <= PIECE {
        let to = inside(spot.to + quote.len() as i64 + slack);
        return best(quote, &text[from..to]).map(|l| Like { start: l.start + from, end: l.end + from, ..l });
    }
    let mut pieces = quote.chunks(PIECE);
    let first = pieces.next()?;
    let to = inside(spot.to + first.len() as i64 + slack);
    let mut all = best(first, &text[from..to]).map(|l| Like { start: l.start + from, end: l.end + from, ..l })?;
    for piece in pieces {
        let from = all.end;
        let to = (from + piece.len() + PIECE / 2).min(text.len());
        match best(piece, &text[from..to]) {
            // what lies between two pieces counts as put in
            Some(l) if (l.errors + l.start) * 2 < piece.len() => {
                all.errors += l.errors + l.start;
                all.end = from + l.end;
            }
            _ => all.errors += piece.len(),
        }
    }
    Some(all)
}

/// Lets the ends of a find lie where the context says that the quote begins and ends, if it stands there letter for letter:
/// edited words at the ends of a quote can't be told from those beside it by likeness.
pub(super) fn fit(like: Like, before: &[u8], after: &[u8], text: &[u8], letters: usize) -> Like {
    /// Letters of context looked for; fewer say nothing.
    const FIT: std::ops::RangeInclusive<usize> = 8..=20;
    let reach = letters / 4 + 8;
    let mut like = like;
    if before.len() >= *FIT.start() {
        let tail = &before[before.len() - before.len().min(*FIT.end())..];
        let from = like.start.saturating_sub(reach + tail.len());
        let to = (like.start + reach).min(like.end);
        let ends = memchr::memmem::find_iter(&text[from..to], tail).map(|at| from + at + tail.len());
        if let Some(at) = ends.min_by_key(|at| at.abs_diff(like.start)) {
            like.start = at;
        }
    }
    if after.len() >= *FIT.start() {
        let head = &after[..after.len().min(*FIT.end())];
        let from = like.end.saturating_sub(reach).max(like.start);
        let to = (like.end + reach + head.len()).min(text.len());
        let starts = memchr::memmem::find_iter(&text[from..to], head).map(|at| from + at);
        if let Some(at) = starts.min_by_key(|at| at.abs_diff(like.end)) {
            like.end = at;
        }
    }
    if like.start < like.end {
        like
    } else {
        Like { start: like.start.min(like.end), end: like.end.max(like.start), ..like }
    }
}
