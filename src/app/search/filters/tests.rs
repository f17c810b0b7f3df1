#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::search::Query;
use proptest::prelude::*;

fn year(y: i32) -> Clause {
    Clause::new("year", &y.to_string())
}

#[test]
fn a_filter_goes_before_the_words_and_comes_away_again() {
    let org = Clause::new("org", "Dienst \"Sluizen\" (DS)");
    let with = toggled("sluis brug", Facet::Org, &org, Lang::Nl);
    assert_eq!(with, "org:\"Dienst Sluizen (DS)\" sluis brug");
    assert!(chosen(&with, Facet::Org)[0].same(&org));
    assert_eq!(toggled(&with, Facet::Org, &org, Lang::Nl), "sluis brug");
}

#[test]
fn several_of_one_facet_are_alternatives_and_different_facets_go_together() {
    let one = toggled("sluis", Facet::Year, &year(2023), Lang::Nl);
    let two = toggled(&one, Facet::Year, &year(2024), Lang::Nl);
    assert_eq!(two, "jaar:2023 OR jaar:2024 sluis");
    assert_eq!(Query::parse(&two).said(), []);
    let three = toggled(&two, Facet::Knelpunt, &Clause::new("knelpunt", "ds-2024.tekort"), Lang::En);
    assert_eq!(three, "knelpunt:ds-2024.tekort jaar:2023 OR jaar:2024 sluis");
    assert_eq!(without(&three, Facet::Year), "knelpunt:ds-2024.tekort sluis");
    assert_eq!(toggled(&three, Facet::Year, &year(2023), Lang::En), "knelpunt:ds-2024.tekort year:2024 sluis");
}

#[test]
fn what_the_reader_typed_counts_as_chosen_and_other_things_stay() {
    assert_eq!(chosen("sluis JAAR:2022..2024", Facet::Year), [year(2022), year(2023), year(2024)]);
    assert_eq!(toggled("sluis year:2023..2024", Facet::Year, &year(2023), Lang::En), "sluis year:2024");
    for other in ["-jaar:2024 sluis", "(jaar:2024 sluis)", "\"jaar:2024\" sluis", "sluis OR jaar:2024", "jaar:20.."] {
        assert!(chosen(other, Facet::Year).is_empty(), "{other}");
        assert_eq!(without(other, Facet::Year), other);
    }
    assert_eq!(chosen("bestand:\"a b.md\" rapport:stand", Facet::Part).len(), 2);
}

proptest! {
    #[test]
    fn any_text_survives_a_choice_and_its_opposite(text in "[a-z:\"() OR0-9é-]{0,40}") {
        let clause = year(2019);
        prop_assume!(chosen(&text, Facet::Year).is_empty());
        // an open quotation mark or parenthesis swallows nothing that stands before it
        let with = toggled(&text, Facet::Year, &clause, Lang::Nl);
        let gone = toggled(&with, Facet::Year, &clause, Lang::Nl);
        prop_assert_eq!(with.contains("jaar:2019"), true);
        if chosen(&with, Facet::Year).len() == 1 {
            prop_assert_eq!(gone.trim(), text.trim());
        }
    }
}
