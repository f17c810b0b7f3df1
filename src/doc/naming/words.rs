//! The words that names of reports are made of besides what they are about, folded (lower case, without accents).

/// Words that carry nothing.
pub(super) const STOP: &[&str] = &[
    "a", "aan", "als", "an", "and", "at", "bij", "by", "d", "dd", "de", "den", "der", "des", "door", "een", "en",
    "for", "from", "het", "in", "jaar", "met", "naar", "of", "om", "on", "onze", "op", "over", "per", "s", "te", "the",
    "to", "tot", "uit", "van", "voor", "with", "year",
];

/// What a paper can be called while that says nothing of which one it is, also among those of one publisher.
pub(super) const EMPTY: &[&str] = &[
    "aanbieding",
    "aanbiedingsbrief",
    "advies",
    "analyse",
    "annex",
    "appendix",
    "attachment",
    "bericht",
    "beslisnota",
    "bijlage",
    "bijlagen",
    "brief",
    "deel",
    "deelrapport",
    "document",
    "eindrapport",
    "eindrapportage",
    "eindverslag",
    "evaluatie",
    "evaluatierapport",
    "evaluation",
    "factsheet",
    "final",
    "inhoud",
    "inleiding",
    "kabinetsreactie",
    "kamerbrief",
    "kamerstuk",
    "letter",
    "managementsamenvatting",
    "memo",
    "nota",
    "notitie",
    "onderzoek",
    "onderzoeksrapport",
    "onderzoeksverslag",
    "part",
    "persbericht",
    "rapport",
    "rapportage",
    "reactie",
    "report",
    "research",
    "response",
    "samenvatting",
    "stuk",
    "stukken",
    "study",
    "summary",
    "toelichting",
    "tussenrapport",
    "tussenrapportage",
    "verslag",
    "voorwoord",
];

/// What a paper that comes every year is called. With its publisher that names it; without it does not.
pub(super) const PERIODIC: &[&str] = &[
    "annual",
    "begroting",
    "jaarbericht",
    "jaarbeeld",
    "jaarbrief",
    "jaarcijfers",
    "jaarplan",
    "jaarrapport",
    "jaarrapportage",
    "jaarrekening",
    "jaarstukken",
    "jaaroverzicht",
    "jaarverantwoording",
    "jaarverslag",
    "kwartaalbericht",
    "kwartaalrapportage",
    "maandrapportage",
    "staat",
    "stand",
    "yearbook",
    "yearly",
];

/// What else is said of papers that many publishers bring out.
pub(super) const GENERIC: &[&str] = &[
    "activiteiten",
    "agenda",
    "barometer",
    "beleid",
    "beleidsplan",
    "benchmark",
    "beeld",
    "bedrijfsvoering",
    "cijfers",
    "dienstverlening",
    "facts",
    "feiten",
    "figures",
    "financieel",
    "implementation",
    "jaarlijkse",
    "knelpunten",
    "knelpuntenbrief",
    "knelpuntenrapportage",
    "kerncijfers",
    "maatschappelijk",
    "meerjarenplan",
    "meting",
    "monitor",
    "operations",
    "overzicht",
    "plan",
    "programma",
    "progress",
    "raming",
    "review",
    "signalen",
    "signalenbrief",
    "signalering",
    "sociaal",
    "state",
    "stavaza",
    "strategie",
    "strategy",
    "terugblik",
    "toezicht",
    "trends",
    "uitvoering",
    "uitvoeringsbrief",
    "uitvoeringsplan",
    "uitvoeringstoets",
    "update",
    "verantwoording",
    "visie",
    "voortgang",
    "voortgangsbericht",
    "voortgangsbrief",
    "voortgangsrapport",
    "voortgangsrapportage",
    "vooruitblik",
    "werkplan",
    "wetgeving",
    "zaken",
];

/// Months, Dutch and English.
pub(super) const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan"],
    &["februari", "february", "feb"],
    &["maart", "march", "mrt"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["augustus", "august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// Numbers as words, from the first on.
pub(super) const ORDINALS: [&[&str]; 12] = [
    &["eerste", "first"],
    &["tweede", "second"],
    &["derde", "third"],
    &["vierde", "fourth"],
    &["vijfde", "fifth"],
    &["zesde", "sixth"],
    &["zevende", "seventh"],
    &["achtste", "eighth"],
    &["negende", "ninth"],
    &["tiende", "tenth"],
    &["elfde", "eleventh"],
    &["twaalfde", "twelfth"],
];

/// Parts of a year that are counted.
pub(super) const PERIODS: &[&str] = &["halfjaar", "kwartaal", "quarter", "semester", "tertaal", "trimester"];

/// Seasons, in the order of the year.
pub(super) const SEASONS: [&[&str]; 4] =
    [&["voorjaar", "lente", "spring"], &["zomer", "summer"], &["najaar", "herfst", "autumn"], &["winter"]];

/// What is numbered from one time it comes out to the next.
pub(super) const ISSUES: &[&str] = &["edition", "editie", "jaargang", "uitgave"];

/// What is numbered from one state of the same to the next.
pub(super) const VERSIONS: &[&str] = &["druk", "release", "revisie", "v", "versie", "version"];

/// Papers of which a numbered one follows the one before; unlike the words above they stay part of the name.
pub(super) const SERIAL: &[&str] = &[
    "meting",
    "monitor",
    "peiling",
    "rapportage",
    "voortgangsbericht",
    "voortgangsbrief",
    "voortgangsrapport",
    "voortgangsrapportage",
];

/// What a draft is called.
pub(super) const DRAFT: &[&str] = &["concept", "conceptversie", "draft", "ontwerpversie"];

/// What the last version is called.
pub(super) const FINAL: &[&str] = &["def", "definitief", "definitieve", "eindversie", "final", "finale"];

/// What a version is called that came in place of another.
pub(super) const CORRECTED: &[&str] = &[
    "aangepast",
    "aangepaste",
    "aangevuld",
    "aangevulde",
    "bijgewerkt",
    "bijgewerkte",
    "corrected",
    "geactualiseerd",
    "geactualiseerde",
    "gecorrigeerd",
    "gecorrigeerde",
    "gewijzigd",
    "gewijzigde",
    "herzien",
    "herziene",
    "rectificatie",
    "rev",
    "revised",
    "updated",
    "verbeterd",
    "verbeterde",
];

/// Ends of words after which a year belongs to the name of a law.
pub(super) const LAWS: &[&str] =
    &["act", "besluit", "regeling", "richtlijn", "statuut", "verdrag", "verordening", "wet", "wetboek"];

/// Words after which a year is a goal, or what is looked ahead to.
pub(super) const GOALS: &[&str] = &[
    "agenda",
    "doelen",
    "doelstellingen",
    "goals",
    "horizon",
    "koers",
    "naar",
    "nederland",
    "perspectief",
    "richting",
    "strategie",
    "strategy",
    "toekomst",
    "tot",
    "towards",
    "until",
    "visie",
    "vision",
];

/// Words that only lead to a year: they go with it.
pub(super) const BEFORE_YEAR: &[&str] = &[
    "anno",
    "boekjaar",
    "d",
    "dd",
    "editie",
    "edition",
    "for",
    "fy",
    "het",
    "in",
    "jaar",
    "jaargang",
    "of",
    "over",
    "per",
    "the",
    "van",
    "verslagjaar",
    "voor",
    "year",
];
