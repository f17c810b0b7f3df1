#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use tempfile::TempDir;

fn store() -> (TempDir, Store) {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path());
    (dir, store)
}

fn query(name: &str, query: &str) -> SavedQuery {
    let created = Some("2026-03-02T09:30:00Z".parse().unwrap());
    SavedQuery { name: name.into(), query: query.into(), sort: "year".into(), created }
}

#[test]
fn saved_read_back_renamed_removed() {
    let (_dir, store) = store();
    assert_eq!(load(&store).unwrap(), []);
    save(&store, &query(" Wachttijd ", "wachttijd \"in de haven\" jaar:2024..")).unwrap();
    save(&store, &query("Sluizen", "sluis*")).unwrap();
    let text = store.text(Path::new(FILE)).unwrap().unwrap();
    assert!(text.starts_with("# ") && text.matches("# ").count() == 1, "{text}");
    let all = load(&store).unwrap();
    assert_eq!(all, [query("Wachttijd", "wachttijd \"in de haven\" jaar:2024.."), query("Sluizen", "sluis*")]);
    // the same name in another case is the same one, in its place
    let change = save(&store, &SavedQuery { sort: String::new(), ..query("WACHTTIJD", "wachten") }).unwrap();
    let all = load(&store).unwrap();
    assert_eq!((all.len(), all[0].query.as_str(), all[0].sort.as_str()), (2, "wachten", ""));
    assert!(change.before.unwrap().contains("haven") && !change.after.unwrap().contains("haven"));
    assert!(matches!(rename(&store, "wachttijd", "sluizen"), Err(QueriesError::Taken(_))));
    rename(&store, "wachttijd", "Wachten").unwrap();
    remove(&store, "sluizen").unwrap();
    assert_eq!(load(&store).unwrap().iter().map(|q| q.name.as_str()).collect::<Vec<_>>(), ["Wachten"]);
    assert!(matches!(remove(&store, "sluizen"), Err(QueriesError::Unknown(_))));
}

#[test]
fn what_a_hand_wrote_stays() {
    let (dir, store) = store();
    let file = dir.path().join(FILE);
    let text = "# van mij\r\n[[search]]\r\nname = 'Pont' # vaart\r\nquery = 'pont*'\r\ncolor = 7\r\n\r\n[[search]]\r\nquery = 'zonder naam'\r\n";
    std::fs::write(&file, text).unwrap();
    assert_eq!(load(&store).unwrap().len(), 1);
    rename(&store, "pont", "Veerpont").unwrap();
    let after = std::fs::read_to_string(&file).unwrap();
    assert!(after.contains("# van mij") && after.contains("# vaart") && after.contains("color = 7"), "{after}");
    assert!(
        after.contains("zonder naam") && after.contains("\"Veerpont\"") && !after.replace("\r\n", "").contains('\n')
    );
}

#[test]
fn what_is_not_understood_is_said_and_left_alone() {
    let (dir, store) = store();
    let file = dir.path().join(FILE);
    for text in ["[[search]\nname = 'x'\n", "search = 3\n", "[search]\nname = 'x'\nquery = 'y'\n"] {
        std::fs::write(&file, text).unwrap();
        assert!(matches!(load(&store), Err(QueriesError::Broken(_))), "{text}");
        assert!(save(&store, &query("a", "b")).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn nothing_is_saved_without_name_or_query() {
    let (_dir, store) = store();
    for (name, text) in [("", "x"), ("  ", "x"), ("a\nb", "x"), ("a", " "), ("a", "x\ny"), (&"n".repeat(121), "x")] {
        assert!(matches!(save(&store, &query(name, text)), Err(QueriesError::Nameless)), "{name:?} {text:?}");
    }
}
