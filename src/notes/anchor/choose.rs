//! Which of several places is meant, if that is beyond doubt.

use super::evidence::{ALIKE, Place};
use super::sought::Sought;

/// Most errors of a passage that is taken for the quote, as a share of its letters.
pub(super) const MOST_ERRORS: f32 = 0.20;
/// How much more has to speak for a place than for the next ([`Place::score`]).
const MARGIN: f32 = 0.3;
/// The same between a passage with errors and one with the very words elsewhere.
const MARGIN_OVER_WORDS: f32 = 0.6;
/// Words of which nothing else in the text is more like than this, and that stood there once, can be told by themselves.
const NOTHING_LIKE: f32 = 0.68;
/// Letters of a whole sentence.
const SENTENCE: usize = 50;
/// Letters of a passage of several sentences: two of that length that are much the same are one.
const SENTENCES: usize = 240;
/// Letters of context in a row that make one long passage of them and a short quote.
const LONG_RUN: usize = 40;
/// How like the stored context both sides have to be for a passage that is told by its place.
const BESIDE: f32 = 0.85;
/// How much liker a passage has to be than the next to be told by its words.
const MARGIN_OF_WORDS: f32 = 0.2;

/// The one place that is meant, by what agrees letter for letter. `places` hold the very words.
pub(super) fn strictly<'p>(places: &'p [Place], sought: &Sought<'_>) -> Option<&'p Place> {
    let known = !sought.path.is_empty();
    let is_sure = |p: &Place| match (sought.long, p.on_path() && known) {
        (true, true) => p.sides() >= 1,
        (true, false) | (false, true) => p.sides() == 2,
        (false, false) => p.full() && p.sides() == 2,
    };
    let sure: Vec<_> = places.iter().filter(|p| is_sure(p)).collect();
    let only = |keep: &dyn Fn(&Place) -> bool| {
        let mut kept = sure.iter().filter(|p| keep(p));
        kept.next().filter(|_| kept.next().is_none()).copied()
    };
    let place = match sure.len() {
        0 => None,
        1 => Some(sure[0]),
        _ if sure.iter().any(|p| p.full()) => only(&|p| p.full()).or_else(|| only(&|p| p.full() && p.on_path())),
        _ => only(&|p| p.on_path()),
    }?;
    // Where a sentence was doubled, each of the two has half of what stood around it.
    let rival = |p: &Place| p.range != place.range && p.sides() > 0 && (p.on_path() || !place.on_path());
    (place.full() || !places.iter().any(rival)).then_some(place)
}

/// The same, by what is much the same; the places are weighed.
pub(super) fn weighed<'p>(places: &'p [Place], sought: &Sought<'_>) -> Option<&'p Place> {
    let known = !sought.path.is_empty();
    let is_sure = |p: &Place| {
        let path = p.on_path() && known;
        match (sought.long, sought.once) {
            (true, true) => p.sides() >= 1 || p.like_sides() == 2 || (p.like_sides() == 1 && path),
            (false, true) => {
                (p.like_sides() == 2 && (path || p.sides() == 2)) || p.before.run.max(p.after.run) >= LONG_RUN
            }
            // the rest of a sentence that is repeated agrees everywhere: the other side has to as well, and beside it
            (_, false) => p.is_between() && p.sides() >= 1 && path,
        }
    };
    let best = clear_best(places)?;
    is_sure(best).then_some(best)
}

/// Whether words that stood in the report once, and stand there once, are told by themselves: under the same headings, or
/// nothing else in the text is like them.
pub(super) fn is_distinct(place: &Place, sought: &Sought<'_>, others: &[Place]) -> bool {
    let at_home = place.on_path() && !sought.path.is_empty() && sought.letters.len() >= SENTENCE;
    let alone = || others.iter().all(|o| 1.0 - o.differs <= NOTHING_LIKE);
    sought.long && sought.once && (at_home || alone())
}

/// The passage with other words that is meant. `exact` are the places of the very words, `near` those of words like them.
pub(super) fn changed<'p>(
    exact: &[Place],
    near: &'p [Place],
    sought: &Sought<'_>,
    is_beside: impl Fn(&Place) -> bool,
    same_protected: impl Fn(&Place) -> bool,
) -> Option<&'p Place> {
    let best = near.iter().filter(|p| p.differs <= MOST_ERRORS).max_by(|a, b| a.score().total_cmp(&b.score()))?;
    let others = || near.iter().filter(|p| p.range != best.range);
    let second = others().map(Place::score).fold(0.0, f32::max);
    let over_words = exact.iter().map(Place::score).fold(0.0, f32::max);
    if best.score() < over_words + MARGIN_OVER_WORDS && !exact.is_empty() || is_beside(best) {
        return None;
    }
    let margin = best.score() - second;
    let margin_of_words = others().map(|p| p.differs).fold(1.0, f32::min) - best.differs;
    let (one, two) = (best.like_sides() >= 1, best.like_sides() == 2);
    let path = best.on_path() && !sought.path.is_empty();
    // a sentence may have had one like it elsewhere in the report; several sentences have not
    let told_by_words = sought.once && (path || sought.letters.len() >= SENTENCES);
    let sure = if same_protected(best) {
        (one && margin >= MARGIN)
            || (two && margin >= MARGIN / 2.0)
            || (path && margin_of_words >= MARGIN_OF_WORDS && margin >= MARGIN)
            || (told_by_words
                && margin_of_words >= MARGIN_OF_WORDS
                && 1.0 - best.differs - margin_of_words <= NOTHING_LIKE)
    } else {
        // another figure, or another's sentence that is like it: everything around it has to be the same
        two && margin >= MARGIN && best.before.alike.min(best.after.alike) >= ALIKE
    };
    sure.then_some(best)
}

/// What stands now between the very words that stood around the quote, if it is much the same: told by its place and not by
/// its likeness, so that quotes too short to be told by that are found too.
pub(super) fn between(places: &[Place], same_protected: impl Fn(&Place) -> bool) -> Option<&Place> {
    let is_it = |p: &&Place| {
        let near = [&p.before, &p.after].iter().all(|s| !s.unknown && s.beside >= BESIDE);
        near && p.sides() >= 1 && (p.sides() == 2 || p.on_path()) && p.differs <= MOST_ERRORS && same_protected(p)
    };
    let mut found = places.iter().filter(is_it);
    found.next().filter(|_| found.next().is_none())
}

/// The place for which clearly more speaks than for any other.
fn clear_best(places: &[Place]) -> Option<&Place> {
    let best = places.iter().max_by(|a, b| a.score().total_cmp(&b.score()))?;
    let clear = places.iter().all(|p| p.range == best.range || best.score() - p.score() >= MARGIN);
    clear.then_some(best)
}
