//! References: printed by the command, listed on the screen.

use super::cli::Cli;
use super::harness::Desk;
use kantlijn::doc::Lang;

const VEREN: &str = "# Verslag van de veren 2024\n\n## 1 Aanleiding\n\nDe minister schreef hierover aan de Kamer \
    (Kamerstukken II 2021/22, 35 234, nr. 7).\n\nOp grond van artikel 4, tweede lid, van de Verenwet vaart de pont; zie \
    ook [het besluit](https://veren.example/besluit).\n\n## 2 Tarieven\n\nKamerstuk 35 234, nr. 7 noemt een bedrag.\n";

#[test]
fn the_command_prints_each_place_or_each_thing() {
    let cli = Cli::new();
    cli.write("veren.md", VEREN);
    let path = cli.path("veren.md");
    let path = path.to_str().unwrap();
    let lines = cli.run(&["references", "--json", path]).json();
    assert_eq!(lines.len(), 4);
    assert!(lines.iter().all(|l| l["v"] == 1 && l["type"] == "reference" && l["file"] == "veren.md"));
    assert_eq!(lines[0]["kind"], "paper");
    assert_eq!(lines[0]["text"], "Kamerstukken II 2021/22, 35 234, nr. 7");
    assert_eq!(lines[0]["url"], "https://zoek.officielebekendmakingen.nl/kst-35234-7.html");
    assert_eq!(lines[0]["section"], serde_json::json!(["1 Aanleiding"]));
    assert_eq!(lines[0]["line"], 5);
    assert_eq!(lines[1]["label"], "art. 4 lid 2 Verenwet");
    assert!(lines[1]["url"].is_null() && lines[1]["page"].is_null());
    assert_eq!(lines[2]["url"], "https://veren.example/besluit");
    assert_eq!((&lines[3]["line"], &lines[3]["url"]), (&11.into(), &lines[0]["url"]));
    let text = cli.run(&["references", "--lang", "nl", path]);
    assert_eq!(text.code, Some(0));
    assert!(text.out.contains("Kamerstukken II 2021/22, 35 234, nr. 7 × 2"), "{}", text.out);
    assert_eq!(cli.run(&["references", cli.path("reports").to_str().unwrap()]).code, Some(1));
}

#[test]
fn the_list_on_the_screen() {
    let desk = Desk::new();
    std::fs::write(desk.reports.path().join("aaa-veren.md"), VEREN).unwrap();
    let mut reader = desk.sit(100, 30, Lang::Nl);
    reader.press("g l enter g f");
    let screen = reader.text();
    assert!(screen.contains("3 verwijzingen"), "{screen}");
    assert!(
        screen.contains("35 234, nr. 7") && screen.contains("×2") && screen.contains("art. 4 lid 2 Verenwet"),
        "{screen}"
    );
    reader.write("besluit").press("ctrl-o");
    assert_eq!(reader.inline.addresses, ["https://veren.example/besluit"]);
    reader.press("enter");
    assert!(!reader.text().contains("3 verwijzingen"));
}

#[test]
fn addresses_in_the_text_lead_there() {
    let desk = Desk::new();
    std::fs::write(desk.reports.path().join("aaa-veren.md"), VEREN).unwrap();
    let mut reader = desk.sit(100, 30, Lang::Nl);
    reader.press("g l enter");
    let links = kantlijn::ui::hyperlinks(&reader.inline.app);
    let words = |url: &str| {
        let all: Vec<_> = links.iter().filter(|l| l.url.ends_with(url)).collect();
        (all.iter().map(|l| l.text.trim()).collect::<Vec<_>>().join(" "), all.len())
    };
    assert_eq!(words("/besluit").0, "het besluit");
    assert_eq!(words("kst-35234-7.html").0, "Kamerstukken II 2021/22, 35 234, nr. 7 Kamerstuk 35 234, nr. 7");
    let rows = reader.rows();
    for link in &links {
        let row: String = rows[usize::from(link.y)].chars().skip(usize::from(link.x)).collect();
        assert!(row.starts_with(link.text.trim_end()), "{link:?} on {row:?}");
    }
}

#[test]
fn the_list_as_a_picture() {
    let desk = Desk::new();
    std::fs::write(desk.reports.path().join("aaa-veren.md"), VEREN).unwrap();
    let mut reader = desk.sit(100, 30, Lang::Nl);
    reader.press("g l enter g f");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("references-100x30", reader.picture());
    });
}
