//! Links between editions as a file of the reader's.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn report(title: &str, year: i32, file: &str) -> ReportRef {
    let edition = Some(Edition::of(file.as_bytes()));
    ReportRef {
        title: title.to_owned(),
        org: Some("Dienst Ponten".to_owned()),
        year: Some(year),
        edition,
        file: file.to_owned(),
    }
}

fn now() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().unwrap()
}

#[test]
fn links_are_made_and_cut_and_the_rest_of_the_file_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    assert_eq!(load(&store).unwrap(), Links::default());
    let (a, b) = (report("Kades in beeld", 2023, "a.md"), report("Kades & ponten", 2024, "b.md"));
    link(&store, &b, &a, now()).unwrap();
    let text = store.text(Path::new(FILE)).unwrap().unwrap();
    assert!(text.starts_with("# Editions as said by hand"), "{text}");
    let own = "# mine\n[[link]]\nreport = { title = \"x\" } # why\nfollows = { file = \"y.md\" }\nseen = 3\n\n[[link]]\nodd = 1\n";
    std::fs::write(dir.path().join(FILE), format!("{own}\n{text}")).unwrap();
    let links = load(&store).unwrap();
    assert_eq!(links.together.len(), 2, "{links:?}");
    assert_eq!(links.together[1], Link { report: b.clone(), other: a.clone() });
    // the same again is nothing new, also the other way round
    let again = link(&store, &a, &b, now()).unwrap();
    assert_eq!(again.before, again.after);
    unlink(&store, &a, std::slice::from_ref(&b), now()).unwrap();
    let links = load(&store).unwrap();
    assert_eq!((links.together.len(), links.apart.len()), (1, 0), "their names are not alike: nothing to keep apart");
    let left = store.text(Path::new(FILE)).unwrap().unwrap();
    assert!(left.starts_with(own), "{left}");
    assert!(matches!(link(&store, &a, &a, now()), Err(LinksError::Itself)));
}

#[test]
fn what_looks_alike_can_be_put_apart_and_together_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let (a, b) = (report("Kadebeeld 2023", 2023, "a.md"), report("Kadebeeld 2024", 2024, "b.md"));
    unlink(&store, &b, std::slice::from_ref(&a), now()).unwrap();
    assert_eq!(load(&store).unwrap().apart, [Link { report: b.clone(), other: a.clone() }]);
    link(&store, &b, &a, now()).unwrap();
    let links = load(&store).unwrap();
    assert_eq!((links.together.len(), links.apart.len()), (1, 0));
    // another file of the same name and year is named by it too; another year is not
    assert!(names(&links.together[0].report, &ReportRef { edition: None, file: "c.pdf".into(), ..b.clone() }));
    assert!(!names(&links.together[0].report, &ReportRef { edition: None, year: Some(2025), ..b }));
}

#[test]
fn a_file_that_is_not_understood_is_never_touched() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let path = dir.path().join(FILE);
    for broken in ["[[link]\n", "link = 3\n"] {
        std::fs::write(&path, broken).unwrap();
        assert!(matches!(load(&store), Err(LinksError::Broken(_))));
        let (a, b) = (report("A", 2023, "a.md"), report("B", 2024, "b.md"));
        assert!(link(&store, &a, &b, now()).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
    }
}
