#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

#[test]
fn a_command_line_is_filled_in() {
    let path = Path::new("/tmp/een rapport ü.pdf");
    let table = [
        ("evince --page-index={page} {file}", vec!["evince", "--page-index=7", "/tmp/een rapport ü.pdf"]),
        ("firefox {uri}#page={page}", vec!["firefox", "file:///tmp/een%20rapport%20%C3%BC.pdf#page=7"]),
        ("'mijn lezer' -x", vec!["mijn lezer", "-x", "/tmp/een rapport ü.pdf"]),
    ];
    for (line, wanted) in table {
        assert_eq!(filled(line, path, 7).unwrap(), wanted);
    }
    assert!(filled("een 'open", path, 1).is_err());
}

#[test]
fn viewers_are_known_by_their_menu_entries() {
    assert_eq!(line_of("org.gnome.Evince.desktop\n"), Some("evince --page-index={page} {file}"));
    assert_eq!(line_of("okularApplication_pdf.desktop"), Some("okular --page {page} {file}"));
    assert_eq!(line_of("gimp.desktop"), None);
}
