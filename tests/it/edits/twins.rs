//! Sentences of which a twin or a lookalike stands in another section: they are deleted or changed, and the other stays.

use super::model::{Ids, Report};
use super::work::{Case, Mend, Patch, paragraphs, some};
use crate::made::Dice;

/// What is done to the sentence; its twin stays as it is.
pub enum Then {
    /// It is deleted.
    Deleted,
    /// It is edited.
    Edited(Mend),
}

/// The other sentence, made from the words of the one; `None` when it can't be made of it.
pub type Vary = fn(&mut Dice, &[char]) -> Option<String>;

/// The very same words.
pub fn same(_: &mut Dice, text: &[char]) -> Option<String> {
    Some(text.iter().collect())
}

/// A text with these patches; `None` when there are none.
pub fn patched(text: &[char], mut patches: Vec<Patch>) -> Option<String> {
    let mut text = text.to_vec();
    patches.sort_by_key(|p| p.at.start);
    let some = !patches.is_empty();
    patches.into_iter().rev().for_each(|p| drop(text.splice(p.at, p.with.chars())));
    some.then(|| text.into_iter().collect())
}

/// A case of such sentences.
pub fn beside(dice: &mut Dice, mut base: Report, vary: Vary, then: &Then) -> Case {
    base.number();
    let head = |b: usize| (0..b).rev().find(|n| base.blocks[*n].heads());
    let all: Vec<(Ids, String, Vec<usize>)> = base
        .sentences()
        .into_iter()
        .filter_map(|s| {
            let text: Vec<char> = base.text(&s).chars().collect();
            let own = head(base.find(s.start)?.0);
            let elsewhere: Vec<usize> = paragraphs(&base).into_iter().filter(|b| head(*b) != own).collect();
            let can = match then {
                Then::Deleted => true,
                Then::Edited(mend) => !mend(dice, &text).is_empty(),
            };
            let twin = vary(dice, &text).filter(|_| can && !elsewhere.is_empty())?;
            Some((s, twin, elsewhere))
        })
        .collect();
    let (mut meant, mut stays) = (Vec::new(), Vec::new());
    for (s, twin, elsewhere) in some(dice, all, 6) {
        stays.push(base.add(elsewhere[dice.below(elsewhere.len())], &twin));
        meant.push(s);
    }
    let now = base.settle();
    let mut case = Case::new(base);
    for s in meant.iter().map(&now) {
        match then {
            Then::Deleted => drop(case.new.cut(&s)),
            Then::Edited(mend) => {
                let patches = mend(dice, &case.chars(&s));
                case.patch(&s, &patches);
            }
        }
        case.notes.push(s);
    }
    case.others = stays.iter().map(now).collect();
    case
}
