//! How a document is set: the size of its running text, how far its lines are apart, where they begin and end. What
//! deviates from it says something.

use super::file::Page;
use super::lines::Line;
use rustc_hash::FxHashMap;

/// How a document is set. All in points.
pub(super) struct Habits {
    /// Size of the letters of running text.
    pub(super) body: f32,
    /// Running text is bold.
    pub(super) strong: bool,
    /// Sizes, in quarters of a point, in which much of the text is set: a second body, no headings.
    common: Vec<i32>,
    /// From one baseline to the next, by size of letters in quarters of a point.
    pitches: FxHashMap<i32, f32>,
    /// The usual right end of lines, by their left end in steps of four points.
    rights: FxHashMap<i32, f32>,
}

impl Habits {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut sizes: FxHashMap<i32, usize> = FxHashMap::default();
        let (mut strong, mut all) = (0, 0);
        let mut long: FxHashMap<i32, (usize, usize)> = FxHashMap::default();
        let mut steps: FxHashMap<(i32, i32), usize> = FxHashMap::default();
        let mut ends: FxHashMap<i32, Vec<f32>> = FxHashMap::default();
        for page in pages {
            for line in &page.lines {
                let weight = line.weight();
                *sizes.entry(quarter(line.size)).or_default() += weight;
                all += weight;
                strong += if line.strong { weight } else { 0 };
                if weight > 40 {
                    let (lines, letters) = long.entry(quarter(line.size)).or_default();
                    (*lines, *letters) = (*lines + 1, *letters + weight);
                }
                if weight > 20 {
                    ends.entry(column(line.x)).or_default().push(line.end_x);
                }
            }
            for pair in page.lines.windows(2).filter(|p| below(&p[0], &p[1])) {
                let step = pair[0].y - pair[1].y;
                if quarter(pair[0].size) == quarter(pair[1].size) && step < 2.5 * pair[0].size {
                    *steps.entry((quarter(pair[0].size), quarter(step))).or_default() += 1;
                }
            }
        }
        let most = |a: &(&i32, &usize)| (*a.1, -*a.0);
        let body = sizes.iter().max_by_key(most).map_or(10.0, |(s, _)| *s as f32 / 4.0);
        let mut pitches: FxHashMap<i32, (usize, i32)> = FxHashMap::default();
        for ((size, step), count) in steps {
            let best = pitches.entry(size).or_insert((count, step));
            if count > best.0 || (count == best.0 && step < best.1) {
                *best = (count, step);
            }
        }
        let rights = ends
            .into_iter()
            .filter(|(_, e)| e.len() >= 8)
            .map(|(x, mut ends)| {
                ends.sort_by(f32::total_cmp);
                (x, ends[ends.len() * 19 / 20])
            })
            .collect();
        Habits {
            body,
            strong: strong * 2 > all,
            common: long.into_iter().filter(|(_, (n, w))| *n >= 10 && w * 8 >= all).map(|(size, _)| size).collect(),
            pitches: pitches.into_iter().filter(|(_, p)| p.0 >= 3).map(|(s, p)| (s, p.1 as f32 / 4.0)).collect(),
            rights,
        }
    }

    /// How far lines in letters of this size are apart inside a paragraph.
    pub(super) fn pitch(&self, size: f32) -> f32 {
        let near = |d: i32| self.pitches.get(&(quarter(size) + d));
        near(0).or_else(|| near(-1)).or_else(|| near(1)).copied().unwrap_or(1.22 * size).clamp(0.9 * size, 2.2 * size)
    }

    /// Where lines that begin here usually end at the right.
    pub(super) fn right(&self, x: f32) -> Option<f32> {
        self.rights.get(&column(x)).copied()
    }

    /// Whether a line is set larger than running text.
    pub(super) fn larger(&self, line: &Line) -> bool {
        line.size > 1.08 * self.body && !self.common.contains(&quarter(line.size))
    }

    /// The size of a line in per cent of running text.
    pub(super) fn size(&self, line: &Line) -> u16 {
        (line.size / self.body * 100.0).round().clamp(1.0, 2000.0) as u16
    }
}

fn quarter(points: f32) -> i32 {
    (points * 4.0).round() as i32
}

fn column(x: f32) -> i32 {
    (x / 4.0).round() as i32
}

/// Whether a line stands below another and not beside it.
pub(super) fn below(a: &Line, b: &Line) -> bool {
    a.rotate == b.rotate && b.y < a.y - 0.3 * a.size.min(b.size) && b.x < a.end_x && a.x < b.end_x
}
