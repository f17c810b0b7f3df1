//! What sentences of made-up reports are grown from: three grammars, one for the open half and two for the other. A name
//! in braces stands for one of its alternatives, with a capital for one that begins a sentence.

/// A grammar: names with their alternatives, parted by bars.
pub type Grammar = &'static [(&'static str, &'static str)];

/// Dutch, about markets and standplaatsen.
pub const MARKETS: Grammar = &[
    (
        "zin",
        "{Dienst} kreeg in {jaar} {nn} {aanvragen} voor {een plek} en handelde daarvan {pct} binnen de termijn af.|\
         {Aanvragen} blijven gemiddeld {n} weken liggen, omdat {oorzaak}.|\
         Zolang {oorzaak}, kan {dienst} {een plek} niet {verlenen}.|\
         {Gemeente} heeft {het plan} op {datum} vastgesteld, maar {oorzaak}.|\
         Volgens {art} moet {kramer} {een bewijs} kunnen tonen, ook als {oorzaak}.|\
         In {jaar} betaalden {kramers} samen {bedrag} aan {geld}.|\
         {Kramers} klagen dat {klacht}.|\
         {Dienst} heeft {gemeente} gevraagd om {het plan} te {herzien}.|\
         Van de {nn} {kramers} heeft {pct} geen {bewijsstuk} bij zich.|\
         Wie {een plek} zoekt, wacht {tijd} en weet {vaak} niet waarom.|\
         {Gemeente} en {gemeente2} rekenen ieder hun eigen {geld}.|\
         {Vaak} ontbreekt {middel}, zodat {gevolg}.|\
         {Het middel} is {toestand} en wordt {tijd2} vervangen.|\
         Sinds {datum} geldt {art} ook voor {kramers} die {bezigheid}.|\
         {Kramers} die {bezigheid}, vallen buiten {het plan}.|\
         Het toezicht op {zaak} kost {bedrag} per jaar en levert {weinig} op.|\
         {Persoon} noemde {zaak} bij de opening van de markt in {plaats} {oordeel}.|\
         {Dienst} telde in {plaats} {n} keer {voorval} en in {plaats2} {n} keer.|\
         {Dienst} verwacht dat {gevolg} zodra {voorwaarde}.|\
         De proef in {plaats} duurde {n} maanden en kostte {bedrag}.|\
         Aan de proef in {plaats} deden {n} {kramers} mee die {bezigheid}.|\
         {Gemeente} wil {middel} delen met {gemeente2}, mits {voorwaarde}.|\
         Hierdoor {gevolgt} en {gevolgt2}.|\
         Over {zaak} bestaat tussen {dienst} en {gemeente} {tijd} verschil van mening.|\
         {Vaak} is onduidelijk wie {zaak} betaalt.|\
         Uit onderzoek onder {nn} {kramers} blijkt dat {klacht}.|\
         {Zaak} vraagt om {een aanpak} die {kramers} begrijpen.|\
         Wij stellen voor {zaak} vanaf {jaar} onder te brengen bij {gemeente}.|\
         Tot {datum} mocht {kramer} zonder {bewijsstuk} op {plaats} staan.|\
         Een eerdere poging om {zaak} te regelen strandde in {jaar} op {geld}.",
    ),
    (
        "dienst",
        "de Dienst Marktwezen Oostrand|de Dienst Markten en Kermissen|het Bureau Standplaatsen|de Keurkamer Waag en Kraam|\
         de Dienst Publieke Pleinen|het Marktbureau Laagveen",
    ),
    (
        "gemeente",
        "de gemeente Warmerdrecht|de gemeente Hoogezijl|de gemeente Ruurbeek|de gemeente Tolhorst|de gemeente Sint Aldert|\
         de gemeente Vlierwijk|de gemeente Meerkerke|de gemeente Oudezand",
    ),
    (
        "gemeente2",
        "de gemeente Kleverskerk|de gemeente Borgdal|de gemeente Nijenrade|de gemeente Ketelmeer|de gemeente Windhuizen",
    ),
    ("plaats", "Warmerdrecht|Hoogezijl|Tolhorst|Vlierwijk|Meerkerke|Oudezand|Ruurbeek|Ganzevoort|Pijnacker Oost"),
    ("plaats2", "Borgdal|Nijenrade|Windhuizen|Kleverskerk|Zilverhaven|Aarlebroek|Drieschoten"),
    ("persoon", "Marktmeester Douwe Hiemstra|Wethouder Nel Brandsma|Voorzitter Ahmed Tazi|Directeur Lotte van Rhee"),
    (
        "aanvragen",
        "aanvragen|verzoeken|meldingen|bezwaren|aanmeldingen|inschrijvingen|brieven van omwonenden|spoedaanvragen",
    ),
    (
        "een plek",
        "een vaste plek|een dagplaats|een staanplaats aan de haven|een plek voor een viskraam|een kiosk bij het station|\
         een plek op de zaterdagmarkt|een seizoensplek|een plaats voor een draaimolen",
    ),
    ("verlenen", "toewijzen|vrijgeven|verlengen|verhuren|intrekken|aanbieden"),
    (
        "oorzaak",
        "het register is verouderd|de keurmeester ziek is|het systeem {n} keer per week uitvalt|niemand de stroomkasten beheert|\
         de regels van {gemeente} afwijken|er te weinig meters zijn geijkt|het archief in {plaats} verhuist|\
         de brandweer eerst moet adviseren|de loting telkens wordt overgedaan|het bestemmingsplan iets anders zegt|\
         de tekeningen van het plein ontbreken|de sleutels van de putten zoek zijn|er {n} vacatures openstaan|\
         de leverancier het contract heeft opgezegd|de kaart met kramen op papier staat",
    ),
    (
        "het plan",
        "het pleinenplan|het kermisbesluit|de marktverordening|de nota kramen|het inrichtingsplan|de lijst met stroompunten|\
         het branchebesluit|de wachtlijst|het rooster",
    ),
    ("kramer", "een kramer|een bloemist|een visverkoper|een kermisklant|een standwerker|een kaashandelaar"),
    (
        "kramers",
        "kramers|standwerkers|bloemisten|kermisklanten|marktkooplui|visverkopers|poffertjesbakkers|houders van een kiosk",
    ),
    ("een bewijs", "een bewijs van inschrijving|een geldige pas|een keurmerk|een polis|een weegbrief"),
    ("bewijsstuk", "pas|keurbrief|weegbrief|ontheffing|polis|kwitantie"),
    ("geld", "staangeld|stroomkosten|precariobelasting|reinigingsgeld|leges|waarborgsommen"),
    (
        "klacht",
        "de putten te diep liggen|de weegbrug op maandag dicht is|het staangeld onverwacht is verhoogd|de loting oneerlijk verloopt|\
         zij hun plek kwijtraken na een ziekte|de wagens te breed zijn voor de nieuwe straten|er nergens water is|\
         dezelfde papieren {n} keer worden gevraagd|het toezicht pas na de middag komt|de afvalbakken overvol zijn",
    ),
    ("herzien", "herzien|verlengen|intrekken|toelichten|vereenvoudigen|vertalen|publiceren"),
    ("tijd", "al {n} maanden|sinds {jaar}|een half seizoen|meer dan {n} weken|soms jaren"),
    ("tijd2", "pas na {n} jaar|volgend voorjaar|voor het einde van {jaar}|stukje bij beetje|zo snel het kan"),
    ("vaak", "vaak|meestal|in veel dorpen|op drukke dagen|tegen sluitingstijd|na een storm|in de winter"),
    (
        "middel",
        "een geijkte weegschaal|een sleutel van de meterkast|het logboek|een plattegrond|een tolk|een tweede keurmeester|\
         een aansluiting op het riool|een reservekraam",
    ),
    (
        "het middel",
        "de weegbrug|het register|de stroomkast aan de kade|het keurlokaal|de app voor de loting|de wachtlijst|het toiletgebouw",
    ),
    (
        "toestand",
        "verroest|afgekeurd|te klein|half af|al lang versleten|niet meer te repareren|dubbel verhuurd|onvindbaar",
    ),
    (
        "gevolg",
        "de markt een uur later begint|{kramers} thuisblijven|de wachtlijst {n} keer zo lang wordt|omwonenden gaan bellen|\
         {gemeente} inkomsten misloopt|de kermis naar {plaats} verhuist|er dubbel wordt betaald|de keuring uitloopt",
    ),
    (
        "bezigheid",
        "alleen in de zomer komen|met een bakfiets rondgaan|buiten de ring verkopen|hun waar laten bezorgen|\
         een kraam delen|in twee gemeenten tegelijk staan|met stoom werken|levende dieren verkopen",
    ),
    (
        "zaak",
        "het ijken van weegschalen|het schoonmaken van het plein|de loting|het toewijzen van stroompunten|de veiligheid van draaimolens|\
         het parkeren van wagens|de opslag van kramen|het innen van staangeld|het keuren van gasflessen",
    ),
    ("weinig", "weinig|niets|meer vragen dan antwoorden|nog geen kwart daarvan|alleen papier"),
    ("oordeel", "een hoofdpijndossier|een zegen|onverantwoord|een kwestie van geduld|te duur voor wat het oplevert"),
    (
        "voorval",
        "een lekke gasfles|een omgewaaide kraam|een kapotte stekker|een ruzie om een plek|een ongeijkte weegschaal",
    ),
    (
        "voorwaarde",
        "de kade is opgehoogd|{gemeente} meebetaalt|het register klopt|de brandweer akkoord is|er stroom ligt|de wet is aangepast|\
         de proef in {plaats} slaagt",
    ),
    (
        "gevolgt",
        "loopt de keuring uit|blijft de wachtlijst groeien|staan kramen leeg|vertrekken bloemisten naar {plaats}",
    ),
    ("gevolgt2", "komt er minder staangeld binnen|wordt het plein vuiler|gaat kennis verloren|neemt de ergernis toe"),
    ("een aanpak", "een aanpak|een taal|een volgorde|een tarief|een loket|een kaart"),
    (
        "kop",
        "Wachten op {een plek}|Toezicht op {zaak}|Wat {kramers} merken|Geld en {geld}|{Het plan} in de praktijk|Gebrek aan {middel}|\
         Samen met {gemeente}|Stand van {zaak}|Lessen uit {plaats}|Vragen over {zaak}",
    ),
    (
        "punt",
        "{middel} voor elke markt|een besluit over {zaak}|{bedrag} voor {het middel}|minder regels rond {zaak}|inzicht in {geld}",
    ),
];

