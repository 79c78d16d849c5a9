# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Wat opdragte op die bediener se eie data sê van wat hulle gedoen en gevind het, en van wat verskeie opdragte gegee word.

## Lêers en prente wat genoem word.

file-unreadable = kan { $path } nie lees nie: { $reason }
file-unwritable = kan { $path } nie skryf nie: { $reason }
file-too_large = { $path } is groter as 64 MiB
picture-no_qr_code = geen QR-kode in daardie prent nie; is dit heel, skerp en eweredig belig?
picture-no_enrolment_code = Daardie prent wys geen inskrywingskode nie.
picture-enrolment_codes =
    { $count ->
        [one] Daardie prent wys { $count } inskrywingskode.
       *[other] Daardie prent wys { $count } inskrywingskodes. Gebruik 'n prent van een.
    }
picture-no_member_code = Daardie prent wys geen organisasie se kode nie.
picture-member_codes =
    { $count ->
        [one] Daardie prent wys { $count } organisasiekode.
       *[other] Daardie prent wys { $count } organisasiekodes. Gebruik 'n prent van een.
    }

## Wie of wat bedoel is en nie daar is nie, en wat daar is.

none_yet-site = Daar is nog geen terrein nie. Om een by te voeg: { $command }
none_yet-guard = Daar is nog geen wag nie. Om een by te voeg: { $command }
none_yet-visit = Daar is nog geen besoeker binne nie. Om een by te voeg: { $command }
none_yet-organisation = Daar is nog geen organisasie nie. Om een by te voeg: { $command }
none_yet-user = Daar is nog geen gebruiker nie. Om een by te voeg: { $command }
none_yet-device = Daar is nog geen toestel nie. Om een by te voeg: { $command }
unknown-site = Daar is geen terrein "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-guard = Daar is geen wag "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-visit = Daar is geen besoeker "{ $typed }" binne nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-organisation = Daar is geen organisasie "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-user = Daar is geen gebruiker "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-device = Daar is geen toestel "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-invitation = Daar is geen uitnodiging "{ $typed }" nie. Sien: { $command }
unknown-and_more = en nog meer
data-which_organisation = sê watter een met --org: { $codes }
data-closed = Ander op hierdie masjien kon { $path } lees; dit is nou vir hulle toe.

## Mense.

user-line = { $role } { $name } { $email }: { $id }
user-line_revoked = { $role } { $name } { $email }: { $id }, herroep
user-added = { $role } { $name }: { $id }
user-token = Teken, een keer gewys: { $token }
user-what_to_change = sê wat om te verander: --name, --email of --role
user-every_site = { $name } mag na elke terrein gaan
user-no_site = { $name } is aan geen terrein toegewys nie
user-sites = { $name } is toegewys aan terrein { $sites }
user-invalidated = { $name } se toegangs-ID's van voor { $time } misluk
user-ask_revoke = Herroep die toegang van { $name } ({ $email }) en meld hulle oral af? Tik yes:
user-no_address = geen adres nie
user-unchanged = niks is verander nie
user-revoked = Die toegang van { $name } is op { $time } herroep
user-restored = { $name } het weer toegang, en meld opnuut aan
user-restored_without_address = { $name } het weer toegang, en meld opnuut aan; die adres is nou iemand anders s'n
user-signed_out = { $name } is oral afgemeld; sessies en tekens beëindig: { $count }
user-has_picture = { $name } het nou 'n prent
user-no_picture = { $name } het nie meer 'n prent nie
user-message_sent = Boodskap vir { $name }: { $id }
user-message_line = { $id } { $severity }, { $standing }: { $title }
user-message_read = gelees
user-message_unread = nog nie gelees nie
user-message_over = verby
user-message_ahead = word gewys vanaf { $time }
user-message_removed = Boodskap { $id } is verwyder
user-no_messages = { $name } het geen boodskappe nie
admin-not_an_admin = { $name } is geen admin nie; skakels lei na die paneelbord, wat vir admins is
admin-address_needed = die bediener het nog nie geloop nie; sê sy adres met --url
admin-none = daar is geen admin nie, en geen kan gemaak word nie
admin-first = die eerste admin
admin-link = Meld { $name } een keer aan, binne 30 minute:
token-made = Teken { $id } van { $name }, tot { $time }. Dit word een keer gewys:
token-ended = Teken { $id } van { $name } is beëindig
token-none = Geen
session-line = { $id } { $name }, { $what }, { $used }, tot { $until }
session-last_used = laas gebruik { $time }
session-use_not_noted = laaste gebruik nie aangeteken nie
session-never_used = nooit gebruik nie

## Uitnodigings, kodes en verbode.

invited-for = { $reference } vir { $name }, { $from } tot { $until }
invited-short_name = Die kode het plek vir "{ $name }"; lyste, hekke en die joernaal het die hele naam.
invited-name_banned = Iemand met hierdie naam is op die verbodlys: wagte word gesê om te vergelyk.
invited-by = { $reference } is nou deur { $name } genooi
invited-cancelled = { $reference } is op { $time } gekanselleer
invited-line = { $reference } { $status } { $name }, tot { $until }
invited-line_stopped = { $reference } { $status } { $name }, tot { $until }. { $why }
invited-more = { $shown } van { $total } uitnodigings; die volgendes: --before { $reference }
print-host = Besoek { $host }
code-good_until = Geldig tot { $time }
ban-added = Verbied: { $id }
ban-lifted = Nie meer verbied nie: { $id }
ban-line = { $id } { $names }, sedert { $time }: { $reason }

## Toestelle.

device-code_good = Lei na { $url }. Een keer geldig, tot { $time }
device-is_revoked = Toestel { $id } is herroep
device-revoked = herroep
device-cut_off = afgesny
device-goes_on_from = gaan voort van { $name } { $id }
device-do_not_fit =
    { $count ->
        [one] { $count } inskrywing pas nie
       *[other] { $count } inskrywings pas nie
    }

## Wat by die hekke geld.

policy-denies = weier
policy-cautions = maan tot versigtigheid
policy-old_facts = 'n Vervalle hekpakket { $pack }, een wat ontbreek { $absent }, 'n vervalle sleutelstel { $keys }.
policy-waiting = 'n Skandering wag { $wait } ms vir die bediener. 'n Skof eindig vanself ná { $shift }.
policy-packs = Die volgende hekpakket is ná { $next } s nodig, en een verval ná { $expiry } s.
policy-members = 'n Lid se uitnodiging begin hoogstens { $ahead } vooruit, geld hoogstens { $length } en { $uses }, en hoogstens { $open } daarvan is tegelyk oop.

## Uitwis.

erased-everywhere = Uitgewis: { $people }, { $invitations }, { $events }, { $entries }, { $photos }. Fone vergeet dit wanneer hulle weer die bediener bereik. Rugsteune van voorheen hou nog wat uitgewis is.
erased-ban_left = 'n Verbod op hierdie naam bly oor, wat 'n naamgenoot s'n kan wees; hef dit op met: { $command }
erased-log_left = Iemand was besig om die databasis te lees: sy log hou dalk nog spore. Doen dit weer.

## Wat getel word.

counted-people =
    { $count ->
        [one] { $count } persoon
       *[other] { $count } mense
    }
counted-invitations =
    { $count ->
        [one] { $count } uitnodiging
       *[other] { $count } uitnodigings
    }
counted-events =
    { $count ->
        [one] { $count } gebeurtenis
       *[other] { $count } gebeurtenisse
    }
counted-uses =
    { $count ->
        [one] { $count } gebruik
       *[other] { $count } gebruike
    }
