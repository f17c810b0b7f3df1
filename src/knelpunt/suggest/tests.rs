#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn made(title: &str, synonyms: &[&str], query: Option<&str>) -> Made {
    let synonyms = synonyms.iter().map(|s| (*s).to_owned()).collect();
    Made { title: title.into(), synonyms, query: query.map(str::to_owned), ..Made::default() }
}

#[test]
fn the_saved_query_comes_first_as_it_is() {
    let made = made("Roest", &["corrosie"], Some(" bolder* -verf jaar:2024 "));
    assert_eq!(queries(&made), ["bolder* -verf jaar:2024", "Roest OR corrosie"]);
}

#[test]
fn of_several_words_those_that_tell_something_must_be_there() {
    let made = made("Te weinig duikers in de haven", &["gebrek aan duikers", "IT op WW"], None);
    assert_eq!(queries(&made), ["(Te +weinig +duikers in de +haven) OR (+gebrek aan +duikers) OR (+IT +op +WW)"]);
}

#[test]
fn signs_in_names_mean_nothing() {
    let odd =
        made("\"Kade\" (oud): jaar:2024 -NIET/EN* ~x=y", &["", " - ", "kade-muur", "24/7", "kade-muur"], Some("  "));
    assert_eq!(queries(&odd), ["(+Kade oud +jaar +2024 +niet en x y) OR kade-muur OR (+24 +7)"]);
    assert!(queries(&made("…", &[], None)).is_empty());
}

#[test]
fn a_passage_is_known_by_sharing_words() {
    let known = [(DocId(1), TextRange::new(10, 20))];
    assert!(is_known(&known, DocId(1), TextRange::new(19, 40)));
    assert!(!is_known(&known, DocId(1), TextRange::new(20, 40)));
    assert!(!is_known(&known, DocId(2), TextRange::new(10, 20)));
}
