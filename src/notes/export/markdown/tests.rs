#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::notes::export::tests::sample;

fn settings(lang: Lang) -> Settings {
    Settings { title: "Te weinig schippers".into(), date: Some("2026-03-02".parse().unwrap()), ..Settings::usual(lang) }
}

fn template(text: &str) -> Template {
    Template { name: "eigen.md".into(), text: text.into() }
}

#[test]
fn the_built_in_templates_say_all_there_is() {
    for (name, built_in, lang) in [
        ("notes_nl", BuiltIn::Notes, Lang::Nl),
        ("notes_en", BuiltIn::Notes, Lang::En),
        ("briefing_nl", BuiltIn::Briefing, Lang::Nl),
        ("briefing_en", BuiltIn::Briefing, Lang::En),
    ] {
        let text = render(&sample::bundle(), &built_in.template(lang), &settings(lang)).unwrap();
        insta::assert_snapshot!(name, parts::first(&text).unwrap());
    }
}

#[test]
fn the_languages_have_the_same_parts() {
    for built_in in [BuiltIn::Notes, BuiltIn::Briefing] {
        let of = |lang| {
            let text = render(&sample::bundle(), &built_in.template(lang), &settings(lang)).unwrap();
            parts::count(&text).unwrap().new
        };
        assert_eq!(of(Lang::Nl), of(Lang::En));
    }
}

#[test]
fn a_wrong_template_is_told_by_line_and_column() {
    let table = [
        ("# Kop\n\n{{ titel }}\n", 3, 4, "undefined"),
        ("{% for n in notes %}\n{{ n.quotee }}\n{% endfor %}", 2, 4, "undefined"),
        ("een\ntwee {% for n notes %}", 2, 15, "expected"),
        ("{% for n in notes %}", 1, 1, "unexpected end"),
        ("a\n  {{ title|onbekend }}", 2, 12, "unknown filter"),
        ("{% for a in range(100000000) %}{% endfor %}", 1, 1, ""),
    ];
    for (text, line, column, reason) in table {
        let fault = render(&sample::bundle(), &template(text), &settings(Lang::Nl)).unwrap_err();
        assert_eq!(fault.line, line, "{fault}");
        assert!(fault.reason.contains(reason), "{fault}");
        assert!(column == 1 || fault.column == column, "{fault}");
        assert!(fault.to_string().starts_with(&format!("eigen.md:{line}:")), "{fault}");
    }
}

#[test]
fn an_own_template_makes_what_it_says() {
    let text = "{% for n in notes %}{{ n.report or '-' }}: {{ n.quote|md }} [{{ n.tags|join(', ') }}]\n{% endfor %}";
    let out = render(&sample::bundle(), &template(text), &settings(Lang::Nl)).unwrap();
    assert_eq!(out.lines().count(), 5, "{out}");
    assert!(out.ends_with("-:  []\n"), "{out}");
}

#[test]
fn no_character_of_a_quote_means_anything() {
    let table = [
        ("# geen kop", "\\# geen kop"),
        ("1. geen lijst", "1\\. geen lijst"),
        ("12) ook niet", "12\\) ook niet"),
        ("- geen punt", "\\- geen punt"),
        ("> geen citaat", "\\> geen citaat"),
        ("snake_case blijft, _schuin_ niet", "snake_case blijft, \\_schuin\\_ niet"),
        ("*nadruk* en `code` [x](y)", "\\*nadruk\\* en \\`code\\` \\[x\\](y)"),
        ("a < b, maar <script>", "a < b, maar \\<script>"),
        ("R&D en &amp; en 5 %", "R&D en \\&amp; en 5 %"),
        ("7,1% van € 1.250,- in 2025", "7,1% van € 1.250,- in 2025"),
    ];
    for (text, wanted) in table {
        assert_eq!(escaped(text), wanted);
    }
    assert_eq!(quoted("een\n\ntwee\n"), "> een\n>\n> twee");
}