/// Dutch, about shelters and allotments; other words, other shapes of sentences.
pub const GARDENS: Grammar = &[
    (
        "zin",
        "Op {datum} besloot {college} om {terrein} te sluiten, hoewel {tegen}.|\
         {Terrein} telt {n} percelen en een wachtlijst van {nn} namen.|\
         Er is geen {voorziening} op {terrein}, waardoor {tuinders} {doen}.|\
         {Instelling} ving in {jaar} {nn} {dieren} op, {meer} dan het jaar ervoor.|\
         De subsidie van {bedrag} dekt {deel} van de kosten van {voorziening}.|\
         {Instelling} mag op grond van {art} geen {dieren} plaatsen zonder {papier}.|\
         Dat {tegen}, komt doordat {instelling} {verzuim}.|\
         {Tuinders} moeten sinds {jaar} zelf zorgen voor {voorziening}.|\
         Bij {n} van de {nn} controles trof de inspecteur {dieren} aan in {slecht}.|\
         {Voorziening} ligt op {terrein} al {n} jaar {slecht2}.|\
         {College} heeft nooit gereageerd op het voorstel om {voorstel}.|\
         {Persoon} vertelde ons dat {tegen}.|\
         Een dierenarts kost {bedrag} per {periode}, en die rekening gaat naar {betaler}.|\
         {Instelling} schrijft dat {tegen}, maar {betaler} spreekt dat tegen.|\
         Wanneer {tegen}, verliest {betaler} {n} plaatsen.|\
         In {dorp} werkt het anders: daar {doen2} {tuinders}.|\
         Het verschil tussen {dorp} en {dorp2} is {periode} gegroeid.|\
         Zonder {papier} kan {betaler} de {dieren} alleen tijdelijk onderbrengen.|\
         {Tuinders} in {dorp} oogsten twaalf maanden per jaar, die in {dorp2} hooguit zeven.|\
         {Art} gaat uit van {voorziening}, terwijl {tegen}.|\
         Hoeveel {dieren} er jaarlijks zoekraken weet {betaler} niet precies.|\
         Onze voorkeur gaat uit naar {voorstel2}.|\
         De huur van {terrein} stijgt op {datum} naar {bedrag}.|\
         {Betaler} en {instelling} spraken af dat {voorstel3}.|\
         Uit de boeken blijkt dat {instelling} {bedrag} te weinig kreeg.|\
         Pas als {voorstel3}, heeft {voorziening} zin.",
    ),
    (
        "college",
        "het college van Zwaluwe|de raad van Eemsloot|het bestuur van Polder Langerak|het college van Dorsten|de raad van Haspelveen",
    ),
    (
        "instelling",
        "Stichting De Hoge Stal|Opvang Vierpoot|de Vereniging Moestuin Nederland|het Landelijk Dierenloket (LDL)|\
         de Raad voor Volkstuinen (RVT)|Asiel Het Zonnehok|de Egelwacht|het Instituut Bij en Bloem (IBB)",
    ),
    (
        "betaler",
        "het LDL|de RVT|het IBB|de penningmeester|de verhuurder|de provincie Waddenland|het waterschap De Linge Noord|de eigenaar",
    ),
    (
        "terrein",
        "volkstuin De Vergulde Spade|het complex achter de gashouder|tuinpark Nieuwe Akker|de strook langs het spoor|\
         volkstuin Ons Belang|het terrein van de oude kwekerij|tuinpark De Pimpelmees",
    ),
    ("tuinders", "tuinders|huurders|vrijwilligers|bewoners van de wijk|gezinnen met een perceel|imkers|verzorgers"),
    (
        "voorziening",
        "stromend water|een quarantaineruimte|een tweede hek|de composthoop|verlichting langs het pad|een meldpunt|de kippenren|\
         een spoelplaats|de kas|het ringslangenverblijf",
    ),
    (
        "doen",
        "emmers uit de sloot halen|in het donker werken|hun oogst verliezen|naar een ander park trekken|zelf een put slaan",
    ),
    ("doen2", "delen|bouwen|ruilen|sparen|beslissen|betalen"),
    ("dieren", "egels|katten|konijnen|ganzen|schildpadden|papegaaien|geiten|zwerfhonden|bijenvolken|marters"),
    ("meer", "een derde meer|{n} minder|bijna evenveel|{pct} meer|twee keer zoveel"),
    ("deel", "{pct}|een kwart|de helft|nauwelijks een tiende|het grootste deel"),
    ("papier", "chip|entboekje|overdrachtsverklaring|vergunning|bodemrapport|handtekening van de eigenaar"),
    (
        "tegen",
        "er een wachtlijst is|het hek al drie keer is vernield|de grond vervuild blijkt|het contract nog loopt|de buren klagen over hanen|\
         niemand de sleutel heeft|de bijen de winter hebben overleefd|de stal voor {n} dieren is gebouwd|\
         de dierenarts met pensioen is|de chip niet uitgelezen wordt|de huurders bezwaar maken|het grondwater stijgt",
    ),
    (
        "verzuim",
        "geen telefonist heeft|zijn register niet bijhoudt|te laat factureert|alleen op donderdag open is|op {n} plaatsen tegelijk bouwt|\
         de regels anders leest|nooit een dierenarts heeft aangesteld",
    ),
    ("slecht", "te kleine hokken|een natte kelder|een schuur zonder ramen|kratten van karton|een verlaten bus"),
    ("slecht2", "open|vol puin|onder water|half afgebouwd|te wachten op keuring|buiten gebruik"),
    (
        "voorstel",
        "de tuinen te verplaatsen|een fonds op te richten|chippen verplicht te stellen|de pacht te verlagen|een bijenlint aan te leggen",
    ),
    (
        "voorstel2",
        "één landelijk register|een vaste dierenarts per regio|pacht voor tien jaar|hokken die meegroeien|een meldplicht voor vondsten",
    ),
    (
        "voorstel3",
        "de pacht gelijk blijft|elke vondst binnen {n} dagen wordt gemeld|het hek op kosten van de provincie komt|\
         chips voortaan dubbel worden gelezen|een derde de boeken controleert",
    ),
    (
        "persoon",
        "Beheerder Truus Okkema|Inspecteur Idris Belhaj|Imker Gerlof Staal|Dierenarts Fenna Wubbels|Penningmeester Joop Aarts",
    ),
    ("periode", "maand|kwartaal|seizoen|week|jaar"),
    ("dorp", "Zwaluwe|Eemsloot|Dorsten|Haspelveen|Langerak|Wierdum|Oosterlo"),
    ("dorp2", "Kattenbroek|Roggelo|Sluisdijk|Tjallinga|Benedenberg"),
    (
        "kop",
        "{Terrein}|De zorg om {dieren}|{Voorziening} en wie dat regelt|Afspraken met {instelling}|Wat {tuinders} nodig hebben|\
         Het jaar in {dorp}|Rond {art}|Kosten van {voorziening}|Waarom {dieren} blijven komen",
    ),
    (
        "punt",
        "{voorstel2}|{bedrag} voor {voorziening}|overleg met {betaler}|ruimte voor {n} {dieren}|een eerlijk deel voor {tuinders}",
    ),
];

