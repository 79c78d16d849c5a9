# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Die bladsye in 'n blaaier.

## Rondom elke bladsy.

page-skip = Gaan na die inhoud
page-main = Hoof
page-back = Terug
page-your_account = Jou rekening
page-sign_out = Meld af
page-home = Tuis
page-activity = Aktiwiteit
page-on_site = Op die terrein
page-invitations = Uitnodigings
page-search = Soek
page-search_name = Soek op naam
page-all = Alles
page-clear_filters = Vee filters uit
page-nothing_matches = Niks pas by hierdie filters nie
page-create_invitation = Skep uitnodiging
page-print = Druk
page-save = Stoor
page-any_site = Enige terrein
page-site_number = Terrein { $number }
page-all_sites = Alle terreine
page-optional = opsioneel
list-joined = { $list }, { $item }
page-unread = Niemand wat die taal goed ken, het hierdie vertaling al gelees nie. As iets verkeerd klink, gaan volgens die Engelse bladsy, en sê vir wie die bediener bestuur.

## Lewendige bladsye: wat die skrip sê.

live-connecting = Verbind tans
live-live = Lewendig
live-reconnecting = Verbind weer
live-signed_out = Afgemeld
live-new =
    { $count ->
        [one] { $count } nuut
       *[other] { $count } nuut
    }
live-latest = { $new }. Nuutste: { $row }
live-row = { $verdict }, { $who }, { $site }, { $decision }
live-silent = Die bediener antwoord nie. Wat hieronder staan, is soos dit was; probeer oor 'n oomblik weer.
live-too_many = Te veel versoeke tegelyk. Wat hieronder staan, is soos dit was; wag 'n oomblik, en probeer weer.
live-failed = Die bediener kon dit nie beantwoord nie. Wat hieronder staan, is soos dit was; probeer oor 'n oomblik weer.

## Aan- en afmeld.

sign_in-title = Meld aan
sign_in-button = Meld aan
sign_in-email = Jou e-posadres
sign_in-email_hint = Jy meld aan met 'n eenmalige kode. Daar is geen wagwoord nie.
sign_in-get_code = Kry 'n kode
sign_in-enter_code = Voer die kode in
sign_in-code_made = As { $email } 'n rekening het, is 'n kode gemaak. Dit is 10 minute lank geldig.
sign_in-digits = Die kode se syfers
sign_in-no_mail = Hierdie bediener stuur nog nie e-pos nie: wie dit bestuur, vind die kode in sy log.
sign_in-new_code = Kry 'n nuwe kode
sign_in-other_address = Gebruik 'n ander adres
sign_in-try_again_in = Jy kan oor { $wait } weer probeer.
sign_in-another_in = Nog een kan oor { $wait } gemaak word.
sign_in-link_title = Meld aan met 'n skakel
sign_in-link_lead = Die skakel meld jou een keer aan, op hierdie toestel.
sign_in-link_field = Die skakel
sign_in-link_hint = Plak die hele skakel wat jy gekry het.
sign_in-link_not_yours = Nie joune nie? Maak hierdie bladsy toe, en sê vir wie die skakel gestuur het.
sign_in-link_as = Meld aan as { $name }
sign_in-welcome = Welkom by { $organisation }
signed_out-title = Afgemeld
signed_out-heading = Jy is afgemeld
signed_out-lead = Niemand kan die paneelbord van hierdie blaaier oopmaak voordat iemand weer aanmeld nie.
signed_out-again = Meld weer aan

## Die toep in 'n blaaier: wat die bladsy sê voordat die program daar is, en van die toestel.

