# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Die skerms van 'n wag se foon: titels, knoppies, en wat hulle naas uitsprake, redes en weierings sê.

## Hoe elke skerm heet: sy kop, en die eerste wat 'n skermleser sê.

screen-opening = Gatehouse begin
screen-enrol = Skryf hierdie toestel in
screen-sign_in = Meld aan
screen-start = Begin jou skof
screen-camera = Skandeer 'n kode
screen-checking = Word nagegaan
screen-verdict = { $verdict }: { $who }
screen-walk_up_of = Sonder kode: { $who }
screen-leaving = { $who } is binne
screen-news = Die uitspraak het verander
screen-reason = Hoekom inlaat ten spyte van GEWEIER?
screen-photo = Foto van die besoeker
screen-walk_up = Besoeker sonder kode
screen-expected = Vandag verwag
screen-inside = Binne
screen-history = Hierdie skof
screen-past = Inskrywing
screen-past_of = { $who }, { $time }
screen-type_code = Tik die kode in
screen-report = Rapporteer as verdag
screen-correct = Stel hierdie besluit reg
screen-status = Stand
screen-set_pin = Stel jou PIN
screen-end_shift = Beëindig jou skof
screen-shift_over = Jou skof is verby
screen-revoked = Hierdie toestel is uit diens gestel
screen-enrol_anew = Hierdie toestel moet weer ingeskryf word
screen-storage_full = Die bergplek is vol
screen-storage_damaged = Die bergplek is beskadig
screen-salvaged = Die bergplek was beskadig en is herstel
screen-no_camera = Geen kamera
screen-newer = 'n Nuwer Gatehouse is nodig
screen-elsewhere = Gatehouse is elders oop
screen-failed = Gatehouse kan nie voortgaan nie

## Knoppies.

act-back = Terug
act-yes = Ja, dit is reg
act-no = Nee, gaan terug
act-type_code = Tik kode
act-scan_code = Skandeer dit eerder
act-check = Gaan na
act-send_code = Stuur my 'n kode
act-send_again = Stuur nog 'n kode
act-sign_in = Meld aan
act-by_code = Meld met 'n kode aan
act-other_guard = 'n Ander wag
act-unlock = Ontsluit
act-start = Begin skof
act-refresh_place = Soek weer my plek
act-torch_on = Lig aan
act-torch_off = Lig af
act-other_camera = Ander kamera
act-walk_up = Sonder kode
act-expected = Verwag
act-inside = Binne
act-history = Hierdie skof
act-status = Stand
act-end_shift = Beëindig skof
act-offline = Gaan vanlyn voort
act-leave = Laat onbeslis
act-deny = Weier
act-grant = Laat in
act-grant_hold = Hou om in te laat
act-report = Rapporteer
act-put_right = Stel reg
act-put_right_hold = Hou om reg te stel
act-departure = Vertrek
act-look = Kyk weer
act-take = Neem foto
act-retake = Neem 'n ander
act-use = Gebruik hierdie foto
act-skip = Slaan oor
act-register = Registreer
act-send = Stuur
act-with_photo = Voeg 'n foto by
act-muster = Appèl
act-muster_end = Beëindig appèl
act-sync = Stuur nou
act-retry = Probeer vasgehaktes weer
act-lock = Sluit
act-set_pin = Stel PIN
act-stay = Bly
act-settings = Maak instellings oop
act-again = Probeer weer
act-enrol_anew = Skryf weer in
act-go_on = Gaan voort

## Gewone redes om teen GEWEIER in te laat. In die joernaal staan hulle in Engels.

why-host = Die gasheer staan self in vir hom of haar
why-known = Ek ken hierdie persoon
why-document = Ek het 'n dokument gesien en die kantoor gebel
why-emergency = Nooddiens
why-fault = Die kode is foutief, en die kantoor stem saam

## Velde.

field-enrolment = Inskrywingskode
field-address = Jou e-posadres
field-digits = Kode uit die boodskap
field-pin = PIN
field-new_pin = Nuwe PIN, 6 tot 12 syfers
field-name = Besoeker se naam
field-host = Wie word besoek, indien iemand
field-visit_reason = Hoekom hulle kom
field-search = Besoeker of gasheer
field-code = Kode
field-reason = Ander rede
field-note = Wat verdag is
field-why = Waarom dit reggestel word

