//! Lists that the lexicon is made with: what begins or ends words without being a part of them.

/// Words of three letters that compounds are made of. Others are found in too many words they have nothing to do with.
const SHORT: &str = "
    arm bad bed bio bod bom bon bos bus cel dag dak dam eed eis erf gas gif gok hal hek hof hok ijs jas kap kas kip
    koe lab les lid map mei net nul oog pad pil pin rij rit rol sap som tak tas tip tol top uur vak vat vee vis web
    weg wet zee zon
";

/// Particles, prefixes and such: they make one word with what follows.
const NO_BEGINNING: &str = "
    aaneen achter achtereen alle allen aller alles ander anders bijeen binnen boven bovenom buiten daar deuiteen
    dien dood door eender eerst even extra gelijk gewaar goed heel heen herin herover hier ineen inter kwijt langs
    langst linea mede meer meest naar neer niet omhoog omlaag onder onders onze open opens over overeen overeenkom
    overs priori rechtst rond rondom samen stil techno tegemoet tegen tegens teneinde teniet terecht terug thans
    trans tussen uiteen vanzelf vast veel vers verst voor vooraf vooronder voorst voort voorts vooruit voren vrij
    waar weder weer wijs zeer zelf zich
";

/// Endings that happen to be words, and words that only end others.
const NO_END: &str = "
    aangaande aard aarden aardig aardige aars achtig achtige anten anter aren baar baars bare bio borgd borgde
    delijk dingen dom door eerde eerden eert elijk ende eren gaand gaande gelaten genoot genote genoten gewijs halve
    hebbend hebbende heden heid heids ijgen isme ismen ismes jarig jarige jarigen jarigheid kap kende kenden kundig
    kundige laar lange lende levenden lijk lijke lijken lijks ling logisch logische loos loosheid lopend lopende
    loze lozen maal malen manschap mate matig matige matigen matiger matigheid mei merkt merkte merkten metrisch
    metrische naal naar nale natie naties natives oren over pees pin rijk rijke rijker rijkst rijkste ring ringen
    rissen schap schappelijk schappelijke schappelijkheid schappen slaagd slaagt slaging slagingen sluitend
    sluitende sprekend sprekende staand staande sten ster sters taand taande tallen teit terend terende tering
    tijdig tijdige tijdigheid tijds tijgen treffend treffende treffendheid uren uur vaardig vaardigd vaardigde
    vaardigden vaardige vaardiger vesten vesting vol volgend volgende volle voor vormig vormige voud voudig voudige
    vullend vullende waard waardig waardige waardigheid waarts werkelijk werkelijke werkelijkheid wijs zaam zakelijk
    zakelijke zakelijkheid zame zettend zettende zijds
";

/// Forms of the verbs that make one verb with a noun before them (*plaatsvinden*, *kennisgeving*, *deelnemers*).
const NO_END_OF_VERBS: &str = "
    bleef blijft blijven bracht brachten brengen brengt deed doen doet draagt dragen dragend dragende droeg droegen
    gaan gaat gaf gaven gebleven gebracht gedaan gedragen geef geeft gegaan gegeven gehaald gehouden gekomen gelegd
    gemaakt gemaakte genomen gesteld gestelde geven gevend gevende gever gevers geving gevingen gevonden gezet
    gezien ging gingen haalde haalden haalt halen hield hielden houd houden houdend houdende houding houdingen houdt
    kom komen komend komende komt kwam kwamen laat laten legde leggen legt liet lieten maakt maakte maakten maken
    makend makende nam neem neemt nemen nemend nemende nemer nemers neming stelde stelden stellen stellend stellende
    stelt vind vinden vindt vond vonden zetten zien ziet
";

/// Beginnings of words that look like compounds, or once were, and mean something else than their parts.
const ONE_WORD: &str = "
    belangstelling bestanddeel bijzonder bladzijde boekhoud bondgeno brandweer burgemeester dagvaarding deelname
    draagvlak driehoek dwangsom echtgeno geheimhoud geloofwaardig geneesmiddel grondslag handelaar handelwijze
    handhaaf handhaafbaar handhave handleiding handtekening handvest hartslag hoofdstuk hoofdzaak hoogleraar
    huishoud infrastructuur internet kabinet kantoor knelpunt koophandel landbouw leeftijd leergang leidraad
    maatregel maatwerk merendeel middelpunt minister moment netwerk noodzaak noodzak notaris oogpunt paragra
    paspoort raadple rechtbank rechtspraak rechtstreeks rechtvaardig richtlijn richtsnoer slachtoffer speelgoed
    standaard standpunt steekproef stilzwijg tijdschrift tijdstip uitgangspunt volgorde vraagstuk waterstaat
    werkgelegenheid wethouder willekeur woordvoerder zelfmoord
";

/// What may follow such a beginning.
const INFLECTIONS: &str = "
    aaf aard aarden af ban de den e elen elijk elijke elijkheid elijks elijkse en end ende er ers fen gen ger heden
    heid ie ieel iele ies ig ige in ing ingen je jes ken lijk lijke pen s slag st sten ster te ten
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
