# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Wat by 'n hek gesê word, en van wat daar gebeur het.

## Uitsprake. Een woord, in hoofletters op elke skerm.

verdict-verified = BEVESTIG
verdict-caution = PASOP
verdict-denied = GEWEIER

## Toetse: hul naam, wat dit beteken dat een geslaag het, en dat dit nie gedoen is nie.

check-format = Formaat
check-format-passed = Dit is 'n Gatehouse-kode, volledig en onbeskadig.
check-format-skipped = Die formaat is nie nagegaan nie.
check-signature = Handtekening
check-signature-passed = Julle organisasie het dit onderteken, en dit is sedertdien nie verander nie.
check-signature-skipped = Die handtekening is nie nagegaan nie.
check-issuer = Organisasie
check-issuer-passed = Dit is deur julle organisasie uitgereik.
check-issuer-skipped = Nie nagegaan nie: 'n vorige toets het misluk.
check-time = Tydvenster
check-time-passed = Dit is binne sy tydvenster gewys.
check-time-skipped = Nie nagegaan nie: 'n vorige toets het misluk.
check-revocation = Nie herroep nie
check-revocation-passed = Dit was nie herroep, vervang of gekanselleer nie.
check-revocation-skipped = Nie nagegaan nie: daar was niks om teen te vergelyk nie.
check-access = Toegang
check-access-passed = Toegang was nie afgeskakel nie, en daar was geen verbod en geen inperking nie.
check-access-skipped = Nie nagegaan nie: daar was niks om teen te vergelyk nie.
check-site = Terrein
check-site-passed = Die persoon was aan hierdie terrein toegewys.
check-site-skipped = Nie nagegaan nie: geen terrein is genoem nie.
check-uses = Gebruike
check-uses-passed = Dit het nog gebruike oorgehad en is nie kort tevore gebruik nie.
check-uses-skipped = Gebruike is nie getel nie.
check-proof = Foon se bewys
check-proof-passed = Die lid se foon het die kode pas gemaak.
check-proof-skipped = Nie nodig nie: dit is nie 'n lid se vanlyn kode nie.
check-keys = Handtekeningsleutels
check-keys-passed = Die foon se handtekeningsleutels was op datum.
check-keys-skipped = Die ouderdom van die handtekeningsleutels is nie nagegaan nie.
check-pack = Hekdata
check-pack-passed = Die foon se hekdata was op datum.
check-pack-skipped = Nie nodig nie: die bediener het geantwoord, of 'n vorige toets het misluk.
check-online = Bediener
check-online-passed = Die bediener is gevra en het saamgestem.
check-online-skipped = Die bediener is nie gevra nie.
check-location = Plek
check-location-passed = Die foon was by die terrein.
check-location-skipped = Nie nagegaan nie: hierdie terrein vra nie na die plek nie.

## Redes: twee tot vier woorde, 'n sin vir die wag (wat gebeur het en wat om te doen), een vir die admin.

