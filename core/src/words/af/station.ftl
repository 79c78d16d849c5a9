# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Wat 'n wag se stasie op die opdragreël sê, naas uitsprake en weierings. Wat iemand intik, staan daar soos dit ingetik
# word.

## Aanmeld, en wie se bediener dit is.

enrol-enrols = Skryf by { $organisation } in, by { $server }.
enrol-anew = Skryf opnuut by { $organisation } in, by { $server }.
enrol-moves = { $organisation } het van { $from } na { $server } verskuif.
enrol-changes = Verlaat { $from } vir { $organisation } by { $server }.
enrol-nothing = Hierdie kode is van { $organisation } by { $server }.
enrol-open_to_others = Waarskuwing: sonder HTTPS kan enigeen op pad saamlees en in die bediener se plek antwoord.
enrol-is_it_right = Is dit reg? [y/N]
enrol-unchanged = Niks is verander nie.
enrol-moved = { $organisation } is van nou af by { $server } te vinde.
enrol-done = By { $organisation } ingeskryf.
sign_in-code_sent = 'n Eenmalige kode is op pad. Meld aan met --code.
sign_in-six_digits = Die ses syfers wat na { $email } gestuur is:
sign_in-done = Aangemeld as { $name }.
guards-nobody = Geen wag het nog op hierdie stasie aangemeld nie.
guards-has_pin = PIN gestel
guards-has_no_pin = geen PIN nie
guards-new_pin = Nuwe PIN:
guards-pin = PIN:
guards-pin_set = PIN gestel.
guards-locked = Gesluit.
guards-unlocked = Vir { $name } ontsluit.

## Skofte en terreine.

shift-started = Skof by { $site } begin.
shift-ended = Skof beëindig.
site-named = Terrein { $number }: { $name }
site-unassigned = (nie toegewys nie)
site-none_known = Hierdie stasie ken nog geen terrein nie: dit het geen hekpakket nie.

## 'n Skandering: wie dit is, en hoe dit verder gaan. Agter elke woord staan wat ingetik word: 'n letter, die woord langs
## die uitspraak, en 'n rede.

scan-departure = VERTREK
scan-walk_up = INSTAPPER
scan-unreadable = onleesbare kode
scan-visiting = { $name }, besoek { $host }
scan-event = gebeurtenis { $event }
scan-event_and_visit = gebeurtenis { $event }, besoek { $visit }
scan-compare_face = vergelyk die gesig: { $command }
scan-type_departure = Om die vertrek aan te teken, tik:  d { $word }
scan-type_denied = Om te weier, tik:  d { $word } REDE     Om tog toe te laat:  g { $word } REDE
scan-type_decision = Om toe te laat, tik:  g { $word }     Om te weier:  d { $word } REDE
scan-command_departure = Teken dit aan met: { $command }
scan-command_decision = Besluit met: { $command } --grant (of --deny)
scan-decide_later = Wat kom waar kodes vandaan kom, besluit niks. Gebruik: gatehouse station decide, depart
scan-help =
    Skandeer 'n kode, of tik een in. Met die woord wat langs die uitspraak staan:
      g WOORD         laat toe; teen { $denied } sê ook hoekom: g WOORD REDE
      d WOORD REDE    weier; by { $departure } teken aan dat die besoeker weg is
      o WOORD         teken aan dat die besoeker weg is
      q WOORD         hou op skandeer, soos twee keer Ctrl-C; die skof gaan voort
    Daar kan ook elders besluit word: gatehouse station undecided, decide, depart.
