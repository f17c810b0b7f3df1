#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use ratatui::layout::Rect;
use ratatui::style::Style;

fn link(x: u16, text: &str, url: &str) -> Hyperlink {
    Hyperlink { x, y: 0, text: text.into(), url: url.into(), id: 7 }
}

fn buffer(text: &str) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
    buf.set_string(0, 0, text, Style::default());
    buf
}

#[test]
fn each_cell_leads_to_the_address() {
    let mut buf = buffer("a 漢b c");
    put(&mut buf, &link(2, "漢b", "https://x.example/é\u{1b}[2J"));
    let wide = "\u{1b}]8;id=k7;https://x.example/%C3%A9%1B[2J\u{1b}\\漢\u{1b}]8;;\u{1b}\\";
    assert_eq!(buf[(2, 0)].symbol(), wide);
    assert_eq!(buf[(4, 0)].symbol(), wide.replace('漢', "b"));
    assert_eq!((buf[(0, 0)].symbol(), buf[(6, 0)].symbol()), ("a", "c"));
    // only what changed goes out, and a cell that leads elsewhere has changed
    let mut next = buffer("a 漢b c");
    put(&mut next, &link(2, "漢b", "https://y.example"));
    let changed: Vec<u16> = buf.diff(&next).into_iter().map(|(x, ..)| x).collect();
    assert_eq!(changed, [2, 4]);
    let plain = buffer("a 漢b c");
    assert_eq!(
        next.diff(&plain).into_iter().map(|(x, _, c)| (x, c.symbol().to_owned())).collect::<Vec<_>>(),
        [(2, "漢".to_owned()), (4, "b".to_owned())]
    );
}

#[test]
fn what_covers_the_text_is_left_alone() {
    let mut buf = buffer("a|box|");
    let before = buf.clone();
    put(&mut buf, &link(0, "abc", "https://x.example"));
    put(&mut buf, &link(10, "long text", "https://x.example"));
    put(&mut buf, &link(0, "a", &"x".repeat(3000)));
    assert_eq!(buf, before);
}