reason-ok = Alle toetse geslaag
reason-ok-guard = Die kode is goed, en hierdie persoon word hier verwag.
reason-ok-admin = Die kode was goed, die persoon was aan hierdie terrein toegewys, en die bediener het dit bevestig.
reason-malformed = Onleesbare kode
reason-malformed-guard = Dit is nie 'n Gatehouse-kode nie, of dit is beskadig. Vra dat dit weer gewys word, of teken 'n instapper aan.
reason-malformed-admin = Wat geskandeer is, was nie 'n Gatehouse-kode nie, of dit was beskadig. Niks daarin kon vertrou word nie.
reason-unknown_key = Onbekende handtekeningsleutel
reason-unknown_key-guard = Hierdie kode is nie onderteken met 'n sleutel wat hierdie toestel ken nie. Moenie daarop staatmaak nie.
reason-unknown_key-admin = Die kode het 'n sleutel genoem wat onbekend was of nie in gebruik was toe die kode gemaak is nie. Dit kan vervals wees, of deur 'n ander bediener gemaak.
reason-wrong_purpose = Verkeerde soort kode
reason-wrong_purpose-guard = Hierdie kode is vir iets anders gemaak en maak geen hek oop nie. Vra vir die toegangskode.
reason-wrong_purpose-admin = Die kode is vir 'n ander doel as toegang onderteken, en kon dus nie aanvaar word nie.
reason-bad_signature = Handtekening is verkeerd
reason-bad_signature-guard = Die handtekening pas nie. Die kode is verander of vervals.
reason-bad_signature-admin = Die handtekening het nie by die inhoud gepas nie: die kode is verander of vervals nadat dit gemaak is.
reason-proof_invalid = Foon se bewys is verkeerd
reason-proof_invalid-guard = Die lid se foon het nie bewys dat die kode sy eie is nie. Vra die lid om aanlyn te gaan en 'n vars kode te wys.
reason-proof_invalid-admin = Die lid se foon het hierdie vanlyn kode verkeerd onderteken, en dit kon dus nie aan daardie foon gekoppel word nie.
reason-wrong_org = 'n Ander organisasie
reason-wrong_org-guard = Hierdie kode behoort aan 'n ander organisasie en geld nie hier nie.
reason-wrong_org-admin = Die kode is deur 'n ander organisasie uitgereik en geld nie by julle hekke nie.
reason-lifetime_too_long = Te lank geldig
reason-lifetime_too_long-guard = Hierdie kode gee voor dat dit langer geldig is as wat toegelaat word. Moenie daarop staatmaak nie.
reason-lifetime_too_long-admin = Die kode het 'n langer leeftyd geëis as wat vir sy soort toegelaat word. Kyk hoe en waar dit uitgereik is.
reason-not_yet_valid = Nog nie geldig nie
reason-not_yet_valid-guard = Hierdie kode geld nog nie. Gaan die tyd van die besoek met die gasheer na.
reason-not_yet_valid-admin = Die kode is voor die begin van sy tydvenster gewys.
reason-expired = Verval
reason-expired-guard = Hierdie kode het verval. Vra vir 'n vars een, of bel die gasheer.
reason-expired-admin = Die kode is ná die einde van sy tydvenster gewys.
reason-clock_untrusted = Foon se horlosie nie bevestig nie
reason-clock_untrusted-guard = Hierdie toestel se horlosie is nie deur die bediener bevestig nie, so tye kan verkeerd wees. Gaan aanlyn wanneer jy kan.
reason-clock_untrusted-admin = Die foon kon nie sy horlosie bevestig nie, so die tye waarteen dit nagegaan het, kan verkeerd wees.
reason-revoked = Herroep
reason-revoked-guard = Hierdie kode is teruggetrek. Moenie toelaat sonder om te bel nie.
reason-revoked-admin = Die kode, of die toegang daaragter, is herroep.
reason-superseded = Deur 'n nuwer kode vervang
reason-superseded-guard = Hierdie kode is deur 'n nuwer een vervang. Vra die lid om dit te verfris.
reason-superseded-admin = 'n Admin het hierdie lid se vorige kodes ongeldig gemaak, en dit was een daarvan.
reason-cancelled = Uitnodiging gekanselleer
reason-cancelled-guard = Hierdie uitnodiging geld nie meer nie. Bel die gasheer of die kantoor as die besoeker nie geweet het nie.
reason-cancelled-admin = Voordat die kode gewys is, is die uitnodiging gekanselleer, of sy gasheer het die reg verloor om mense in te laat.
reason-access_disabled = Toegang afgeskakel
reason-access_disabled-guard = Hierdie persoon se toegang is afgeskakel.
reason-access_disabled-admin = Toegang was vir hierdie persoon afgeskakel, en dit gaan bo alles anders.
reason-banned = Op die verbodlys
reason-banned-guard = Hierdie persoon is op die verbodlys. Moenie inlaat nie; volg julle terrein se instruksies.
reason-banned-admin = Die persoon was op die verbodlys, wat altyd weier.
reason-lockdown = Terrein in inperking
reason-lockdown-guard = Die terrein is in inperking. Laat niemand in voordat dit opgehef is nie.
reason-lockdown-admin = Die terrein was in inperking, so elke kode is geweier.
reason-no_access = Geen toegang hier nie
reason-no_access-guard = Hierdie persoon het geen toegang by hierdie hek nie.
reason-no_access-admin = Geen reël en geen toekenning het hierdie persoon toegang by hierdie hek gegee nie.
reason-not_assigned = Nie aan hierdie terrein toegewys nie
reason-not_assigned-guard = 'n Goeie kode, maar hierdie persoon is nie aan hierdie terrein toegewys nie. Vra wie die persoon verwag.
reason-not_assigned-admin = Die kode was goed, maar die persoon was nie aan hierdie terrein toegewys nie.
reason-used_up = Geen gebruike oor nie
reason-used_up-guard = Hierdie kode is so dikwels gebruik as wat dit mag. Bel die gasheer vir 'n nuwe een.
reason-used_up-admin = Die kode is so dikwels gebruik as wat sy uitnodiging toelaat.
reason-already_used = Reeds gebruik
reason-already_used-guard = Hierdie kode is reeds gebruik. As dit dieselfde besoeker is wat vertrek, tik op Vertrek.
reason-already_used-admin = Dieselfde kode is tevore gebruik. Dit is dalk gedeel, of die besoeker het vertrek.
reason-proof_expired = Vanlyn kode te oud
reason-proof_expired-guard = Hierdie vanlyn kode is meer as 10 minute oud. Vra die lid om die toep vir 'n vars een oop te maak.
reason-proof_expired-admin = Die lid se foon het hierdie vanlyn kode meer as 10 minute voor die skandering gemaak.
reason-proof_old = Vanlyn kode is oud
reason-proof_old-guard = Hierdie vanlyn kode is 'n paar minute oud. Vra die lid om die toep vir 'n vars een oop te maak.
reason-proof_old-admin = Die lid se foon het hierdie vanlyn kode tussen 2 en 10 minute voor die skandering gemaak.
reason-keys_expired = Handtekeningsleutels te oud
reason-keys_expired-guard = Hierdie toestel se handtekeningsleutels is heeltemal te oud. Gaan aanlyn voordat jy verder gaan.
reason-keys_expired-admin = Die foon het so lank geen handtekeningsleutels gaan haal nie dat julle beleid weier.
reason-keys_stale = Handtekeningsleutels verouderd
reason-keys_stale-guard = 'n Goeie kode, maar hierdie toestel se handtekeningsleutels is verouderd. Gaan aanlyn wanneer jy kan.
reason-keys_stale-admin = Die foon het met handtekeningsleutels nagegaan wat verby hul datum was.
reason-pack_expired = Hekdata ver verouderd
reason-pack_expired-guard = Hierdie toestel se hekdata is ver verouderd. Gaan aanlyn voordat jy verder gaan.
reason-pack_expired-admin = Die foon se hekdata was verby sy laaste toegelate tyd, so kansellasies en verbooie kan ontbreek.
reason-pack_stale = Hekdata verouderd
reason-pack_stale-guard = 'n Goeie kode, maar met ouer hekdata nagegaan. Gaan aanlyn wanneer jy kan.
reason-pack_stale-admin = Die foon het met hekdata nagegaan wat hernu moes word, so die nuutste veranderings kan ontbreek.
reason-pack_absent = Geen hekdata nie
reason-pack_absent-guard = Hierdie toestel het nog geen hekdata nie, so kansellasies en verbooie is nie nagegaan nie. Gaan aanlyn.
reason-pack_absent-admin = Die foon het geen hekdata gehad nie, so kansellasies en verbooie kon nie nagegaan word nie.
reason-offline = Vanlyn nagegaan
reason-offline-guard = 'n Goeie kode, maar die bediener kon nie gevra word nie. Besluit volgens wat jy sien.
reason-offline-admin = Die foon kon nie die bediener betyds bereik nie en het besluit met wat dit gehad het.
reason-outside_geofence = Buite die terrein
reason-outside_geofence-guard = Hierdie toestel is buite die terrein se gebied, of kan nie wys dat dit binne is nie. Gaan na jou hek, skakel ligging aan, en skandeer weer.
reason-outside_geofence-admin = Die foon was buite die terrein se gebied toe dit geskandeer het, of die terrein weier wie nie gewys kan word binne te wees nie en die foon kon dit nie wys nie.
reason-location_unknown = Plek nie bekend nie
reason-location_unknown-guard = Hierdie toestel weet nie waar dit is nie. Skakel ligging aan, en skandeer weer as jy kan.
reason-location_unknown-admin = Die foon het geen ligging gehad nie, so dit is nie bekend dat die skandering by die hek gedoen is nie.
reason-unproven = Geen kode gewys nie
reason-unproven-guard = Die naam is op vandag se lys, maar geen kode bewys wie dit is nie. Vra vir 'n dokument.
reason-unproven-admin = Die besoeker is volgens naam op die lys van verwagte besoekers gevind en het geen kode gewys nie.
reason-name_banned = Naam op die verbodlys
reason-name_banned-guard = Iemand met hierdie naam is verbied. Lees die inskrywing en vergelyk voordat jy besluit.
reason-name_banned-admin = 'n Persoon met die getikte naam is op die verbodlys; 'n naam alleen bewys nie dat dit daardie persoon was nie.
reason-walk_up = Geen kode gewys nie
reason-walk_up-guard = Geen kode is gewys nie. Die besluit is net joune.
reason-walk_up-admin = Die besoeker het geen kode gehad nie, so niks kon nagegaan word nie: die besluit is die wag s'n alleen.
reason-unknown = 'n Ander rede
reason-unknown-guard = Hierdie toestel ken nie hierdie rede nie. Werk die toep by, en besluit volgens wat jy sien.
reason-unknown-admin = Die rede kom van 'n nuwer weergawe van die toep of die bediener as wat hierdie bladsy ken.