scan-prompt = Skandeer, of ? vir hulp >
scan-once_more = Druk weer Ctrl-C om op te hou.
scan-too_soon = Oorgeslaan: dit het te gou ná 'n verkeerde woord gekom. Wag twee sekondes.
scan-no_code = "{ $typed }" is geen kode nie. Niks is opgeteken nie. Tik ? vir hulp.
scan-word_missing = Tik die woord saam: { $answer }
scan-word_wrong = Dit is nie die woord nie, en niks is besluit nie. Wag twee sekondes, en dan: { $answer }
scan-nobody_inside = Dit is niemand wat binne is nie.
scan-verdict_changed = Die uitspraak het verander, en niks is besluit nie. Kyk weer:
scan-take_photo = { $problem } Neem een, en dan: { $command }
scan-nothing_to_decide = Daar is nog geen skandering om oor te besluit nie.
scan-keyboard_unreadable = Die sleutelbord kan nie gelees word nie.
scan-choice_without_code = --grant en --deny gaan saam met --code of --image.
scan-choice_missing = Sê --grant of --deny.
scan-left_undecided = Sonder besluit gelaat.
scan-reported = Aangemeld. Admins sien dit sodra dit die bediener bereik.
face-none = Geen prent van hierdie persoon word hier bewaar nie.
face-written = In { $file } geskryf. Vee dit uit sodra jy gekyk het.

## Besoekers.

visits-departed = Vertrek aangeteken.
visits-nobody = Geen besoeker is binne nie.
visits-not_expected = Niemand met daardie naam word binne 'n dag verwag nie, so ver as wat hierdie stasie weet.
visits-window = { $from } tot { $until }
visits-site = terrein { $number }

## Stuur, en wat vasgesteek het.

sync-report = { $entries } en { $photos } gestuur; { $waiting }, { $stuck }.
sync-waiting =
    { $count ->
        [one] { $count } wag
       *[other] { $count } wag
    }
sync-stuck =
    { $count ->
        [one] { $count } het vasgesteek
       *[other] { $count } het vasgesteek
    }
sync-photos_wait =
    { $count ->
        [one] { $count } foto wag ook.
       *[other] { $count } foto's wag ook.
    }
sync-next_try = Die volgende poging is oor { $count } s.
sync-not_due = Eers oor { $count } s weer nodig.
sync-waits = Dit wag dat iemand aanmeld, inskryf of weer probeer.
stuck-nothing = Niks het vasgesteek nie.
stuck-entry = inskrywing { $number }
stuck-unreadable = onleesbaar
stuck-former = { $time }, van 'n vorige joernaal
stuck-photo = foto { $digest }
stuck-retried = { $entries } en { $photos } word weer probeer.
stuck-retried_but =
    { $count ->
        [one] { $entries } en { $photos } word weer probeer; { $count } bly vassteek.
       *[other] { $entries } en { $photos } word weer probeer; { $count } bly vassteek.
    }

## Uitwis.

erased-here = In { $entries } uitgewis, en { $photos }.
erased-later =
    { $count ->
        [one] Wat { $count } daarvan hou, gaan weg sodra die bediener dit het.
       *[other] Wat { $count } daarvan hou, gaan weg sodra die bediener hulle het.
    }
erased-copies = Ouer kopieë is in { $files }: vee dit ook uit.

## Hoe die stasie staan: hoe dit genoem word, en hoe dit is.

standing-organisation = Organisasie
standing-server = Bediener
standing-guard = Wag
standing-shift = Skof
standing-waiting = Wag nog
standing-in_step = Laas gelyk
standing-pack = Hekpakket
standing-clock = Horlosie
standing-none = geen
standing-never = nooit
standing-locked = gesluit; ontsluit met die PIN of meld aan
standing-since = { $site } sedert { $time }
standing-outbox = { $entries } en { $photos } van { $all }; { $stuck } vasgesteek
standing-outbox_since = { $entries } en { $photos } van { $all }, die oudste van { $time }; { $stuck } vasgesteek
standing-pack_of = { $age }, { $number } van { $time }
standing-clock_confirmed = die bediener s'n
standing-clock_own = hierdie toestel s'n, nie bevestig nie
standing-saved = Gered { $time }: { $entries }, { $apart } daarvan apart, { $events }, { $photos }. Die beskadigde lêers is { $files }*.
pack-fresh = vars
pack-stale = verouderd
pack-expired = verval
pack-absent = afwesig

## Wat getel word.

counted-entries =
    { $count ->
        [one] { $count } inskrywing
       *[other] { $count } inskrywings
    }
counted-photos =
    { $count ->
        [one] { $count } foto
       *[other] { $count } foto's
    }
counted-scans =
    { $count ->
        [one] { $count } skandering of instapper
       *[other] { $count } skanderings en instappers
    }
