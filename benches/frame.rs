//! From a key to a drawn screen of 200 by 60 on which every row of the text is new: paging through a long report.
//! Against bare frames of the same text (`tui_limits`), p50 to p50 (goal: at most 1.3).
//!
//! Update, layout, drawing and the comparison of cells are in it, into a terminal in memory; writing to one is not.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{Corpus, percentile, run, yardstick};
use kantlijn::doc::Lang;
use kantlijn::keys::{Key, parse_sequence};
use kantlijn::runtime::inline::Inline;
use kantlijn::ui::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::time::Instant;

const SIZE: (u16, u16) = (200, 60);
const FRAMES: usize = 400;
/// Bytes of the report: more pages than there are frames, so that none comes twice.
const LENGTH: usize = 3_000_000;

fn main() {
    let texts = Corpus::open().texts();
    let desk = tempfile::tempdir().unwrap();
    let file = desk.path().join("lang-rapport.md");
    let long: Vec<u8> = texts.iter().cycle().flat_map(|t| t.iter().copied().chain(*b"\n\n")).take(LENGTH).collect();
    std::fs::write(&file, String::from_utf8_lossy(&long).as_bytes()).unwrap();

    let mut reader = Inline::new(vec![file.clone()], &desk.path().join("home"), SIZE, Lang::Nl);
    let press = |reader: &mut Inline, keys: &[Key]| keys.iter().for_each(|key| reader.key(*key));
    press(&mut reader, &parse_sequence("enter").unwrap());
    assert!(reader.app.reader.spot().is_some(), "the report is not open");
    let page = parse_sequence("pagedown").unwrap();
    let theme = Theme::of_roles();
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    let mut times = Vec::new();
    for _ in 0..FRAMES {
        let before = reader.app.reader.spot();
        let begun = Instant::now();
        press(&mut reader, &page);
        terminal
            .draw(|frame| {
                draw(&reader.app, &theme, frame.buffer_mut());
            })
            .unwrap();
        times.push(begun.elapsed().as_secs_f64() * 1e6);
        assert_ne!(reader.app.reader.spot(), before, "the page is not another one");
    }
    let p50 = percentile(&mut times, 0.5);
    let p99 = percentile(&mut times, 0.99);
    println!("key to frame at {}x{}, {FRAMES} pages: p50 {p50:.0} µs, p99 {p99:.0} µs", SIZE.0, SIZE.1);

    if let Some(program) = yardstick("tui_limits") {
        let said = run(&program, &[&file]);
        let line = said.lines().find(|l| l.contains("[TestBackend]") && l.contains("all cells change")).unwrap();
        let bare: f64 = line.split("p50 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        println!("bare frame: p50 {bare:.0} µs, ratio {:.2} (goal 1.3)", p50 / bare);
    }
}
