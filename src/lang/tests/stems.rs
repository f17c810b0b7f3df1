//! How words meet, by the pairs of `tests/fixtures/lang/stems.txt`: the figures hold floors, so that what helps one
//! kind of word does not quietly cost another.
use super::*;

const PAIRS: &str = include_str!("../../../tests/fixtures/lang/stems.txt");

/// How two words meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meeting {
    Apart,
    Weak,
    Strong,
}

fn meeting(a: &str, b: &str) -> Meeting {
    let mut s = Analyser::default();
    let a = s.word(Lang::Nl, &fold(a)).clone();
    let b = s.word(Lang::Nl, &fold(b)).clone();
    if a.stem == b.stem {
        return Meeting::Strong;
    }
    let weak = a.roots.contains(&b.stem) || b.roots.contains(&a.stem) || a.roots.iter().any(|r| b.roots.contains(r));
    if weak { Meeting::Weak } else { Meeting::Apart }
}

/// The share of the pairs of a kind that meet as they should, in hundredths, and those that don't.
fn share(kind: &str, right: impl Fn(Meeting) -> bool) -> (usize, Vec<String>) {
    let (mut all, mut wrong) = (0, Vec::new());
    for line in PAIRS.lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        if words.next() != Some(kind) {
            continue;
        }
        let first = words.next().unwrap();
        for word in words {
            all += 1;
            let found = meeting(first, word);
            if !right(found) {
                wrong.push(format!("{kind}: {first} {word} ({found:?})"));
            }
        }
    }
    (100 * (all - wrong.len()) / all, wrong)
}

#[test]
fn words_of_policy_meet_as_they_should() {
    for (kind, floor, right) in [
        ("strong", 96, (|m| m == Meeting::Strong) as fn(Meeting) -> bool),
        ("weak", 95, |m| m >= Meeting::Weak),
        ("apart", 96, |m| m == Meeting::Apart),
    ] {
        let (share, wrong) = share(kind, right);
        assert!(share >= floor, "{kind}: {share} of 100, at least {floor}\n{}", wrong.join("\n"));
    }
}