app-gate = Gatehouse by die hek
app-id = Gatehouse-toegangs-ID
app-wait = Die eerste keer neem dit 'n oomblik.
app-no_script = Gatehouse het JavaScript nodig. Skakel dit aan vir hierdie bladsy, en laai dit weer.
app-insecure = 'n Blaaier gee kamera en berging net aan veilige adresse. Maak hierdie bladsy oop met 'n adres wat met https begin.
app-too_old = Hierdie blaaier het nie wat Gatehouse nodig het nie. Werk dit by, of gebruik 'n ander een.
app-keeps_nothing = Hierdie venster bewaar niks nie, soos private vensters. Maak die bladsy in ’n gewone venster oop.
app-not_built = Die toep se program is nie op hierdie bediener nie
app-not_built_text = Wie die bediener bedryf, bou dit uit die bronkode met { $command }, en sit die lêers in 'n vouer web langs die program, of noem hulle vouer met --web.
app-elsewhere = Maak dit in die ander oortjie of venster toe: dan gaan dit hier vanself voort.
app-unloaded = Die program kon nie gelaai word nie. Koppel hierdie toestel aan die netwerk, en probeer weer.
app-stopped = Dit het gestop en kon nie weer begin word nie. Wat aangeteken is, bly op hierdie toestel.
app-look_here = Kyk asseblief hierheen
app-hold_here = Hou asseblief jou kode voor die kamera
app-moment = Een oomblik, asseblief
app-on_device = Op hierdie toestel
app-swapped = Ruil Weier en Laat in om
app-muted = Geen tone nie
app-visitor_window = Maak die besoeker se venster oop
app-install = Installeer
app-save_journal = Stoor die joernaal as 'n lêer
app-allow_camera = Die teken langs die adres van hierdie bladsy lei na wat dit mag gebruik. Laat die kamera daar toe.
app-copied = Gekopieer

## Probleme.

trouble-home = Gaan na Tuis
trouble-account = Gaan na jou bladsy
trouble-sign_in = Gaan na aanmelding
trouble-code = Kode { $code }
trouble-code_and_incident = Kode { $code }, voorval { $incident }
trouble-field = { $title }. { $text } { $code }

## Jou eie rekening.

account-role = { $role } van { $organisation }
account-role_and_address = { $role } van { $organisation }, meld aan as { $email }
account-come_back = Sodat jy kan terugkom
account-no_address = Jou rekening het geen e-posadres nie. Daarsonder kan niemand weer daarby aanmeld sodra hierdie sessie eindig nie.
account-your_name = Jou naam
account-sessions = Waar jy aangemeld is
account-here = Hierdie blaaier
account-session = Sedert { $since }, tot { $until }
account-session_used = Sedert { $since }, laas gebruik { $used }, tot { $until }
account-end = Beëindig
account-end_session = Beëindig: { $session }
account-sign_out_here = Meld hier af
account-sign_out_everywhere = Meld oral af
account-language = Taal
account-language_lead = Waarin bladsye met jou praat, waar jy ook al aanmeld.
account-language_browser = Soos die blaaier vra
account-language_unread = { $language } (nog nie gelees deur iemand wat dit goed ken nie)
session-browser = Blaaier
session-token = API-teken
session-named_token = API-teken “{ $name }”
session-device = Foon of stasie
elsewhere-guard = Jou werk is op die hek se foon of stasie
elsewhere-guard_text = Skandering, instappers en besoekers op die terrein is op 'n foon of stasie wat 'n admin vir die hek ingeskryf het. Meld daar met hierdie adres aan, en begin jou skof. Hierdie bladsy wys net jou rekening.
elsewhere-member = Jou toegangs-ID is in die toep op jou foon
elsewhere-member_text = Maak die Gatehouse-toep oop, skandeer jou organisasie se ledekode, en meld met hierdie adres aan: daar is jou toegangs-ID, jou uitnodigings en waar jou kode gebruik is. Hierdie bladsy wys net jou rekening.
elsewhere-open = Maak dit in hierdie blaaier oop

## Tuis.