## Waarop 'n mislukte toets berus.

fact-code = die kode self
fact-server = die bediener se antwoord
fact-gate_pack = die hekpakket
fact-key_set = die sleutelstel
fact-own_records = hierdie stasie se eie rekords
fact-device_clock = hierdie toestel se horlosie, wat niemand bevestig het nie
fact-location = die liggingsbepaling
fact-guard = die wag se woord
fact-missing = niks, want die feit ontbreek

## Wat die sleutelbord tussen skandeerder en stasie met 'n kode gedoen het.

misread-caps_lock = Hoofletterslot is aan: die skandeerder het klein letters vir hoofletters getik. Skakel hoofletterslot af, en skandeer weer.
misread-keyboard_layout = Dit lyk asof die skandeerder op 'n ander sleutelbord as hierdie rekenaar gestel is. Stel albei op dieselfde sleutelborduitleg (sien die skandeerder se handleiding), en skandeer weer.
misread-enrolment_code = Dit is 'n kode wat 'n foon of stasie inskryf, nie een wat iemand inlaat nie. Gee dit terug aan 'n admin.
misread-member_code = Dit is die kode waarmee lede se fone die organisasie vind. Vra die lid om die toegangs-ID oop te maak.

## Wat 'n wag besluit het, wie of wat by die hek was, en wat in die plek van 'n naam staan.