## Die reël wat altyd daar is.

line-site = { $site }: { $parts }
line-online = aanlyn
line-offline = vanlyn
line-offline_since = vanlyn sedert { $time }
line-waiting =
    { $count ->
        [one] { $count } wag
       *[other] { $count } wag
    }
line-data_old = hekdata verouderd
line-clock = klok nie bevestig nie
line-storage = bergplek vol
line-battery = battery { $percent } %
line-revoked = uit diens gestel
line-and = { $list }, { $item }

## Wat skerms sê.

say-enrol = Hou die inskrywingskode wat 'n administrateur jou wys voor die kamera.
say-sign_in_guards = Wie is aan diens? Kies jou naam en tik jou PIN, of meld met 'n kode aan.
say-code_sent = As { $email } 'n rekening het, is 'n kode op pad.
say-resend_in = Nog 'n kode kan oor { $wait } gestuur word.
say-locked = Hierdie toestel is gesluit. 'n Lopende skof gaan voort.
say-place_good = Hierdie toestel weet waar dit is, tot op { $metres } m.
say-place_coarse = Hierdie toestel weet net ongeveer waar dit is, tot op { $metres } m.
say-place_none = Hierdie toestel weet nog nie waar dit is nie. Sommige terreine het dit nodig.
say-no_sites = Hierdie toestel ken nog geen terrein nie. Koppel dit aan die netwerk, en probeer weer.
say-site_not_yours = Jy is nie hier toegewys nie
say-site_needs_place = Die toestel moet daar wees
say-site_marks = 'n Skof wat van hier af begin, word gemerk
distance-metres = { $metres } m
distance-tenths = { $whole },{ $tenth } km
distance-whole = { $kilometres } km
say-last_granted = { $who }: ingelaat { $time }
say-last_denied = { $who }: geweier { $time }
say-last_left = { $who }: vertrek { $time }
say-checking = Die bediener word gevra. Jy kan daarsonder voortgaan.
say-visiting = Besoek { $host }
say-used_at = Vroeër gebruik, om { $time }.
say-used_by = Vroeër gebruik, om { $time }, by { $site }. Ingelaat deur { $guard }.
say-used_site = Vroeër gebruik, om { $time }, by { $site }.
say-used_elsewhere = Vroeër gebruik, om { $time }, op 'n ander foon.
say-revoked_result = Hierdie toestel is uit diens gestel: niks wat dit bevind is beter as PASOP nie.
say-again = Vroeër geskandeer en nog nie beslis nie.
say-reported = Gerapporteer. Administrateurs sien dit sodra dit die bediener bereik.
say-departure = Tik Vertrek as hierdie besoeker nou gaan. As hulle weer inkom, tik Vertrek en skandeer dan nog eens.
say-news = Iets is geleer terwyl jy gekyk het, en wat jy gesien het, tel nie meer nie.
say-hold = Kies 'n rede of skryf een, en hou dan die knoppie vir 'n sekonde.
say-photo_required = Hierdie terrein wil 'n foto hê voordat iemand ingelaat word.
say-photo_optional = 'n Foto word hier verlang. Jy kan dit oorslaan.
say-photo_note = Die foto gaan saam met jou rapport.
say-walk_up = Skryf die naam soos die besoeker dit sê.
say-alike = Iemand met 'n soortgelyke naam is weggewys. Dit kan iemand anders wees: vra, en vergelyk voordat jy besluit.
say-turned_away_at = { $who }: weggewys { $time }.
say-turned_away_by = { $who }: weggewys { $time } deur { $guard }.
say-turned_away_why = { $who }: weggewys { $time }. { $reason }.
say-turned_away_by_why = { $who }: weggewys { $time } deur { $guard }. { $reason }.
say-nobody_expected = Niemand met daardie naam word vandag verwag nie.
say-window = { $from } tot { $until }
say-nobody_inside = Niemand is binne nie.
say-no_history = Niks is nog in hierdie skof opgeteken nie.
say-past = { $time }: { $outcome }
past-granted = ingelaat
past-denied = geweier
past-left = vertrek
past-undecided = onbeslis gelaat
past-open = nog nie beslis nie
past-corrected = { $outcome }, reggestel
say-found_since = Later gevind: { $reason }, sedert { $time }. Volg jou terrein se instruksies.
say-found_against = Later gevind: { $reason }. Volg jou terrein se instruksies.
say-left = Vertrek om { $time }.
say-inside =
    { $count ->
        [one] { $count } besoeker binne
       *[other] { $count } besoekers binne
    }
