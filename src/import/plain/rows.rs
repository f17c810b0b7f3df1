//! Lines with what is known of each, and the habits of the file they come from.

use crate::import::clean::Source;

/// A line with something on it.
pub(super) struct Row<'a> {
    /// Without the blanks around it.
    pub(super) text: &'a str,
    /// Blanks before it; a tab counts four.
    pub(super) indent: usize,
    /// Characters in it.
    pub(super) len: usize,
    /// A blank stands after it: many converters leave one where a line was broken and none where it ended.
    pub(super) trailing: bool,
    /// Blank lines before it.
    pub(super) gap: u32,
    /// A page begins with it.
    pub(super) page_top: bool,
    /// Line of the source.
    pub(super) line: u32,
    /// A running head or a page number.
    pub(super) furniture: bool,
}

/// All rows of a source.
pub(super) fn rows(source: &Source) -> Vec<Row<'_>> {
    let mut out: Vec<Row<'_>> = Vec::new();
    let (mut gap, mut page_top) = (0, false);
    for index in 0..source.lines.len() {
        let raw = source.line(index);
        page_top |= source.lines[index].page_break;
        let text = raw.trim();
        // A rule drawn with signs parts like a blank line.
        if !text.contains(char::is_alphanumeric) {
            gap += 1;
            continue;
        }
        let before = &raw[..raw.len() - raw.trim_start().len()];
        let indent = before.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let line = source.lines[index].line;
        out.push(Row {
            text,
            indent,
            len: text.chars().count(),
            trailing: raw.ends_with([' ', '\t']),
            gap,
            page_top,
            line,
            furniture: false,
        });
        (gap, page_top) = (0, false);
    }
    one_blank_is_a_page(&mut out);
    out
}

/// Some converters begin a page or column with one blank: where nothing else is set in by one, that is what it means.
fn one_blank_is_a_page(rows: &mut [Row<'_>]) {
    let by_one = rows.iter().filter(|r| r.indent == 1).count();
    let deeper = rows.iter().filter(|r| (2..4).contains(&r.indent)).count();
    let paged = rows.iter().any(|r| r.page_top);
    if !paged && by_one >= 5 && by_one * 10 < rows.len() && deeper * 5 < by_one {
        for row in rows.iter_mut().filter(|r| r.indent == 1) {
            row.page_top = true;
        }
    }
}

/// How the file was made, as far as its lines tell.
pub(super) struct Habits {
    /// How long a full line is.
    pub(super) width: usize,
    /// Lines were broken by hand; otherwise a line is a paragraph.
    pub(super) wrapped: bool,
    /// A broken line has a blank after it, an ended one has none.
    pub(super) trailing: bool,
}

impl Habits {
    pub(super) fn of(rows: &[Row<'_>]) -> Self {
        let mut lengths: Vec<usize> = Vec::new();
        let (mut inner, mut blank) = (0_usize, 0_usize);
        for pair in rows.windows(2).filter(|p| p[1].gap == 0 && !p[1].page_top) {
            lengths.push(pair[0].len);
            if pair[1].text.starts_with(char::is_lowercase) && !pair[0].text.ends_with('-') {
                inner += 1;
                blank += usize::from(pair[0].trailing);
            }
        }
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(80).max(30);
        let wrapped = width < 200 && inner * 10 > rows.len();
        Habits { width, wrapped, trailing: inner > 20 && blank * 10 > inner * 8 }
    }
}