decision-granted = Toegelaat
decision-denied = Geweier
decision-undecided = Nie besluit nie
decision-leaving = Op pad uit
kind-member = Lid
kind-visitor = Besoeker
kind-walk_up = Instapper
kind-unreadable = Onleesbaar
nameless-member = Lid, naam nie bewaar nie
nameless-visitor = Besoeker, naam nie bewaar nie
nameless-walk_up = Instapper, geen naam gegee nie
nameless-unreadable = Onleesbare kode

## Hoe 'n toets geëindig het.

check-state-passed = Geslaag
check-state-failed = Misluk
check-state-skipped = Oorgeslaan

## Waar 'n uitnodiging staan, en hoekom 'n gasheer niemand meer inlaat nie.

status-draft = Konsep
status-pending = Hangend
status-accepted = Aangekom
status-cancelled = Gekanselleer
status-over = Besoek verby
status-expired = Verval
status-stopped = Gestop
host-stopped-disabled = Die gasheer se toegang is afgeskakel, of die gasheer mag nie meer na een van die terreine gaan nie.
host-stopped-banned = Die gasheer is op die verbodlys.
host-stopped-revoked = Die gasheer se toegang is herroep.

## Why a camera read no code, and what helps.

sight-nothing_there = Geen QR-kode is te sien nie. Is die hele kode in die prent?
sight-too_dark = Dit is te donker. Skakel die lig aan.
sight-glare = 'n Weerkaatsing verberg die kode. Kantel dit effens.
sight-too_small = Die kode is te klein in die prent. Gaan nader.
sight-blurred = Die kode is onskerp. Hou stil, 'n bietjie verder weg.
sight-unreadable = Daar is 'n QR-kode, maar te veel daarvan is bedek, gebuig of beskadig. Hou dit plat en heel.

## Rolle.

role-member = Lid
role-guard = Wag
role-admin = Admin
role-owner = Eienaar

## Soorte inskrywings in 'n joernaal.

entry-scan = Skandering
entry-decision = Besluit
entry-walk_up = Instapper
entry-arrival = Aankoms
entry-departure = Vertrek
entry-shift_start = Begin van 'n skof
entry-shift_end = Einde van 'n skof
entry-code_entry = Kode met die hand ingetik
entry-amendment = Verslag of latere beoordeling
entry-clock_change = Verandering van die horlosie

## 'n Inskrywing van die verbodlys: wie, en hoekom.

ban-entry = verbodlys: { $names } ({ $reason })

## Wat 'n wag by 'n uitspraak lees, en ná 'n besluit.

fact-gate_pack_number = die hekpakket { $number }
fact-key_set_number = die sleutelstel { $number }
fact-location_metres = die liggingsbepaling ({ $metres } m)
basis = { $reason } [{ $code }]: volgens { $fact }
basis-at = { $reason } [{ $code }]: volgens { $fact }, { $time }
basis-of = { $reason } [{ $code }]: volgens { $fact } van { $time }
basis-plain = { $reason }: volgens { $fact }
basis-plain_at = { $reason }: volgens { $fact }, { $time }
basis-plain_of = { $reason }: volgens { $fact } van { $time }
scan-used_at = { $sentence } (gebruik om { $time })
scan-inside = Hierdie besoeker is binne: teken die vertrek aan.
scan-decide = Laat toe of weier.
scan-photo_required = hierdie terrein wil 'n foto hê voordat iemand ingelaat word
decided-granted = Toegelaat.
decided-granted_inside = Toegelaat; die besoeker is op die terrein.
decided-against = Toegelaat, teen GEWEIER.
decided-against_inside = Toegelaat, teen GEWEIER; die besoeker is op die terrein.
decided-denied = Geweier.
look-again = Kyk weer: { $who } is nou { $verdict } [{ $code }], gebeurtenis { $event }.
look-no_name = geen naam
look-no_verdict = geen uitspraak