say-since = Sedert { $time }
say-since_long = Sedert { $time }: langer as gewoonlik
say-muster =
    { $count ->
        [one] { $count } besoeker nog nie gevind nie
       *[other] { $count } besoekers nog nie gevind nie
    }
say-found = Gevind
say-no_name = Geen naam
say-leaves = Tik Vertrek om aan te teken dat { $who } gaan.
say-type_code = Tik of skandeer die teks van die kode.
say-report = Administrateurs sien 'n rapport dadelik, met die inskrywing waaroor dit gaan.
say-correct = Aangeteken as { $before }. Dit word { $after }, en albei bly opgeteken.
say-pin = Jy ontsluit hierdie toestel daarmee, ook sonder netwerk. Dit is net joune.
say-end = Jou skof by { $site } sedert { $time } eindig.
say-end_counts = { $scans }: { $granted } ingelaat, { $denied } geweier.
say-end_reported =
    { $count ->
        [one] { $count } inskrywing is gerapporteer.
       *[other] { $count } inskrywings is gerapporteer.
    }
say-end_inside =
    { $count ->
        [one] { $count } besoeker is nog binne.
       *[other] { $count } besoekers is nog binne.
    }
say-end_waiting =
    { $count ->
        [one] { $count } inskrywing wag. Dit gaan vanself, ook ná die skof.
       *[other] { $count } inskrywings wag. Hulle gaan vanself, ook ná die skof.
    }
say-nothing_waits = Alles is gestuur.
say-shift_over = Dit het so lank geduur as wat 'n skof mag, of jy is nie meer by sy terrein toegewys nie. Begin 'n nuwe om voort te gaan.
say-revoked = 'n Administrateur het dit gedoen. Wat jy aangeteken het, word hier gehou en gemerk. Vra 'n administrateur vir 'n inskrywingskode en skryf weer in; wat wag, kom saam.
say-enrol_anew = Skandering gaan voort en alles word hier gehou. Vra 'n administrateur vir 'n inskrywingskode; wat wag, kom saam.
say-saved = { $entries } en { $photos } is gered.
say-no_camera_refused = Gatehouse mag nie die kamera gebruik nie. Laat dit toe in die instellings van hierdie toestel.
say-no_camera_gone = Die kamera is uitgetrek of weggeneem. Steek dit in, en probeer weer.
say-no_camera_in_use = Iets anders gebruik die kamera. Maak dit toe, en probeer weer.
say-without_camera = Besoekers sonder kode, verwagte besoekers en ingetikte kodes gaan daarsonder voort.
say-online = Die bediener antwoord.
say-offline = Die bediener is onbereikbaar. Skanderings word op hierdie toestel gehou en vanself gestuur.
say-waiting =
    { $count ->
        [one] { $count } inskrywing wag om gestuur te word.
       *[other] { $count } inskrywings wag om gestuur te word.
    }
say-stuck =
    { $count ->
        [one] { $count } inskrywing sit vas: die bediener neem dit nie.
       *[other] { $count } inskrywings sit vas: die bediener neem hulle nie.
    }
say-last_sync = Laas in pas met die bediener: { $time }
say-never_sync = Nog nie in pas met die bediener nie.
say-data_of = Hekdata van { $time }: { $age }
say-data_none = Daar is nog geen hekdata nie. Koppel hierdie toestel aan die netwerk.
say-clock_own = Hierdie toestel se klok is nie deur die bediener bevestig nie. Koppel dit aan die netwerk.
say-storage_low = Die bergplek is vol. Skanderings gaan in die laaste ruimte wat daarvoor teruggehou is: maak nou plek.
say-not_kept = Hierdie blaaier kan uitvee wat Gatehouse hier bewaar as plek min raak, ook wat nog nie gestuur is nie. Installeer die bladsy, en bring hierdie toestel elke dag by die netwerk.
say-stuck_entry = { $kind } van { $time }
say-text = { $text }

## Wat aan die gang is.

busy-opening = Word oopgemaak
busy-asking = Die bediener word gevra
busy-writing = Word neergeskryf
busy-sending = Word gestuur
