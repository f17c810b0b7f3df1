//! Lists that the lexicon is made with: what begins or ends words without being a part of them.

/// Words of three letters that compounds are made of. Others are found in too many words they have nothing to do with.
const SHORT: &str = "
    arm bad bed bod bos bus dag dak dam eed eis erf gas gif hal hek hof ijs jas kas kip koe lab les lid map net nul
    oog pad pil rij rol sap som tak tas tip top vak vat vee vis web weg wet zee zon
";

/// Particles, prefixes and such: they make one word with what follows.
const NO_BEGINNING: &str = "
    aaneen achter alle allen aller alles ander anders bijeen binnen boven buiten daar dood door eender eerst even
    goed heel heen hier ineen kwijt langs langst linea mede meer meest naar neer niet omhoog omlaag onder onze open
    over overeen overeenkom rond rondom samen stil tegemoet tegen tegens teneinde teniet terecht terug thans tussen
    uiteen vast veel voor vooraf voort voorts vooruit vrij waar weer wijs zeer zelf zich
";

/// Endings that happen to be words, and words that only end others.
const NO_END: &str = "
    aard aardig aardige achtig achtige baar baars bare delijk dom door eert elijk ende eren gewijs halve heden heid
    heids jarig jarige kundig kundige laar lende lijk lijke lijken lijks ling loos loosheid loze lozen maal malen
    mate matig matige matigheid naar over rijk rijke rijker rijkst rijkste schap schappelijk schappelijke
    schappelijkheid schappen sten ster sters tallen teit tijds uren vol volle voor voud voudig voudige waard waardig
    waardige waarts wijs zaam zakelijk zakelijke zakelijkheid zame zijds
";

/// Forms of the verbs that make one verb with a noun before them (*plaatsvinden*, *kennisgeving*, *deelnemers*).
const NO_END_OF_VERBS: &str = "
    bracht brachten brengen brengt deed doen doet gaan gaat gaf gaven gebracht gedaan geef geeft gegaan gegeven
    gehouden gekomen gelegd gemaakt gemaakte genomen gesteld gestelde geven gevend gevende gever gevers geving
    gevingen gevonden gezet gezien ging gingen hield hielden houd houden houdend houdende houding houdingen houdt
    kom komen komend komende komt kwam kwamen legde leggen legt maakt maakte maakten maken makend makende nam neem
    neemt nemen nemend nemende nemer nemers neming stelde stelden stellen stellend stellende stelt vind vinden vindt
    vond vonden zetten zien ziet
";

/// Beginnings of words that look like compounds, or once were, and mean something else than their parts.
const ONE_WORD: &str = "
    boekhoud deelname geheimhoud handelaar hoofdstuk huishoud internet kabinet kantoor knelpunt landbouw leeftijd
    maatregel minister moment netwerk noodzak paspoort rechtspraak slachtoffer steekproef tijdstip
";

/// What may follow such a beginning.
const INFLECTIONS: &str = "
    e elijk elijke elijkheid elijks elijkse elen en end ende er ers ie ieel iele ies ing ingen je jes ken pen s ster
    ten
";

/// Whether a list word may begin a compound or stand in the middle of one.
pub fn may_begin(word: &str) -> bool {
    long_enough(word) && !has(NO_BEGINNING, word)
}

/// Whether a list word may end a compound.
pub fn may_end(word: &str) -> bool {
    long_enough(word) && !has(NO_END, word) && !has(NO_END_OF_VERBS, word)
}

/// Whether a word is known to be one, however it looks: alone, inflected or with an ending.
pub fn is_one(word: &str) -> bool {
    let with = |w: &str| word.strip_prefix(w).is_some_and(|end| end.is_empty() || has(INFLECTIONS, end));
    ONE_WORD.split_whitespace().any(with)
}

fn long_enough(word: &str) -> bool {
    word.len() > 3 || has(SHORT, word)
}

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}