/// English, about paths and ferries.
pub const PATHS: Grammar = &[
    (
        "zin",
        "{Body} received {nn} {requests} in {jaar} and settled {pct} of them on time.|\
         {Requests} wait {n} weeks on average because {cause}.|\
         As long as {cause}, {body} cannot {act} {asset}.|\
         Under {art}, {owner} must keep {asset} open, even where {cause}.|\
         {Owner} paid {bedrag} for {asset} and has not been repaid.|\
         On {datum} {council} decided to {act} {asset}.|\
         There is no {tool} for {asset}, so {effect}.|\
         {Walkers} report that {complaint}.|\
         The budget of {bedrag} covers {share} of what {asset} costs.|\
         {Council} never replied to the letter about {asset}.|\
         Without {tool}, {walkers} {effect2}.|\
         {Person} told us that {complaint}.|\
         Of the {nn} {stiles} we inspected, {n} were {state}.|\
         {Body} has asked {council} for {tool} since {jaar}.|\
         {Asset} was {state} for {n} months, and {effect}.|\
         Responsibility for {asset} is split between {body} and {council}.|\
         In {town} the rules are different: there {walkers} {effect2}.|\
         We expect that {effect} once {condition}.|\
         {Walkers} should not have to explain {asset} to {body} twice.|\
         Two inspectors cover {town}, and neither of them has {tool}.|\
         The trial in {town} lasted {n} months and cost {bedrag}.|\
         If {condition}, {pct} of the {requests} would disappear.",
    ),
    (
        "body",
        "the Office of Rural Paths (ORP)|the Ferry Licensing Board|the Stile and Gate Inspectorate|the Crossings Agency (CA)|\
         the Registry of Rights of Way",
    ),
    ("council", "Hallowmere Council|Dunsby Borough|the parish of Upper Tew Green|Saltford District|Wrackham Council"),
    ("town", "Hallowmere|Dunsby|Saltford|Wrackham|Little Orrin|Penwick|Copsley"),
    ("requests", "requests|complaints|applications|reports of damage|claims|appeals"),
    (
        "cause",
        "the map is out of date|the ferryman has retired|nobody owns the jetty|the survey of {jaar} was lost|the bridge is too low|\
         the two registers disagree|{n} posts are vacant|the landowner lives abroad|the signs were stolen|the form asks for the wrong deed",
    ),
    ("act", "reopen|close|repair|register|widen|hand over|insure|inspect"),
    (
        "asset",
        "the towpath at {town}|the chain ferry|the footbridge near {town}|the old drove road|the landing stage|the coastal path|\
         the stepping stones|the night crossing",
    ),
    ("owner", "the landowner|the tenant|a farmer|the ferry company|the parish|a riding school"),
    ("tool", "insurance|spare cable|a second boat|a working winch|a current map|a written agreement|clear signs"),
    (
        "effect",
        "walkers turn back|the ferry stays moored|the school bus takes the long way|{council} loses income|tourists ring the police|\
         cattle stray onto the path|the claim goes to court",
    ),
    (
        "effect2",
        "use the main road|climb the fence|wait for the tide|pay for their own signs|go without|walk through the crops",
    ),
    ("walkers", "walkers|riders|commuters|anglers|cyclists|villagers|ferry crews"),
    (
        "complaint",
        "the gate is locked at dusk|the stile has collapsed|the timetable changes every week|the path floods in spring|\
         the dog at the farm is loose|the ticket machine only takes coins|nobody answers the telephone",
    ),
    ("share", "{pct}|a quarter|half|barely a tenth|most"),
    ("person", "Inspector Maud Larkin|Councillor Owen Treharne|Ranger Sita Bhandari|Harbour Master Colm Doyle"),
    ("stiles", "stiles|gates|jetties|signposts|footbridges"),
    ("state", "broken|missing|under water|closed|beyond repair|wrongly marked|unsafe"),
    (
        "condition",
        "the registers are merged|{council} agrees to pay|the cable is replaced|the law is amended|a second crew is trained",
    ),
    (
        "kop",
        "The state of {asset}|Waiting for {tool}|What {walkers} notice|Working with {council}|Paying for {asset}|\
         Lessons from {town}|Handling {requests}|Why {asset} matters",
    ),
    (
        "punt",
        "{tool} for every crossing|{bedrag} for {asset}|a decision about {asset}|fewer {requests}|a hearing with {council}",
    ),
];
