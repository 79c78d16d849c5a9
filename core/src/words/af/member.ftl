# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Die skerms van 'n lid se foon: titels, knoppies, en wat hulle sê. Wat hulle met 'n wag s'n deel, staan in screens.ftl.

## Hoe elke skerm heet: sy kop, en die eerste wat 'n skermleser sê.

screen-locked = Gatehouse is gesluit
screen-join = Sluit by jou organisasie aan
screen-pass = Toegangs-ID
screen-invalidate = Vroeëre toegangs-ID's ongeldig maak?
screen-invitations = Jou uitnodigings
screen-invite = Nooi 'n besoeker
screen-days = Kies die dae
screen-invitation = Uitnodiging
screen-invitation_of = Uitnodiging vir { $name }
screen-cancel = Hierdie uitnodiging kanselleer?
screen-activity = Waar jou kode gebruik is
screen-entry = Een gebruik van jou kode
screen-messages = Boodskappe
screen-message = Boodskap
screen-settings = Instellings
screen-stored = Wat hierdie foon hou
screen-sign_out = Afmeld?
screen-access_ended = Jou toegang is verby
screen-signed_out = Jy is afgemeld
screen-no_offline = Geen toegangs-ID sonder 'n netwerk nie
screen-clock_off = Hierdie foon se klok is verkeerd

## Knoppies.

act-join_anew = Skandeer 'n organisasie se kode
act-refresh = Kry 'n vars kode
act-invalidate = Maak vroeëre kodes ongeldig
act-invalidate_now = Maak hulle ongeldig
act-keep = Laat dit soos dit is
act-invitations = Uitnodigings
act-invite = Nooi
act-create = Skep uitnodiging
act-share = Deel
act-cancel = Kanselleer uitnodiging
act-cancel_now = Kanselleer dit
act-invite_again = Nooi weer
act-activity = Aktiwiteit
act-not_me = Dit was nie ek nie
act-messages = Boodskappe
act-read_message = Lees die boodskap
act-my_settings = Instellings
act-stored = Wat hierdie foon hou
act-prepare = Berei voor vir sonder 'n netwerk
act-sign_out = Meld af

## Wanneer 'n besoeker kom.

when-today = Vandag
when-tomorrow = Môre
when-weekend = Hierdie naweek
when-days = Ander dae

## Ná hoe lank die toep homself sluit.

lock-always = Sodra dit verlaat word
lock-after =
    { $count ->
        [one] Ná { $count } minuut
       *[other] Ná { $count } minute
    }

## Hoe belangrik 'n boodskap is.

severity-information = Inligting
severity-notice = Kennisgewing
severity-critical = Krities

## Velde, en die reël wat altyd daar is.

field-join = Organisasie se kode
field-guard_note = Nota vir die wag, indien enige
line-untold = ongeldigmaking wag

## Wat skerms sê.

say-join = Hou die kode wat jou organisasie vir sy lede wys voor die kamera.
say-join_offer = Die bediener is by { $server }. Is dit reg?
say-sign_in = 'n Kode word gestuur na die adres wat jou organisasie van jou het.
say-unlock = Wys dat hierdie foon joune is.
say-unlock_by_code = Hierdie foon kan nie vra wie dit vashou nie. Meld eerder met 'n kode uit jou e-pos aan.
say-code_until = Hierdie kode geld tot { $time }. Die volgende een kom vanself.
say-own_code = Geen netwerk nie: hierdie foon maak self die kode, elke 30 sekondes 'n nuwe een.
say-own_code_since = Geen netwerk sedert { $time } nie: hierdie foon maak self die kode, elke 30 sekondes 'n nuwe een.
say-works_offline = Werk sonder 'n netwerk tot { $time }.
say-not_prepared = Hierdie foon is nog nie voorberei vir gebruik sonder 'n netwerk nie. Maak die toep een keer met een oop.
say-invalidate = Elke kode wat jy tot nou toe gewys of gestuur het, misluk, op elke foon. 'n Vars een kom dadelik.
say-no_invitations = Jy het nog niemand genooi nie. Wie jy nooi, verskyn hier, met die kode.
say-first_day = Kies die eerste dag.
say-last_day = Kies die laaste dag. Dit mag dieselfde wees.
say-cancel = Die kode van { $name } maak geen hek meer oop nie. Dit kan nie ongedaan gemaak word nie, maar jy kan weer nooi.
say-no_activity = Jou kode is nog nie gebruik nie. Waar en wanneer dit gebruik word, verskyn hier.
say-let_in = Ingelaat
say-turned_away = Weggewys
say-undecided = Nie beslis nie
say-check_said = Die kontrole het { $verdict } gesê.
say-made_here = Jou foon het hierdie kode self gemaak, sonder 'n netwerk.
say-not_me = As dit iemand anders was, maak jou kodes ongeldig: elke vroeëre een misluk van dan af. Sê dit dan vir jou organisasie.
say-message = { $severity }: { $title }
say-marked = { $mark } { $word }
say-no_messages = Daar is geen boodskappe vir jou nie. Wat jou organisasie aan jou skryf, verskyn hier.
say-unread = nog nie gelees nie
say-sent = Gestuur { $time }
say-shown_until = Word gewys tot { $time }
say-lock_after = Die toep sluit homself nadat jy dit verlaat:
say-stored = Alles is verseël onder 'n sleutel van hierdie foon.
say-stored_server = Die bediener van { $organisation }: { $server }
say-stored_name = Dat jy as { $name } aangemeld is, en jou e-posadres
say-stored_codes = Jou nuutste kode, en 'n sertifikaat waarmee hierdie foon kodes sonder 'n netwerk maak
say-stored_lists = Jou uitnodigings, jou boodskappe, en waar jou kode gebruik is, soos die bediener laas gesê het
say-stored_gone = Wanneer jy afmeld, word dit alles hier vergeet, behalwe die organisasie.
say-member_offline = Die bediener is onbereikbaar. Wat op hierdie foon gehou word, word gewys.
say-sign_out = Jou toegangs-ID en jou lyste word op hierdie foon vergeet. Om terug te kom, het jy 'n kode per e-pos en 'n netwerk nodig.
say-signed_out = Die bediener het hierdie sessie beëindig: 'n administrateur het dit gedoen, of jy op 'n ander foon. Meld weer aan om voort te gaan.
say-clock_ahead = Dit is { $length } voor. Ons gebruik die bediener se tyd; stel asseblief hierdie foon se klok op outomaties.
say-clock_behind = Dit is { $length } agter. Ons gebruik die bediener se tyd; stel asseblief hierdie foon se klok op outomaties.

## Wat 'n besoeker gestuur word.

share-title = Uitnodiging na { $organisation }
share-text = { $name }, jy is na { $organisation } genooi: { $window }. Wys hierdie kode by die hek. Verwysing: { $reference }
