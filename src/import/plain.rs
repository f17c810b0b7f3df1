//! Plain text to pieces.

use super::clean::Source;
use super::draft::{Draft, Look, Piece};
use crate::doc::{BlockKind, TextRange};

/// Reads lines without marks.
pub(super) fn read(source: &Source) -> Draft {
    let mut draft = Draft::default();
    let mut open: Option<(u32, u32)> = None;
    let mut gap = 0;
    for i in 0..source.lines.len() {
        let (line, number) = (source.line(i).trim(), source.lines[i].line);
        if line.is_empty() {
            if let Some((start, first)) = open.take() {
                draft.pieces.push(Piece {
                    range: TextRange::new(start, draft.here()),
                    kind: BlockKind::Paragraph,
                    line: first,
                    lines: 1,
                    gap,
                    look: Look::default(),
                    furniture: false,
                });
                gap = 0;
            }
            gap += 1;
            continue;
        }
        if open.is_some() {
            draft.text.push(' ');
        }
        draft.at_line(number);
        open.get_or_insert((draft.here(), number));
        draft.text.push_str(line);
    }
    if let Some((start, first)) = open {
        draft.pieces.push(Piece {
            range: TextRange::new(start, draft.here()),
            kind: BlockKind::Paragraph,
            line: first,
            lines: 1,
            gap,
            look: Look::default(),
            furniture: false,
        });
    }
    draft
}
