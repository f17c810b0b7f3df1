#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn lists_are_in_order() {
    for list in [DUTCH, ENGLISH, COMMON, COMMON_ENGLISH] {
        assert!(list.is_sorted());
    }
    // the stems of the list are those that words have
    for word in "nieuwe jaren algemene maakt gemaakt gekregen onderdelen problemen momenteel grotere gaat verschillende
        bepaalde voorbeelden knelpunten wijze sprake laatste tweede genomen gesteld betreft gezegd gevolgen"
        .split_whitespace()
    {
        assert!(is_common_word(word), "{word}");
    }
    for word in "toezicht zorg geld mensen zaken beleid dienst regeling burger wet boete".split(' ') {
        assert!(!is_common_word(word), "{word}");
    }
}

#[test]
fn questions_are_mostly_of_such_words() {
    let little = |w: &str| is_function_word(w) || is_common_word(w);
    let question =
        "welke van de nieuwe maatregelen worden bijvoorbeeld gebruikt om het toezicht te verbeteren en waarom";
    let left: Vec<_> = question.split(' ').filter(|w| !little(w)).collect();
    assert_eq!(left, ["maatregelen", "toezicht", "verbeteren"]);
    let question = "how should the new measures be used for oversight";
    let left: Vec<_> = question.split(' ').filter(|w| !little(w)).collect();
    assert_eq!(left, ["measures", "oversight"]);
}