home-today = Vandag
home-to_look_at = Om na te kyk
home-to_look_at_week = Om na te kyk, van die laaste 7 dae:
home-marked = { $mark }: { $count }
home-numbers = Vandag se getalle
home-last_decisions = Laaste besluite
home-all_activity = Alle aktiwiteit
home-no_decisions = Die laaste vyf besluite van julle wagte verskyn hier.
home-invite_first = Nooi die eerste besoeker
home-kind_at = { $kind }, { $site }
home-visitors = Besoekers op die terrein
home-stale =
    { $count ->
        [one] { $count } oor 8 h
       *[other] { $count } oor 8 h
    }
home-nobody = Niemand is binne nie.
home-none_stale = Almal binne 8 h.
home-expected = Vandag verwag
home-expected_note = Genooi, en nog nie hier nie.
home-give_address = Gee 'n adres
home-no_address = Jou rekening het geen e-posadres nie, so niemand kan weer daarby aanmeld nie.
home-wrong_codes =
    { $count ->
        [one] { $count } verkeerde eenmalige kode is in die laaste 24 uur probeer. Iemand raai dalk: pogings word vanself vertraag, en niemand by 'n stasie word van werk gehou nie. Die ouditlog het elkeen.
       *[other] { $count } verkeerde eenmalige kodes is in die laaste 24 uur probeer. Iemand raai dalk: pogings word vanself vertraag, en niemand by 'n stasie word van werk gehou nie. Die ouditlog het elkeen.
    }

## Die bediener se horlosie, teen toestelle se horlosies gehou.

clock-ahead = Dit lyk asof hierdie bediener se horlosie { $length } voor { $whose } is. Stel die bediener se horlosie reg; kodes word daarvolgens beoordeel.
clock-behind = Dit lyk asof hierdie bediener se horlosie { $length } agter { $whose } is. Stel die bediener se horlosie reg; kodes word daarvolgens beoordeel.
clock-one_device = die horlosie van sy een toestel
clock-all_devices =
    { $count ->
        [one] die horlosie van sy { $count } toestel
       *[other] die horlosies van al sy { $count } toestelle
    }
clock-some_devices = die horlosies van { $by } van sy { $of } toestelle
clock-set_back = Hierdie bediener se horlosie is met { $length } teruggestel. As dit voorheen reg was, stel dit weer reg; as dit voor was, volg fone wanneer hulle weer die bediener bereik.

## Aktiwiteit.

activity-lead = Elke skandering, instapper en ingetikte kode by julle hekke, met wat die wag besluit het.
activity-decision = Besluit
activity-verdict = Uitspraak
activity-who = Wie
activity-site = Terrein
activity-guard = Wag
activity-time = Tyd
activity-events = Gebeurtenisse
activity-rate = Toelaatkoers
activity-totals = Totale
filter-verdict = Uitspraak: { $verdict }
filter-verdict_all = Uitspraak: alle
filter-all_verdicts = Alle uitsprake
filter-kind = Soort: { $kind }
filter-kind_all = Soort: alle
filter-all_kinds = Alle soorte
filter-site = Terrein: { $site }
filter-site_all = Terrein: alle
filter-site_unknown = Terrein: onbekend
filter-when = Wanneer: { $period }
filter-mark = Om na te kyk: { $mark }
filter-mark_all = Om na te kyk: alles
filter-all_events = Alle gebeurtenisse
filter-only = Net { $who }
period-today = Vandag
period-week = Laaste 7 dae
period-month = Laaste 30 dae
period-all = Alle tye
period-today_within = vandag
period-week_within = laaste 7 dae
period-month_within = laaste 30 dae
period-all_within = alle tye
mark-flagged = Toegelaat teen GEWEIER
mark-reported = As verdag aangemeld
mark-judged = Weer beoordeel
mark-flagged_within = toegelaat teen GEWEIER
mark-reported_within = as verdag aangemeld
mark-judged_within = weer beoordeel
flag-against = Toegelaat teen GEWEIER: { $reason }
flag-no_reason = geen rede gegee nie
flag-judged = Weer beoordeel: moes nie ingelaat gewees het nie
flag-doubted = Pas nie by wat die bediener weet nie
flag-offline = Vanlyn opgeteken, { $late } later aangekom
row-kind_of = { $kind } van { $host }
row-name = { $name }
row-unknown_guard = Onbekende wag
activity-newest = Terug na die nuutste
activity-up_to = Tot { $day }
activity-try_other = Probeer 'n ander naam of 'n langer tyd, of kyk na alles.
activity-none = Nog geen aktiwiteit nie
activity-none_text = Elke skandering by 'n hek verskyn hier soos dit gebeur. Nooi iemand, en skandeer die kode met 'n wag se foon om die eerste te sien.
activity-caption = Gebeurtenisse, nuutste eerste
activity-showing =
    { $count ->
        [one] { $shown } van { $matching } gebeurtenis
       *[other] { $shown } van { $matching } gebeurtenisse
    }
