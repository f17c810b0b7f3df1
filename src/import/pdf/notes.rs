//! Footnotes: small lines at the foot of a page that begin with a mark.

use super::blocks::{Block, Kind};
use super::file::Page;
use super::habits::Habits;
use super::lines::{Line, Style};
use super::tags::Role;

/// Letters of notes are at most this large, in parts of running text.
const SMALL: f32 = 0.93;

/// The lines of a page that are its text, and its notes. A note with an empty label goes on with one of the page before.
pub(super) fn part<'a>(page: &'a Page, habits: &Habits) -> (Vec<&'a Line>, Vec<Block<'a>>) {
    let lines = &page.lines;
    let sunk = sunk(lines, habits);
    let foot = if sunk.is_some() { lines.len() } else { foot(lines, habits) };
    let mut body: Vec<&Line> = Vec::with_capacity(lines.len());
    let mut notes: Vec<Block<'_>> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let tagged = line.tag.as_ref().is_some_and(|t| t.role == Role::Note);
        let low = sunk.is_some_and(|floor| small(line, habits) && line.y < floor);
        if n < foot && !tagged && !low {
            body.push(line);
            continue;
        }
        match label(line) {
            Some((label, skip)) => {
                notes.push(Block { kind: Kind::Note(label.to_string()), lines: vec![line], gap: 1, skip, grid: None })
            }
            None => match notes.last_mut() {
                Some(note) => note.lines.push(line),
                None => notes.push(Block {
                    kind: Kind::Note(String::new()),
                    lines: vec![line],
                    gap: 1,
                    skip: 0,
                    grid: None,
                }),
            },
        }
    }
    (body, notes)
}

/// Whether a line has the letters of notes.
fn small(line: &Line, habits: &Habits) -> bool {
    line.size <= SMALL * habits.body && line.size > 0.4 * habits.body
}

/// Word processors write the notes of a page where their marks stand, in the middle of its text: the height below which
/// everything is small, when text comes after it.
fn sunk(lines: &[Line], habits: &Habits) -> Option<f32> {
    let floor = lines.iter().filter(|l| !small(l, habits)).map(|l| l.y).reduce(f32::min)?;
    let low = |l: &&Line| small(l, habits) && l.y < floor;
    let first = lines.iter().find(low)?;
    let at = lines.iter().position(|l| std::ptr::eq(l, first))?;
    let text_after = lines[at..].iter().any(|l| !small(l, habits));
    (text_after && (label(first).is_some() || goes_on(first)) && lines.iter().filter(low).any(|l| label(l).is_some()))
        .then_some(floor)
}

/// Where the notes at the foot of a page begin, in its lines.
fn foot(lines: &[Line], habits: &Habits) -> usize {
    let small = lines.iter().rev().take_while(|l| small(l, habits)).count();
    let from = lines.len() - small;
    if from == 0 || from == lines.len() {
        return referred(lines);
    }
    // Below all else of the page, and with a mark at the first or one of the next lines.
    let lowest = lines[..from].iter().map(|l| l.y).fold(f32::MAX, f32::min);
    let Some(start) = (from..lines.len()).find(|n| lines[*n].y < lowest) else { return referred(lines) };
    let Some(first) = (start..lines.len()).find(|n| label(&lines[*n]).is_some()) else {
        return referred(lines);
    };
    // A caption may stand above the notes; lines that only go on with a note of the page before are few.
    if first - start <= 4 { if first > start && !goes_on(&lines[start]) { first } else { start } } else { first }
}

/// Where notes begin that are as large as the text: below all of it, with a raised mark that stands raised in the text too.
fn referred(lines: &[Line]) -> usize {
    let mut lowest: Vec<f32> = Vec::with_capacity(lines.len());
    for line in lines {
        lowest.push(lowest.last().map_or(line.y, |l: &f32| l.min(line.y)));
    }
    let is_note = |n: &usize| {
        let line = &lines[*n];
        let marked = line.marks.iter().any(|m| m.style == Style::Raised && m.range.start == 0);
        let below = lines[*n..].iter().all(|l| l.y < lowest[*n - 1] && l.size < 1.05 * line.size);
        marked && below && label(line).is_some_and(|(mark, _)| lines[..*n].iter().any(|l| refers(l, mark)))
    };
    (lines.len().saturating_sub(30).max(1)..lines.len()).find(is_note).unwrap_or(lines.len())
}

/// Whether a mark stands raised in a line, behind other text.
fn refers(line: &Line, mark: &str) -> bool {
    line.marks
        .iter()
        .any(|m| m.style == Style::Raised && m.range.start > 0 && line.text[m.range.clone()].trim() == mark)
}

/// Whether a line in the notes goes on with one.
fn goes_on(line: &Line) -> bool {
    line.text.starts_with(char::is_lowercase)
}

/// The mark at the start of a note, and how many bytes it takes.
pub(super) fn label(line: &Line) -> Option<(&str, usize)> {
    let text = &line.text;
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let raised = line.marks.iter().any(|m| m.style == Style::Raised && m.range.start == 0);
    if (1..=3).contains(&end) {
        let rest = &text[end..];
        let skip = text.len() - rest.trim_start_matches([' ', '.', ')']).len();
        let word =
            rest.trim_start().starts_with(|c: char| c.is_alphabetic() || matches!(c, '‘' | '“' | '"' | '(' | '\''));
        return (word && (raised || rest.starts_with(' '))).then_some((&text[..end], skip));
    }
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '†' | '‡'))?;
    let rest = text[mark.len_utf8()..].trim_start();
    Some((&text[..mark.len_utf8()], text.len() - rest.len()))
}
