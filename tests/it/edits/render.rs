//! A report as a file, in several formats.

use super::model::{Block, Marker, Report, Shape};
use crate::made;

/// How a report is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Markdown, a paragraph a line.
    Markdown,
    /// Markdown with lines of so many characters.
    Wrapped(usize),
    /// Text without marks, lines of so many characters; words broken at the line end when asked for.
    Plain(usize, bool),
    /// A web page.
    Html,
    /// A Word file.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// A book.
    Epub,
}

/// The bytes of a report.
pub fn render(report: &Report, form: Form) -> Vec<u8> {
    match form {
        Form::Markdown => markdown(report, usize::MAX).into_bytes(),
        Form::Wrapped(width) => markdown(report, width).into_bytes(),
        Form::Plain(width, hyphens) => plain(report, width, hyphens).into_bytes(),
        Form::Html => format!(
            "<!DOCTYPE html><html lang=\"nl\"><head><title>x</title></head><body>{}</body></html>",
            html(report)
        )
        .into_bytes(),
        Form::Docx => made::docx("", &each(report, docx)),
        Form::Odt => made::odt(&each(report, odt)),
        Form::Epub => made::epub(&html(report)),
    }
}

fn each(report: &Report, write: fn(&Block) -> String) -> String {
    report.blocks.iter().map(write).collect()
}

/// Lines of a paragraph; none begins with what could be the mark of a list.
fn wrap(text: &str, width: usize, hyphens: bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut column = 0;
    for word in text.split(' ') {
        let len = word.chars().count();
        let plain = word.starts_with(|c: char| c.is_alphabetic() || c == '(') && !is_label(word);
        if column > 0 && column + 1 + len > width && plain {
            let letters: Vec<char> = word.chars().collect();
            let room = width.saturating_sub(column + 2).min(letters.len() / 2);
            let vowel = |i: usize| "aeiou".contains(letters[i]);
            let breaks = |i: &usize| vowel(i - 1) && !vowel(*i) && i + 1 < letters.len() && vowel(i + 1);
            let all_letters = letters.iter().all(|c| c.is_ascii_lowercase());
            let cut = (3..=room).rev().find(breaks).filter(|_| hyphens && all_letters && len > 8);
            if let (Some(cut), Some(line)) = (cut, lines.last_mut()) {
                line.push(' ');
                line.extend(&letters[..cut]);
                line.push('-');
                lines.push(letters[cut..].iter().collect());
                column = len - cut;
                continue;
            }
            lines.push(String::new());
            column = 0;
        }
        if let Some(line) = lines.last_mut() {
            if column > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
        column += usize::from(column > 0) + len;
    }
    lines
}

/// Whether a word at the beginning of a line looks like the label of an item.
fn is_label(word: &str) -> bool {
    word.len() < 4 && word.ends_with(['.', ')', ':'])
}

fn markdown(report: &Report, width: usize) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut number = 0;
    for block in &report.blocks {
        number = if before == Some(block.shape) { number + 1 } else { 1 };
        let in_list = before == Some(block.shape) && matches!(block.shape, Shape::Item(_));
        if !out.is_empty() {
            out.push_str(if in_list { "\n" } else { "\n\n" });
        }
        let (mark, indent) = match block.shape {
            Shape::Heading(level) => (format!("{} ", "#".repeat(level.into())), ""),
            Shape::Para => (String::new(), ""),
            Shape::Item(Marker::Bullet) => ("- ".to_owned(), "\n  "),
            Shape::Item(Marker::Number) => (format!("{number}. "), "\n   "),
        };
        let text = escaped(&block.string());
        out.push_str(&mark);
        out.push_str(&match block.shape {
            Shape::Heading(_) => text,
            Shape::Para => wrap(&text, width, false).join("\n"),
            Shape::Item(_) => wrap(&text, width, false).join(indent),
        });
        before = Some(block.shape);
    }
    out.push('\n');
    out
}

/// Text that begins with what could be a mark, made safe.
fn escaped(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("");
    let number = first.trim_end_matches(['.', ')']);
    if first.len() > number.len() && number.chars().all(|c| c.is_ascii_digit()) && !number.is_empty() {
        return format!("{number}\\{}", &text[number.len()..]);
    }
    if first == "-" || first == "+" || first.starts_with('=') { format!("\\{text}") } else { text.to_owned() }
}

fn plain(report: &Report, width: usize, hyphens: bool) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut number = 0;
    for block in &report.blocks {
        number = if before == Some(block.shape) { number + 1 } else { 1 };
        let in_list = before == Some(block.shape) && matches!(block.shape, Shape::Item(_));
        if !out.is_empty() {
            out.push_str(if in_list { "\n" } else { "\n\n" });
        }
        let text = block.string();
        out.push_str(&match block.shape {
            Shape::Heading(_) => text,
            Shape::Para => wrap(&text, width, hyphens).join("\n"),
            Shape::Item(Marker::Bullet) => format!("• {}", wrap(&text, width - 2, hyphens).join("\n  ")),
            Shape::Item(Marker::Number) => format!("{number}. {}", wrap(&text, width - 3, hyphens).join("\n   ")),
        });
        before = Some(block.shape);
    }
    out.push('\n');
    out
}

fn safe(block: &Block) -> String {
    block.string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn html(report: &Report) -> String {
    let mut out = String::new();
    let mut before = None;
    let list = |shape| match shape {
        Some(Shape::Item(Marker::Bullet)) => Some("ul"),
        Some(Shape::Item(Marker::Number)) => Some("ol"),
        _ => None,
    };
    for block in &report.blocks {
        if before != Some(block.shape) {
            out.extend(list(before).map(|l| format!("</{l}>\n")));
            out.extend(list(Some(block.shape)).map(|l| format!("<{l}>\n")));
        }
        let tag = match block.shape {
            Shape::Heading(level) => format!("h{}", level.min(6)),
            Shape::Para => "p".to_owned(),
            Shape::Item(_) => "li".to_owned(),
        };
        out.push_str(&format!("<{tag}>{}</{tag}>\n", safe(block)));
        before = Some(block.shape);
    }
    out.extend(list(before).map(|l| format!("</{l}>\n")));
    out
}

fn docx(block: &Block) -> String {
    let style = match block.shape {
        Shape::Heading(level) => format!("<w:pPr><w:outlineLvl w:val=\"{}\"/></w:pPr>", level - 1),
        Shape::Para | Shape::Item(_) => String::new(),
    };
    // a Word file cuts its text into runs where it likes
    let text = safe(block);
    let cut = text.char_indices().nth(17).map_or(text.len(), |(at, _)| at);
    let cut = if text[..cut].contains('&') { text.len() } else { cut };
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    format!("<w:p>{style}{}{}</w:p>", run(&text[..cut]), run(&text[cut..]))
}

fn odt(block: &Block) -> String {
    match block.shape {
        Shape::Heading(level) => format!("<text:h text:outline-level=\"{level}\">{}</text:h>", safe(block)),
        Shape::Para | Shape::Item(_) => format!("<text:p>{}</text:p>", safe(block)),
    }
}