activity-go_back = Gaan terug na
activity-go = Gaan
activity-older = Ouer gebeurtenisse
activity-reload = Laai die bladsy weer om nuwe gebeurtenisse te sien.

## Een gebeurtenis.

event-kind_at = { $kind } by { $site }
event-kind_of_at = { $kind } van { $host } by { $site }
event-decided = Besluit
event-leaving = Daar was niks om te besluit nie: die besoeker het vertrek.
event-undecided = Geen besluit is geneem nie.
event-reason_given = Rede gegee
event-note = Nota
event-came_in = Het ingekom
event-left = Vertrek
event-doubts = Pas nie
event-doubts_text = Wat 'n toestel geskryf het, word bewaar soos dit is. Waar dit nie so kan wees nie, verander dit niks anders nie.
event-doubt = Twyfel
event-earlier = Tevore beoordeel
event-earlier_text = Die kode is weer gewys, of die foon het iets geleer, voordat iemand besluit het. Wat bo staan, is die laaste beoordeling, waarvolgens die wag gegaan het.
event-later = Later bygevoeg
event-later_text = Wat bo staan, bly soos dit by die hek was.
event-later_corrected = Die besluit hierbo is die een wat reggestel is. Die res bly soos dit by die hek was.
event-report = Verslag
event-report_photo = Foto wat met die verslag geneem is
event-reported = { $guard }: { $note }
event-reported_bare = { $guard } het dit as verdag aangemeld en niks meer geskryf nie.
event-correction = Reggestel
event-corrected_granted = Reggestel deur { $guard }: geweier → toegelaat. { $reason }
event-corrected_granted_bare = Reggestel deur { $guard }: geweier → toegelaat.
event-corrected_denied = Reggestel deur { $guard }: toegelaat → geweier. { $reason }
event-corrected_denied_bare = Reggestel deur { $guard }: toegelaat → geweier.
event-judged_before = { $reason } Dit was so { $before } voor die skandering, en die foon kon dit nie weet nie.
event-judged_unknown = { $reason } Niemand het opgeteken sedert wanneer nie; dit het dalk ná die skandering gekom.
event-checks = Toetse
event-no_checks = Geen kode is gewys nie, so daar was niks om na te gaan nie.
event-photo = Foto by die hek geneem
event-photo_of = Foto by die hek geneem van { $who }
event-photo_missing = 'n Foto is geneem. Dit is nog op die wag se foon en volg wanneer die foon tyd het.
event-record = Rekord
event-happened = Gebeur
event-clock_unconfirmed = Die foon se horlosie is nie bevestig nie.
event-clock_said = Die foon se horlosie het { $time } gesê, { $ahead } voor die aankoms.
event-arrived = Aangekom
event-late = { $late } later, uit die foon se berging
event-place = Plek
event-no_fix = Geen ligging nie.
event-invitation = Uitnodiging
event-more = Meer
event-same_member = Alle gebeurtenisse van dieselfde lid
event-same_invitation = Alle gebeurtenisse van dieselfde uitnodiging
event-device = Toestel
event-heir = { $device } gaan voort van sy joernaal, en het dalk gesê wat hiervan geword het.
event-entry = Inskrywing
event-number = Nommer { $number }
event-fingerprint = Vingerafdruk
event-event = Gebeurtenis
event-reason_code = Redekode
event-erase = Wis hierdie persoon uit
event-erase_text = Die naam, adresse, notas, foto's en plekke van { $who } gaan van hierdie bediener weg, van sy fone wanneer hulle dit weer bereik, en uit wat die inskrywings verseël het. Dat die hek gebruik is, bly, en elke joernaal klop nog. Dit kan nie ongedaan gemaak word nie.
event-erase_member = Van 'n lid wis dit uit wat hierdie gebeurtenis hou. Om die lid uit te wis, gebruik { $command }.
event-erase_yes = Ja, wis uit
fix-accurate = Akkuraat tot { $accuracy } m
fix-distance = Akkuraat tot { $accuracy } m, { $distance } m van die terrein se middelpunt
fix-inside = Akkuraat tot { $accuracy } m, { $distance } m van die terrein se middelpunt, binne sy gebied
fix-outside = Akkuraat tot { $accuracy } m, { $distance } m van die terrein se middelpunt, buite sy gebied
chain-whole = Deur die toestel onderteken, en aan die vorige inskrywing gekoppel.
chain-forked = Twee verskillende inskrywings eis hierdie nommer. Albei word as bewys bewaar.
doubt-of_device = { $device }: { $doubt }
doubt-guard_not_signed_in = Die wag wat dit noem, was toe nie hier aangemeld nie.
doubt-guard_revoked = Die toegang van die wag wat dit noem, was tevore herroep.
doubt-shift_unknown = Die wag wat dit noem, het geen so 'n skof hier begin nie.
doubt-site_unknown = Die organisasie het nie so 'n terrein nie.
doubt-event_not_its_own = Dit praat van 'n skandering wat 'n ander toestel s'n is, of wat niemand gemaak het nie.
doubt-decided_before = Dit is besluit voordat die skandering gemaak is.
doubt-visit_not_theirs = Dit het die vertrek oopgemaak van 'n besoek wat nie hierdie besoeker s'n is nie.
doubt-departed_elsewhere = Dit het die besoek by 'n ander terrein beëindig. Die besoek gaan voort.
doubt-departed_before = Dit het die besoek beëindig voordat dit begin het. Die besoek gaan voort.
doubt-departure_time = Dit het die besoek beëindig op 'n tyd wat nie kan wees nie. Die naaste moontlike tyd tel.
doubt-shift_not_its_own = Dit het die skof van iemand anders of van 'n ander toestel beëindig. Daardie skof gaan voort.
doubt-no_successor = Dit sê dit gaan voort van 'n toestel wat in gebruik is, of 'n ander opvolger het.
doubt-after_revocation = Dit is opgeteken nadat die toestel herroep is, of niemand weet dat dit tevore was nie.
doubt-shift_elsewhere = Die skof het begin waar nie gewys is dat die foon by die terrein was nie, wat die terrein nie toelaat nie.
doubt-nothing_decided = Dit het 'n besluit reggestel wat niemand geneem het nie.
doubt-left_all_the_same = 'n Vertrek is aangeteken, al is die besluit na geweier reggestel.
doubt-corrected_elsewhere = Dit sou 'n besluit van 'n ander skof regstel, of gee geen rede nie. Die besluit bly soos dit was.

