#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn choose(setting: &str, set: &[&str], there: &[&str]) -> Way {
    let env = |name: &str| set.contains(&name).then(|| "1".to_owned());
    Way::choose(setting, &env, &|program| there.contains(&program))
}

fn helper(line: &str) -> Way {
    Way::Helper(line.split(' ').map(str::to_owned).collect())
}

#[cfg(target_os = "linux")]
#[test]
fn the_text_goes_to_where_the_reader_sits() {
    let all = ["wl-copy", "xclip", "xsel"];
    let table = [
        ("auto", vec!["SSH_CONNECTION", "DISPLAY"], all.to_vec(), Way::Terminal),
        ("auto", vec!["TMUX", "WAYLAND_DISPLAY"], all.to_vec(), Way::Terminal),
        ("auto", vec!["WAYLAND_DISPLAY", "DISPLAY"], all.to_vec(), helper("wl-copy")),
        ("auto", vec!["WAYLAND_DISPLAY", "DISPLAY"], vec!["xsel"], helper("xsel --clipboard --input")),
        ("auto", vec!["DISPLAY"], all.to_vec(), helper("xclip -selection clipboard")),
        ("", vec!["DISPLAY"], vec![], Way::Terminal),
        ("auto", vec![], all.to_vec(), Way::Terminal),
        ("terminal", vec!["DISPLAY"], all.to_vec(), Way::Terminal),
        (
            "mijn-klem --in 'a b'",
            vec!["SSH_TTY"],
            vec![],
            Way::Helper(vec!["mijn-klem".into(), "--in".into(), "a b".into()]),
        ),
    ];
    for (setting, set, there, wanted) in table {
        assert_eq!(choose(setting, &set, &there), wanted, "{setting} {set:?} {there:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_helper_gets_the_text_and_its_failure_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("klembord");
    let line = ["sh".to_owned(), "-c".to_owned(), format!("cat > '{}'", file.display())];
    give(&line, "één\ntwee").unwrap();
    assert_eq!(std::fs::read_to_string(file).unwrap(), "één\ntwee");
    assert!(give(&["sh".to_owned(), "-c".to_owned(), "cat > /dev/null; exit 3".to_owned()], "x").is_err());
    assert!(give(&["er-is-geen-zo-n-programma".to_owned()], "x").is_err());
    let words = Words::new(crate::doc::Lang::Nl);
    let error = io::Error::other("stuk");
    let notice = said(&words, "x", Err((&helper("xsel"), &error)));
    assert!(notice.text.contains("xsel") && notice.text.contains("stuk"), "{}", notice.text);
}
