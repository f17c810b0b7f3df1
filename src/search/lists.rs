//! Lists of entries of a segment, and what is done with them: everything a query asks for comes down to these.

/// An entry that matches, with what it has gathered so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// Its number in the segment.
    pub doc: u32,
    /// Which parts of the group it matches, a bit each.
    pub parts: u32,
    /// The sum of their scores.
    pub score: f32,
}

/// The entries of either list, ascending; of both, added up.
pub(super) fn union(a: Vec<Entry>, b: Vec<Entry>) -> Vec<Entry> {
    if a.is_empty() || b.is_empty() {
        return if a.is_empty() { b } else { a };
    }
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        i += usize::from(x.doc <= y.doc);
        j += usize::from(y.doc <= x.doc);
        out.push(match x.doc.cmp(&y.doc) {
            std::cmp::Ordering::Less => x,
            std::cmp::Ordering::Greater => y,
            std::cmp::Ordering::Equal => added(x, y),
        });
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}

/// Adds to the entries of `a` what `b` has for them.
pub(super) fn add_to(a: &mut [Entry], b: &[Entry]) {
    let mut j = 0;
    for x in a {
        j += seek(&b[j..], x.doc);
        match b.get(j) {
            Some(y) if y.doc == x.doc => *x = added(*x, *y),
            Some(_) => {}
            None => break,
        }
    }
}

/// The entries of both lists, added up.
pub(super) fn both(a: &[Entry], b: &[Entry]) -> Vec<Entry> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut out = Vec::with_capacity(few.len());
    let mut j = 0;
    for x in few {
        j += seek(&many[j..], x.doc);
        match many.get(j) {
            Some(y) if y.doc == x.doc => out.push(added(*x, *y)),
            Some(_) => {}
            None => break,
        }
    }
    out
}

/// The entries of `a` that are not in `b`.
pub(super) fn without(a: &mut Vec<Entry>, b: &[Entry]) {
    let mut j = 0;
    a.retain(|x| {
        j += seek(&b[j..], x.doc);
        b.get(j).is_none_or(|y| y.doc != x.doc)
    });
}

fn added(x: Entry, y: Entry) -> Entry {
    Entry { doc: x.doc, parts: x.parts | y.parts, score: x.score + y.score }
}

/// How many entries lie before `doc`: in leaps that double, so that a short list passes quickly through a long one.
fn seek(list: &[Entry], doc: u32) -> usize {
    let mut step = 1;
    while step < list.len() && list[step].doc < doc {
        step *= 2;
    }
    let from = step / 2;
    let to = list.len().min(step + 1);
    from.min(to) + list[from.min(to)..to].partition_point(|e| e.doc < doc)
}

/// A set of entries, one bit each.
#[derive(Clone, Debug)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub fn new(size: u32) -> Bits {
        Bits(vec![0; (size as usize).div_ceil(64)])
    }

    pub fn set(&mut self, doc: u32) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub fn has(&self, doc: u32) -> bool {
        self.0[doc as usize / 64] & 1 << (doc % 64) != 0
    }

    pub fn and(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub fn or(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    pub fn and_not(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(i as u32 * 64 + bit)
            })
        })
    }
}