## Besoekers binne.

on_site-lead = Besoekers wat ingelaat is en nog nie vertrek het nie. Lede word nie gelys nie.
on_site-muster_of = Appèllys: { $organisation }
on_site-print_muster = Druk appèllys
on_site-muster_all = Appèllys van al { $count }
on_site-say =
    { $count ->
        [one] { $count } besoeker op die terrein
       *[other] { $count } besoekers op die terrein
    }
on_site-inside =
    { $count ->
        [one] { $number } besoeker binne
       *[other] { $number } besoekers binne
    }
on_site-inside_stale =
    { $count ->
        [one] { $number } besoeker binne, { $stale } langer as 8 h
       *[other] { $number } besoekers binne, { $stale } langer as 8 h
    }
on_site-made = Lys van { $time }
on_site-nobody_named = Niemand hier met daardie naam nie
on_site-try_spelling = Probeer 'n ander spelling, of kyk na almal wat binne is.
on_site-show_everyone = Wys almal
on_site-nobody = Niemand is op die terrein nie
on_site-nobody_text = 'n Besoeker verskyn hier wanneer 'n wag toegang gee, en verlaat die lys by vertrek.
on_site-inside_here = { $count } binne
on_site-invited_by = Genooi deur { $host }
on_site-invited = Genooi
on_site-since = sedert { $time }
on_site-over_8h = Oor 8 h
on_site-depart = Merk as vertrek
on_site-depart_who = Merk as vertrek: { $who }
on_site-depart_text = { $who } verlaat nou hierdie lys, en { $site } tel een besoeker minder. Die besoek bly in Aktiwiteit.
on_site-depart_yes = Ja, merk as vertrek
on_site-showing = { $shown } van { $count }, wie die langste binne is, eerste
on_site-first = Terug na die eerste
on_site-next = Volgende besoekers
on_site-reload = Laai die bladsy weer om te sien wie gekom en vertrek het. Gebruik jou blaaier se drukopdrag om die appèllys te druk.

## Uitnodigings.

invitations-lead = Besoekers wat julle verwag. Elkeen kry 'n kode wat die wag skandeer.
invitations-search_label = Soek op verwysing, besoeker of gasheer
invitations-search = Soek verwysing, besoeker, gasheer
invitations-status = Status
invitations-try_other = Probeer 'n ander naam of status, of kyk na alles.
invitations-none = Nog geen uitnodigings nie
invitations-none_text = Nooi 'n besoeker, en die uitnodiging verskyn hier met sy kode, sy tydvenster en hoe dikwels dit gebruik is.
invitations-caption = Uitnodigings, nuutste eerste
invitations-reference = Verwysing
invitations-visitor = Besoeker
invitations-sites = Terreine
invitations-window = Tydvenster
invitations-entries = Toegange
invitations-host = Gasheer { $host }
invitations-no_host = niemand in die besonder nie
invitations-command_line = die opdragreël
invitations-to = tot
invitations-used_of = { $uses } van { $max }
invitations-used_none = Nog geen, enige getal
invitations-used_any = { $uses }, enige getal
invitations-showing =
    { $count ->
        [one] { $shown } van { $count } uitnodiging
       *[other] { $shown } van { $count } uitnodigings
    }
invitations-older = Ouer uitnodigings

## Een uitnodiging.

invitation-title = { $visitor }, { $reference }
invitation-invited_by = { $reference }, genooi deur { $host }
invitation-host_stopped = { $why } Die kode van hierdie uitnodiging word so lank by elke hek geweier. Noem 'n ander gasheer om die besoeker in te laat, of kanselleer dit.
invitation-name_banned = Iemand op die verbodlys heet { $visitor }. Dit kan 'n naamgenoot wees: wagte sien PASOP en vergelyk.
invitation-code = Kode
invitation-code_of = QR-kode van uitnodiging { $reference }
invitation-download = Laai af as prent
invitation-code_text = Wie hierdie kode het, kan dit by die hek wys. Stuur dit net aan die besoeker.
invitation-cancelled_text = Hierdie uitnodiging is gekanselleer. Sy kode word by elke hek geweier.
invitation-stopped_text = Die gasheer laat niemand meer in nie, so die kode word by elke hek geweier.
invitation-over_text = Die tydvenster is verby. Skep 'n nuwe uitnodiging as die besoeker weer kom.
invitation-draft_text = Die kode verskyn hier sodra die uitnodiging uitgereik is.
invitation-visit = Besoek
invitation-from = Van
invitation-until = Tot
invitation-email = E-pos
invitation-no_email = Geen gegee nie
invitation-created = Geskep
invitation-cancelled = Gekanselleer
invitation-time_by = { $time } deur { $who }
invitation-other_host = Noem 'n ander gasheer
invitation-other_host_text = Die besoeker kom op die nuwe gasheer se woord in. 'n Uitnodiging wat weens sy gasheer gestop het, geld weer.
invitation-host = Gasheer
invitation-host_unknown = Daardie gasheer is nie bekend nie, of laat niemand in nie. Kies 'n gasheer uit die lys.
invitation-name_host = Noem hierdie gasheer
invitation-cancel = Kanselleer uitnodiging
invitation-cancel_text = Die kode van { $visitor } word van nou af geweier: dadelik waar 'n wag se foon aanlyn is, elders wanneer dit weer die bediener bereik. Dit kan nie ongedaan gemaak word nie; jy kan die besoeker weer nooi.
invitation-cancel_yes = Ja, kanselleer hierdie uitnodiging
invitation-erase = Wis hierdie besoeker uit
invitation-erase_yes = Ja, wis hierdie besoeker uit
invitation-activity = Aktiwiteit van hierdie uitnodiging
invitation-no_activity = Nog niks nie. Elke skandering van hierdie kode verskyn hier.
invitation-events = Gebeurtenisse van hierdie uitnodiging, nuutste eerste

## Die vorm wat nooi.

invite-lead = Die besoeker kry 'n kode. Die wag sien die naam, die gasheer en die nota.
invite-faults =
    { $count ->
        [one] Nog nie geskep nie: { $count } ding om reg te stel
       *[other] Nog nie geskep nie: { $count } dinge om reg te stel
    }
invite-name = Besoeker se naam
invite-name_hint = Soos op die papiere wat die besoeker dra.
invite-email = Besoeker se e-pos
invite-email_hint = Om die besoeker te bereik. Niks word vir jou gestuur nie: laai die kode af en stuur dit self.
invite-host_hint = Vir wie die wag bel as iets onduidelik is.
invite-host_hint_more =
    { $count ->
        [one] Vir wie die wag bel as iets onduidelik is. Nog { $count } mens word nie hier aangebied nie; tik 'n hele naam of adres.
       *[other] Vir wie die wag bel as iets onduidelik is. Nog { $count } mense word nie hier aangebied nie; tik 'n hele naam of adres.
    }
invite-times_in = Tye in { $zone }.
invite-entries_hint = Hoe dikwels die kode die besoeker inlaat. Leeg vir geen perk binne die tydvenster nie.
invite-note = Nota vir die wag
invite-note_hint = Byvoorbeeld waarheen om die besoeker te stuur. Moenie iets skryf wat die wag nie nodig het nie.
invite-back = Terug sonder om te skep

## Wat 'n handeling gedoen het.

done-invited = Die uitnodiging is geskep. Stuur sy kode aan die besoeker.
done-cancelled = Die uitnodiging is gekanselleer.
done-had_cancelled = Iemand het hierdie uitnodiging voor jou gekanselleer. Niks is verander nie.
done-host_changed = Die uitnodiging het 'n ander gasheer, en sy kode geld.
done-erased = Die persoon is hier uitgewis. Fone volg wanneer hulle weer die bediener bereik; rugsteune nie.
done-departed = Die besoeker is as vertrek gemerk.
done-had_departed = Hierdie besoeker het reeds vertrek. Niks is verander nie.
done-introduced = Gestoor. Van nou af meld jy met hierdie adres en 'n eenmalige kode aan.
done-session_ended = Daardie sessie is beëindig.
done-language_chosen = Bladsye praat van nou af hierdie taal met jou.
